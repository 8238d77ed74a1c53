using System;
using System.Runtime.CompilerServices;
using Engine.Data.Configuration;
using Engine.Data.Registries;

namespace Engine.Runtime.Configuration.Keywords;

/// <summary>
/// Words that tune machinery this engine does not have (its pollers, schedulers, caches and buffer pools are others):
/// checked as the manual says (section 3.2), so that a file with them runs, and of no further use. None changes what a
/// client or a log sees.
/// </summary>
internal static unsafe class InnerTunables
{
    [ModuleInitializer]
    internal static void Register()
    {
        Add("<number>", &Number, "tune.maxpollevents", "tune.runqueue-depth");
        Add("<number>", &Positive, "tune.pattern.cache-size", "tune.max-rules-at-once");
        Add("<size>", &Size, "tune.recv_enough");
        Add("<size>", &PipeSize, "tune.pipesize");
        Add("<size>", &SocketBuffer, "tune.rcvbuf.frontend", "tune.rcvbuf.backend", "tune.sndbuf.frontend",
            "tune.sndbuf.backend");
        Add("<number>", &BufferCount, "tune.buffers.limit", "tune.buffers.reserve");
        Add("{ on | off }", &OnOff, "tune.applet.zero-copy-forwarding", "tune.h1.zero-copy-fwd-recv",
            "tune.h1.zero-copy-fwd-send", "tune.pt.zero-copy-forwarding");
        Add("", &Nothing, "no-memory-trimming", "prealloc-fd");
        Add("", &Copy, "tune.disable-fast-forward", "tune.disable-zero-copy-forwarding");
        Add("<number>", &CompressionLevel, "tune.comp.maxlevel");
        Add("<number>", &EventCount, "tune.events.max-events-at-once");
        Add("<number>", &HotSize, "tune.memory.hot-size");
        Add("<number>", &RingQueues, "tune.ring.queues");
        Add("{ on | off }", &LowLatency, "tune.sched.low-latency");
        Add("{ err | hup | rdhup }[,...]", &EventMask, "tune.epoll.mask-events");
        Add("<level>", &StressLevel, "stress-level");
        Add("{ by-process | by-group | by-thread }", &Shards, "tune.listener.default-shards");
        Add("{ on | fair | off }", &MultiQueue, "tune.listener.multi-queue");
        Add("<time>", &IdleTimer, "tune.idletimer");
        Add("<time>", &BlockedTraffic, "warn-blocked-traffic-after");
    }

    private static void Add(string usage, delegate*<Directive, void> parse, params ReadOnlySpan<string> words)
    {
        foreach (string word in words) Words.Keywords.Add(new(word, SectionKinds.Global, usage, parse));
    }

    private static void Number(Directive line)
    {
        const int EventsMax = 1_000_000;
        if (line.RefusesMoreThan(1)) return;
        if (line.Count < 2) line.Alert($"'{line[0]}' expects an integer argument.");
        else if (line[0] == "tune.maxpollevents" && ConfigurationUnits.TryInteger(line[1], out long events) && events > EventsMax)
            line.Alert($"'{line[0]}' expects an integer value lower than or equal to {EventsMax}.");
    }

    private static void Positive(Directive line)
    {
        if (line.RefusesMoreThan(1)) return;
        if (line.Count < 2 || ConfigurationUnits.Integer(line[1]) < 0)
            line.Alert($"'{line[0]}' expects a positive numeric value");
    }

    private static void Size(Directive line)
    {
        if (line.RefusesMoreThan(1)) return;
        UnitFault fault = ConfigurationUnits.TrySize(line[1], out uint size, out int badAt);
        if (line.Count < 2) line.Alert($"'{line[0]}' expects an integer argument.");
        else if (fault != UnitFault.None) line.Alert($"unexpected '{line[1][badAt..]}' after size passed to '{line[0]}'");
        else if (size > int.MaxValue) line.Alert($"'{line[0]}' expects a size in bytes from 0 to {int.MaxValue}.");
    }

    private static void PipeSize(Directive line)
    {
        if (TakeSize(line, out uint size)) line.Draft.Globals.PipeSize = (int)Math.Min(size, int.MaxValue);
    }

    /// <summary>The place stands twice in these messages, as in the reference's.</summary>
    private static void SocketBuffer(Directive line)
    {
        if (line.RefusesMoreThan(1)) return;
        UnitFault fault = ConfigurationUnits.TrySize(line[1], out uint size, out int badAt);
        if (fault != UnitFault.None)
        {
            line.Alert($"parsing [{line.File}:{line.Line}]: unexpected '{line[1][badAt..]}' after size passed to '{line[0]}'");
        }
        else if (size == 0) line.Alert($"{line.Place()}'{line[0]}' expects a strictly positive integer argument.");
    }

    private static bool TakeSize(Directive line, out uint size)
    {
        size = 0;
        if (line.RefusesMoreThan(1)) return false;
        UnitFault fault = ConfigurationUnits.TrySize(line[1], out size, out int badAt);
        if (line.Count < 2) line.Alert($"'{line[0]}' expects an integer argument.");
        else if (fault != UnitFault.None) line.Alert($"unexpected '{line[1][badAt..]}' after size passed to '{line[0]}'");
        return line.Count > 1 && fault == UnitFault.None;
    }

    private static void BufferCount(Directive line)
    {
        if (line.RefusesMoreThan(1) || ConfigurationUnits.Integer(line[1]) >= 0) return;
        line.Alert($"'{line[0]}' expects a non-negative number but got '{line[1]}'.");
    }

    private static void OnOff(Directive line)
    {
        if (!line.RefusesMoreThan(1) && line[1] is not ("on" or "off")) line.Alert($"'{line[0]}' expects 'on' or 'off'.");
    }

    private static void LowLatency(Directive line)
    {
        if (!line.RefusesMoreThan(1) && line[1] is not ("on" or "off"))
            line.Alert($"'{line[0]}' expects either 'on' or 'off' but got '{line[1]}'.");
    }

    /// <summary>Long bodies go through pipes here, which both words mean too.</summary>
    private static void Copy(Directive line)
    {
        if (!line.RefusesMoreThan(0)) line.Draft.Globals.NoSplice = true;
    }

    private static void Nothing(Directive line) => line.RefusesMoreThan(0);

    private static void CompressionLevel(Directive line) =>
        InRange(line, 1, 9, $"'{line[0]}' expects a numeric value between 1 and 9");

    private static void EventCount(Directive line) =>
        InRange(line, 1, 10_000, $"'{line[0]}' expects an integer argument between 1 and 10000.");

    private static void RingQueues(Directive line) =>
        InRange(line, 0, 16, $"'{line[0]}' expects a number between 0 and 16 but got '{line[1]}'.");

    private static void HotSize(Directive line) =>
        InRange(line, 1, int.MaxValue, $"'{line[0]}' expects a strictly positive value.");

    private static void EventMask(Directive line)
    {
        if (line.RefusesMoreThan(1) || line.Count < 2) return;
        foreach (string word in line[1].Split(','))
        {
            if (word is "err" or "hup" or "rdhup") continue;
            line.Alert($"'{line[0]}' expects a comma-delimited list of 'err', 'hup' and 'rdhup' but got '{line[1]}'.");
            return;
        }
    }

    private static void StressLevel(Directive line)
    {
        if (line.RefusesMoreThan(1)) return;
        bool isNumber = ConfigurationUnits.TryInteger(line[1], out long level);
        if (line.Count < 2) line.Alert($"'{line[0]}' expects a level as an argument.");
        else if (!isNumber || level is < 0 or > 9) line.Alert($"'{line[0]}' level must be between 0 and 9 inclusive.");
    }

    /// <summary>Each thread has its own sockets, unless the machine has none of the kind.</summary>
    private static void Shards(Directive line)
    {
        if (!line.RefusesMoreThan(1) && line[1] is not ("by-process" or "by-group" or "by-thread"))
            line.Alert($"'{line[0]}' expects either 'by-process', 'by-group', or 'by-thread' but got '{line[1]}'.");
    }

    private static void MultiQueue(Directive line)
    {
        if (!line.RefusesMoreThan(1) && line[1] is not ("on" or "fair" or "off"))
            line.Alert($"'{line[0]}' expects either 'on', 'fair', or 'off' but got '{line[1]}'.");
    }

    private static void InRange(Directive line, int low, int high, string complaint)
    {
        if (line.RefusesMoreThan(1)) return;
        int number = ConfigurationUnits.Integer(line[1]);
        if (number < low || number > high) line.Alert(complaint);
    }

    private static void IdleTimer(Directive line)
    {
        if (line.RefusesMoreThan(1)) return;
        const string Expects = "expects a timer value between 0 and 65535 ms.";
        UnitFault fault = ConfigurationUnits.TryTimeMs(line[1], out uint milliseconds, out char bad);
        if (line.Count < 2) line.Alert($"'{line[0]}' {Expects}");
        else if (fault == UnitFault.BadCharacter) line.Alert($"unexpected character '{bad}' in argument to <{line[0]}>.");
        else if (fault == UnitFault.Overflow || milliseconds > int.MaxValue)
            line.Alert($"timer overflow in argument <{line[1]}> to <{line[0]}>, maximum value is 65535 ms.");
        else if (milliseconds > 65_535) line.Alert($"'{line[0]}' {Expects}");
    }

    private static void BlockedTraffic(Directive line)
    {
        if (line.RefusesMoreThan(1)) return;
        UnitFault fault = ConfigurationUnits.TryTimeMs(line[1], out uint milliseconds, out char bad);
        if (line.Count < 2) line.Alert($"'{line[0]}' expects <time> as argument between 1 and 1000 ms.");
        else if (fault == UnitFault.BadCharacter) line.Alert($"unexpected character '{bad}' in argument to <{line[0]}>.");
        else if (fault == UnitFault.Overflow || milliseconds is 0 or > 1000)
        {
            line.Alert($"timer out of range in argument '{line[1]}' to '{line[0]}' (value must be between 1 and 1000 ms)");
        }
    }
}
