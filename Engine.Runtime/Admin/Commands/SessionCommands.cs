using System;
using System.Globalization;
using System.Runtime.CompilerServices;
using Engine.Data.Configuration;
using Engine.Data.Registries;

namespace Engine.Runtime.Admin.Commands;

/// <summary>Commands that concern the connection they come on.</summary>
internal static class SessionCommands
{
    private static readonly string[] PromptUsage =
    [
        "Usage: prompt [help | n | i | p | timed]*",
        "Options, the last one of n, i and p counts:",
        "  help    this text",
        "  n       close after one line (no prompt)",
        "  i       take many lines, without a prompt",
        "  p       take many lines, with a prompt",
        "  timed   show the uptime in the prompt, or no longer",
        "Without options: from n or i to p, from p to n.",
    ];

    [ModuleInitializer]
    internal static void Register()
    {
        Add("help", AdminLevel.User, "[<command>]", Help, "list matching or all commands");
        Add("prompt", AdminLevel.User, "[help | n | i | p | timed ]*", Prompt,
            "toggle interactive mode with prompt");
        Add("quit", AdminLevel.User, "", Quit, "disconnect");
        Add("echo", AdminLevel.User, "<text>", Echo, "print text to the output");
        Add("user", AdminLevel.User, "", User, "lower the level of the current CLI session to user");
        Add("operator", AdminLevel.User, "", Operator,
            "lower the level of the current CLI session to operator");
        Add("set timeout", AdminLevel.User, "[cli] <delay>", SetTimeout, "change a timeout setting");
        Add("set severity-output", AdminLevel.User, "[none|number|string]", SetSeverity,
            "set presence of severity level in feedback information");
        Add("show cli level", AdminLevel.User, "", ShowLevel, "display the level of the current CLI session");
        // On purpose in no list (management guide section 9.3).
        Add("expert-mode", AdminLevel.Admin, "[on|off]", ExpertMode, "");
        Add("experimental-mode", AdminLevel.Admin, "[on|off]", ExperimentalMode, "");
    }

    private static void Add(
        string words, AdminLevel level, string usage, AdminCommandRun run, string summary) =>
        Words.CliCommands.Add(new CliCommand(words, level, usage, run)
        {
            Summary = summary,
            Hidden = summary.Length == 0,
            OnMaster = true,
        });

    private static void Help(AdminRequest request)
    {
        request.Inform("The following commands are valid at this level:");
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
                request.Refuse(string.Join('\n', PromptUsage));
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

    private static void Quit(AdminRequest request) => request.Session.Quit();

    private static void Echo(AdminRequest request) => request.Inform(string.Join(' ', request.Arguments!));

    private static void User(AdminRequest request) => Lower(request, AdminLevel.User);

    private static void Operator(AdminRequest request) => Lower(request, AdminLevel.Operator);

    private static void Lower(AdminRequest request, AdminLevel level)
    {
        if (!request.Session.TryLower(level)) request.Refuse("Permission denied");
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
        request.Inform($"{name} is {(state ? "ON" : "OFF")}");
        return state;
    }

    private static void SetTimeout(AdminRequest request)
    {
        if (request.Argument(0) != "cli") request.Refuse("'set timeout' only supports 'cli'.");
        else if (request.Argument(1).Length == 0) request.Refuse("Expects an integer value.");
        else if (TryReadDelay(request.Argument(1), out uint delayMs)) request.Session.TimeoutMs = delayMs;
        else request.Refuse("Invalid timeout value.");
    }

    /// <summary>A time of at least a millisecond, in seconds unless it has another unit.</summary>
    internal static bool TryReadDelay(ReadOnlySpan<char> text, out uint milliseconds)
    {
        int digits = text.IndexOfAnyExceptInRange('0', '9');
        ReadOnlySpan<char> unit = digits < 0 ? "s" : text[digits..];
        ReadOnlySpan<char> number = digits < 0 ? text : text[..digits];
        milliseconds = 0;
        if (!ulong.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out ulong count))
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

    private static void SetSeverity(AdminRequest request)
    {
        if (AdminSeverityWords.TryRead(request.Argument(0), out AdminSeverityOutput output)) request.Session.SeverityOutput = output;
        else request.Refuse("one of 'none', 'number', 'string' is a required argument");
    }

    private static void ShowLevel(AdminRequest request) => request.Inform(LevelName(request.Session.Level));

    internal static string LevelName(AdminLevel level) =>
        level switch
        {
            AdminLevel.Admin => "admin",
            AdminLevel.Operator => "operator",
            _ => "user",
        };
}
