using Engine.Data.Configuration;

namespace Engine.Runtime.Configuration;

/// <summary>Words that older versions had: refused with what to write instead.</summary>
internal static class RemovedWords
{
    private const string Since21 = "directive is not supported anymore since HAProxy 2.1.";
    private const string Request = "Use 'http-request";
    private const string Response = "Use 'http-response";
    private const string RequestReplace =
        "Use 'http-request replace-path', 'http-request replace-uri' or 'http-request replace-header' instead.";

    /// <summary>Refuses a keyword of the global section. False when it never was one.</summary>
    public static bool RefuseInGlobal(Directive line)
    {
        switch (line[0])
        {
            case "nbproc":
                line.Alert("nbproc is not supported any more since HAProxy 2.5. Threads will automatically be used "
                    + "on multi-processor machines if available.");
                return true;
            case "master-worker":
                line.Alert("support for 'master-worker' was removed in version 3.5. "
                    + "Use -W or -Ws in the startup script instead.");
                return true;
            case "tune.chksize":
                line.Alert("option 'tune.chksize' is not supported any more (tune.bufsize is used instead).");
                return true;
            default:
                return false;
        }
    }

    /// <summary>Refuses a keyword of a proxy. False when it never was one.</summary>
    public static bool RefuseInProxy(Directive line)
    {
        string word = line[0];
        if (AdviceForHeaderRule(word) is { } advice)
        {
            line.Alert($"The '{word}' {Since21}{(advice.Length > 0 ? " " : "")}{advice}");
            return true;
        }
        switch (word)
        {
            // Two messages of the reference lack a word.
            case "reqdeny":
                line.Alert($"The 'reqdeny' not supported anymore since HAProxy 2.1. {Request} deny' instead.");
                return true;
            case "reqpass":
                line.Alert("The 'reqpass' not supported anymore since HAProxy 2.1.");
                return true;
            case "redispatch" or "redisp":
                line.Alert($"keyword '{word}' {Since21} Use 'option redispatch'.");
                return true;
            case "contimeout" or "clitimeout" or "srvtimeout":
                RefuseTimeout(line, word);
                return true;
            case "appsession":
                line.Alert("'appsession' is not supported anymore since HAProxy 1.6.");
                return true;
            case "monitor-net":
                line.Alert("'monitor-net' doesn't exist anymore. Please use 'http-request return status 200 "
                    + $"if {{ src {line[1]} }}' instead.");
                return true;
            case "usesrc":
                line.Alert("'usesrc' only allowed after a 'source' statement.");
                return true;
            case "bind-process":
                line.AlertTight("'bind-process' is not supported anymore.");
                return true;
            case "grace":
                line.AlertTight("the 'grace' keyword is not supported any more since HAProxy version 2.5.");
                return true;
            case "transparent":
                line.AlertTight("support for 'transparent' was removed in version 3.5. "
                    + "The modern way to do the same is to create a server with address 0.0.0.0.");
                return true;
            case "dispatch":
                line.AlertTight("support for 'dispatch' was removed in version 3.5. The modern way to do the same is "
                    + "to create a server with the same address, and possibly to assign any extra server a weight of "
                    + $"zero if any:\n    server dispatch {line[1]}");
                return true;
            default:
                return false;
        }
    }

    /// <summary>Refuses the old one-word timeouts, which also stood behind <c>timeout</c>.</summary>
    public static void RefuseTimeout(Directive line, string word)
    {
        string instead = word switch { "contimeout" => "connect", "clitimeout" => "client", _ => "server" };
        line.Alert($"the '{word}' {Since21} Use 'timeout {instead}'.");
    }

    /// <summary>Refuses a word behind <c>option</c>. False when it never was one.</summary>
    public static bool RefuseOption(Directive line, string word)
    {
        if (word == "transparent")
        {
            line.AlertTight("support for option 'transparent' was removed in version 3.5.");
            return true;
        }
        string? why = word switch
        {
            "http-tunnel" => "since HAProxy 2.1, please just remove it, it shouldn't be needed.",
            "forceclose" => "since HAProxy 2.0, please just remove it, or use 'option httpclose' if absolutely needed.",
            "http_proxy" => "since HAProxy 2.5. This option stopped working in HAProxy 1.9 and usually had nasty side "
                + "effects. It can be more reliably implemented with combinations of 'http-request set-dst' and "
                + "'http-request set-uri', and even 'http-request do-resolve' if DNS resolution is desired.",
            _ => null,
        };
        if (why is null) return false;
        line.AlertTight($"option '{word}' is not supported any more {why}");
        return true;
    }

    private static string? AdviceForHeaderRule(string word) =>
        word switch
        {
            "block" => $"{Request} deny' which uses the exact same syntax.",
            "reqadd" => $"{Request} add-header' instead.",
            "reqdel" or "reqidel" => $"{Request} del-header' instead.",
            "reqrep" or "cliexp" => RequestReplace,
            "reqirep" => $"{Request} replace-header' instead.",
            "reqideny" => $"{Request} deny' instead.",
            "reqtarpit" or "reqitarpit" => $"{Request} tarpit' instead.",
            "reqallow" or "reqiallow" => $"{Request} allow' instead.",
            "reqipass" => "",
            "rspadd" => $"{Response} add-header' instead.",
            "rspdel" => $"{Response} del-header' .",
            "rspidel" => $"{Response} del-header' instead.",
            "rsprep" or "rspirep" or "srvexp" => $"{Response} replace-header' instead.",
            "rspdeny" or "rspideny" => $"{Response} deny' instead.",
            _ => null,
        };
}
