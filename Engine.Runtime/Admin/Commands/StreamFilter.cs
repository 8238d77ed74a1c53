using System;
using System.Globalization;
using Engine.Data.Configuration;
using Engine.Data.Streams;
using Engine.Data.Tables;
using Engine.Data.Worlds;

namespace Engine.Runtime.Admin.Commands;

/// <summary>Which streams <c>show sess</c> shows, and how (management guide section 9.3).</summary>
internal sealed class StreamFilter
{
    private static readonly string[] Usage =
    [
        "Usage: show sess [<id> | all | help] [<options>*]",
        "Streams that are there now. Which:",
        "   <id>         this one (0x...)",
        "   all          all that the options leave, in the long form",
        "   susp         those that look stuck, in the long form",
        "   help         this text",
        "Options:",
        "   show-uri     with what was asked for",
        "   older <age>  that are there for longer than <age> seconds",
        "   server <b/s> that are on this server",
        "   backend <b>  that are in this backend",
        "   frontend <f> that are in this frontend",
        "Without any argument: all, in the short form.",
    ];

    /// <summary>Only this stream; 0: any.</summary>
    public ulong Number { get; private set; }

    /// <summary>In the long form.</summary>
    public bool IsLong { get; private set; }

    public bool ShowsUri { get; private set; }

    /// <summary>Only those whose timeout is long over, milliseconds: something should have ended them.</summary>
    private const int OverdueMs = 1000;

    private bool onlyOverdue;
    private long olderMs;
    private int server = -1;
    private int backend = -1;
    private int frontend = -1;

    /// <summary>Null after an answer.</summary>
    public static StreamFilter? Read(AdminRequest request)
    {
        StreamFilter filter = new();
        int at = 0;
        if (request.Argument(0) == "help")
        {
            request.Answer(string.Join('\n', Usage));
            return null;
        }
        filter.onlyOverdue = request.Argument(0) == "susp";
        if (request.Argument(0) is "all" or "susp") at = 1;
        else if (TryReadNumber(request.Argument(0), out ulong number))
        {
            filter.Number = number;
            at = 1;
        }
        filter.IsLong = at == 1;
        while (at < request.Arguments.Length)
        {
            string word = request.Argument(at);
            string? error = word == "show-uri" ? filter.TakeUri(ref at) : filter.Take(request, word, request.Argument(at + 1), ref at);
            if (error is null) continue;
            if (error.Length > 0) request.Refuse(error);
            return null;
        }
        return filter;
    }

    /// <summary>A number as C reads it: hexadecimal behind <c>0x</c>. False: it is none, or 0.</summary>
    public static bool TryReadNumber(string text, out ulong number)
    {
        bool isHex = text.StartsWith("0x", StringComparison.OrdinalIgnoreCase);
        return ulong.TryParse(
            isHex ? text.AsSpan(2) : text,
            isHex ? NumberStyles.AllowHexSpecifier : NumberStyles.None,
            CultureInfo.InvariantCulture,
            out number) && number != 0;
    }

    public bool Takes(World world, uint row)
    {
        ref Stream stream = ref world.Stream[row];
        if (onlyOverdue && (stream.Timer.Due == 0 || (int)(world.Wheel.NowMs - stream.Timer.Due) < OverdueMs)) return false;
        if (frontend >= 0 && stream.Frontend != frontend) return false;
        if (backend >= 0 && stream.Backend != backend) return false;
        if (server >= 0 && stream.ServerNumber != server) return false;
        return olderMs == 0 || world.NowNanoseconds - world.Log[row].StartedNanoseconds >= olderMs * 1_000_000;
    }

    private string? TakeUri(ref int at)
    {
        ShowsUri = true;
        at++;
        return null;
    }

    /// <summary>Null, or what is wrong; empty when that was said.</summary>
    private string? Take(AdminRequest request, string word, string value, ref int at)
    {
        at += 2;
        if (word is "server" or "backend" or "frontend" && Math.Max(server, Math.Max(backend, frontend)) >= 0)
            return "Only one of backend, frontend or server may be set.";
        CompiledConfiguration configuration = request.Engine.Configuration;
        switch (word)
        {
            case "older":
                if (value.Length == 0) return "Expects a minimum age (in seconds by default).";
                if (!SessionCommands.TryReadDelay(value, out uint milliseconds)) return "Invalid age.";
                olderMs = milliseconds;
                return null;
            case "server":
                if (value.Length == 0) return "Missing server name (<backend>/<server>).";
                if (ServerFinder.Find(request, value) is not { } found) return "";
                server = found.Number;
                return null;
            case "backend":
                if (value.Length == 0) return "Missing backend name.";
                backend = ServerFinder.Backend(configuration, value)?.Number ?? -1;
                return backend < 0 ? "No such backend." : null;
            case "frontend":
                if (value.Length == 0) return "Missing frontend name.";
                frontend = ServerFinder.Frontend(configuration, value)?.Number ?? -1;
                return frontend < 0 ? "No such frontend." : null;
            default:
                return $"Unsupported option '{word}', try 'help' for more info.";
        }
    }
}
