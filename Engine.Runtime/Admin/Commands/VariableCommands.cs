using System;
using System.Runtime.CompilerServices;
using Engine.Data.Configuration;
using Engine.Data.Registries;
using Engine.Systems.Samples.Variables;

namespace Engine.Runtime.Admin.Commands;

/// <summary>Commands on variables of the process (management guide section 9.3).</summary>
internal static class VariableCommands
{
    [ModuleInitializer]
    internal static void Register()
    {
        Words.CliCommands.Add(new CliCommand("get var", AdminLevel.Operator, "<name>", (AdminCommandRun)Get)
        {
            Summary = "retrieve contents of a process-wide variable",
        });
        Words.CliCommands.Add(new CliCommand(
            "set var", AdminLevel.Admin, "<name> [fmt|expr] {<fmt>|<expr>}", (AdminCommandRun)Set)
        {
            Summary = "set variable from an expression or a format",
            Experimental = true,
        });
    }

    private static void Get(AdminRequest request)
    {
        string name = request.Argument(0);
        if (name.Length == 0)
        {
            request.Refuse("Missing process-wide variable identifier.");
            return;
        }
        EngineAccess engine = request.Engine;
        if (ProcessValue.Read(engine.Configuration.Variables, engine.Shared.Variables, name) is { } found)
            request.Inform($"{name}: type={found.Type} value=<{found.Value}>");
        else request.Refuse("Variable not found.");
    }

    /// <summary>With two arguments the second is an expression, whatever it looks like.</summary>
    private static void Set(AdminRequest request)
    {
        string name = request.Argument(0);
        string kind = request.Argument(1);
        string text = request.Argument(2);
        if (name.Length == 0) request.Refuse("Missing process-wide variable identifier.");
        else if (kind.Length == 0) request.Refuse("Missing either 'expr', 'fmt' or expression.");
        else if (text.Length > 0 && kind is not ("expr" or "fmt"))
            request.Refuse($"'set var': arg type must be either 'expr' or 'fmt' but got '{kind}'.");
        else
        {
            EngineAccess engine = request.Engine;
            long now = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() * 1000;
            string? refusal = ProcessValue.Set(
                engine.Configuration.Variables, engine.Shared.Variables, name, text.Length > 0 && kind == "fmt",
                text.Length > 0 ? text : kind, now);
            if (refusal is not null) request.Refuse(refusal);
        }
    }
}
