using System;
using System.Runtime.CompilerServices;
using System.Text;
using System.Threading;
using Engine.Data.Configuration;
using Engine.Data.Registries;

namespace Engine.Runtime.Admin.Commands;

/// <summary>
/// Those of the <c>debug dev</c> commands (management guide section 9.3) that scripts test their own tools with: a line in
/// the log, an answer of any size, a late one, an exit code. Only in expert mode; <c>show info</c> tells that they were used.
/// </summary>
internal static class DebugCommands
{
    private const int LevelInformation = 6;

    /// <summary>Dots between two line ends of <c>debug dev write</c>.</summary>
    private const int WriteWidth = 64;

    [ModuleInitializer]
    internal static void Register()
    {
        Add("debug dev delay", " [ms]", Delay, "answer after so many milliseconds");
        Add("debug dev exit", "  [code]", Exit, "end the process at once");
        Add("debug dev log", "   [msg] ...", Log, "send this to the global log targets");
        Add("debug dev write", " [size]", Write, "answer with so many bytes");
    }

    private static void Add(string words, string usage, AdminCommandRun run, string summary) =>
        Words.CliCommands.Add(new CliCommand(words, AdminLevel.Admin, usage, (AdminCommandRun)(request =>
        {
            Interlocked.Increment(ref request.Services.DebugCommandsIssued);
            run(request);
        }))
        {
            Summary = summary,
            Expert = true,
        });

    private static void Delay(AdminRequest request)
    {
        uint delayMs = (uint)Math.Clamp(ConfigurationUnits.Integer(request.Argument(0)), 0, int.MaxValue);
        request.Session.WaitFor(delayMs, static () => false, static () => { });
    }

    private static void Exit(AdminRequest request) => Environment.Exit((int)ConfigurationUnits.Integer(request.Argument(0)));

    private static void Log(AdminRequest request) =>
        request.Services.Log(LevelInformation, string.Join(' ', request.Arguments!));

    private static void Write(AdminRequest request)
    {
        if (request.Argument(0).Length == 0)
        {
            request.Refuse("Missing output size.");
            return;
        }
        long size = ConfigurationUnits.Integer(request.Argument(0));
        if (size < 0 || size >= request.Services.LineMax)
        {
            request.Refuse("Output too large, must be <tune.bufsize.");
            return;
        }
        StringBuilder text = new((int)size);
        for (int i = 0; i < size; i++) text.Append(i > 0 && i % WriteWidth == 0 ? '\n' : '.');
        request.Answer(text.ToString());
    }
}
