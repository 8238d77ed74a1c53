using System;
using System.Globalization;
using System.Runtime.CompilerServices;
using Engine.Data.Configuration;
using Engine.Data.Registries;

namespace Engine.Runtime.Admin.Commands;

/// <summary>Commands that concern the connection they come on.</summary>
internal static class SessionCommands
{
    [ModuleInitializer]
    internal static void Register()
    {
        Registry<CliCommand> commands = Words.CliCommands;
        commands.Add(new("help", AdminLevel.User, "[<command>]", (AdminCommandRun)Help)
            { Summary = "list matching or all commands", OnMaster = true });
        commands.Add(new("prompt", AdminLevel.User, "[help | n | i | p | timed ]*", (AdminCommandRun)Prompt)
            { Summary = "toggle interactive mode with prompt", OnMaster = true });
        commands.Add(new("quit", AdminLevel.User, "", (AdminCommandRun)Quit)
            { Summary = "disconnect", OnMaster = true });
        commands.Add(new("echo", AdminLevel.User, "<text>", (AdminCommandRun)Echo)
            { Summary = "print text to the output", OnMaster = true });
        commands.Add(new("user", AdminLevel.User, "", (AdminCommandRun)User)
            { Summary = "lower the level of the current CLI session to user", OnMaster = true });
        commands.Add(new("operator", AdminLevel.User, "", (AdminCommandRun)Operator)
            { Summary = "lower the level of the current CLI session to operator", OnMaster = true });
        commands.Add(new("expert-mode", AdminLevel.Admin, "[on|off]", (AdminCommandRun)ExpertMode)
            { Hidden = true, OnMaster = true });
        commands.Add(new("experimental-mode", AdminLevel.Admin, "[on|off]", (AdminCommandRun)ExperimentalMode)
            { Hidden = true, OnMaster = true });
        commands.Add(new("set timeout", AdminLevel.User, "cli <delay>", (AdminCommandRun)SetTimeout)
            { Summary = "change a timeout setting" });
        commands.Add(new("show cli level", AdminLevel.User, "", (AdminCommandRun)ShowLevel)
            { Summary = "display the level of the current CLI session", OnMaster = true });
    }

    private static void Help(AdminRequest request)
    {
        request.Answer("The following commands are valid at this level:");
        AdminCommands.List(request.Arguments, request.Session);
    }

    private static void Prompt(AdminRequest request)
    {
        AdminSession session = request.Session;
        AdminMode mode = AdminMode.Prompt;
        bool chosen = false;
        bool timed = false;
        foreach (string argument in request.Arguments)
        {
            if (argument is not ("n" or "i" or "p" or "timed"))
            {
                PromptUsage(request.Output);
                return;
            }
            timed |= argument == "timed";
            if (argument == "timed") continue;
            chosen = true;
            mode = argument switch
            {
                "n" => AdminMode.SingleLine,
                "i" => AdminMode.Interactive,
                _ => AdminMode.Prompt,
            };
        }
        if (request.Arguments.Length == 0 && session.Mode == AdminMode.Prompt) mode = AdminMode.SingleLine;
        else if (timed && !chosen) mode = AdminMode.Prompt;
        session.TimedPrompt ^= timed;
        session.Mode = mode;
    }

    private static void PromptUsage(AdminOutput output)
    {
        output.AddLine("Usage: prompt [help | n | i | p | timed]*");
        output.AddLine("Options, the last one of n, i and p counts:");
        output.AddLine("  help    this text");
        output.AddLine("  n       close after one line (no prompt)");
        output.AddLine("  i       take many lines, without a prompt");
        output.AddLine("  p       take many lines, with a prompt");
        output.AddLine("  timed   show the uptime in the prompt, or no longer");
        output.AddLine("Without options: from n or i to p, from p to n.");
    }

    private static void Quit(AdminRequest request) => request.Session.Quit();

    private static void Echo(AdminRequest request) => request.Answer(string.Join(' ', request.Arguments!));

    private static void User(AdminRequest request) => Lower(request, AdminLevel.User);

    private static void Operator(AdminRequest request) => Lower(request, AdminLevel.Operator);

    private static void Lower(AdminRequest request, AdminLevel level)
    {
        if (!request.Session.TryLower(level)) request.Answer("Permission denied");
    }

    private static void ExpertMode(AdminRequest request)
    {
        AdminSession session = request.Session;
        session.Expert = Switch(request, "expert-mode", session.Expert);
    }

    private static void ExperimentalMode(AdminRequest request)
    {
        AdminSession session = request.Session;
        session.Experimental = Switch(request, "experimental-mode", session.Experimental);
    }

    /// <summary>Tells the state without an argument; anything but <c>on</c> switches off.</summary>
    private static bool Switch(AdminRequest request, string name, bool state)
    {
        if (request.Arguments.Length > 0) return request.Argument(0) == "on";
        request.Answer($"{name} is {(state ? "ON" : "OFF")}");
        return state;
    }

    private static void SetTimeout(AdminRequest request)
    {
        if (request.Argument(0) != "cli") request.Answer("'set timeout' only supports 'cli'.");
        else if (request.Argument(1).Length == 0) request.Answer("Expects an integer value.");
        else if (TryReadDelay(request.Argument(1), out uint milliseconds)) request.Session.TimeoutMs = milliseconds;
        else request.Answer("Invalid timeout value.");
    }

    /// <summary>A time of at least a millisecond, in seconds unless it has another unit.</summary>
    internal static bool TryReadDelay(ReadOnlySpan<char> text, out uint milliseconds)
    {
        int digits = text.IndexOfAnyExceptInRange('0', '9');
        ReadOnlySpan<char> unit = digits < 0 ? "s" : text[digits..];
        milliseconds = 0;
        if (!ulong.TryParse(digits < 0 ? text : text[..digits], NumberStyles.None, CultureInfo.InvariantCulture, out ulong count))
            return false;
        ulong factor = unit switch
        {
            "ms" => 1,
            "s" => 1000,
            "m" => 60_000,
            "h" => 3_600_000,
            "d" => 86_400_000,
            _ => 0,
        };
        if (unit is "us") count /= 1000;
        if (factor == 0 && unit is not "us") return false;
        ulong total = unit is "us" ? count : count > int.MaxValue ? ulong.MaxValue : count * factor;
        milliseconds = (uint)Math.Min(total, int.MaxValue);
        return total is > 0 and <= int.MaxValue;
    }

    private static void ShowLevel(AdminRequest request) => request.Answer(LevelName(request.Session.Level));

    internal static string LevelName(AdminLevel level) =>
        level switch
        {
            AdminLevel.Admin => "admin",
            AdminLevel.Operator => "operator",
            _ => "user",
        };
}
