using System;
using Engine.Data.Configuration;
using Engine.Data.Streams;

namespace Engine.Systems.Samples;

/// <summary>
/// The timers of a stream (manual section 8.4), milliseconds; -1 where the step was not reached. Each is a difference
/// of whole milliseconds since the start, so that the parts add up to the total exactly.
/// </summary>
internal static unsafe class StreamTimers
{
    /// <summary>Th.</summary>
    public static long HandshakeMs(StreamLog* log) => log->HandshakeNanoseconds / 1_000_000;

    /// <summary>Ti. A connection that sent nothing shows 0, its whole time counting as active.</summary>
    public static long IdleMs(StreamLog* log) =>
        log->FirstByteNanoseconds == 0 ? 0 : Math.Max(0, SinceStart(log, log->FirstByteNanoseconds) - HandshakeMs(log));

    /// <summary>TR.</summary>
    public static long RequestMs(StreamLog* log) =>
        log->HeadNanoseconds == 0 ? -1
            : Math.Max(0, SinceStart(log, log->HeadNanoseconds) - IdleMs(log) - HandshakeMs(log));

    /// <summary>Tq.</summary>
    public static long RequestFromStartMs(StreamLog* log) =>
        log->HeadNanoseconds == 0 ? -1 : SinceStart(log, log->HeadNanoseconds);

    /// <summary>Tw. In TCP mode counted from the start.</summary>
    public static long QueueMs(StreamLog* log) =>
        log->QueuedNanoseconds == 0
            ? -1
            : SinceStart(log, log->QueuedNanoseconds) - SinceStart(log, Math.Max(log->HeadNanoseconds, FirstByte(log)));

    /// <summary>Tc.</summary>
    public static long ConnectMs(StreamLog* log) =>
        log->ConnectedNanoseconds == 0
            ? -1
            : SinceStart(log, log->ConnectedNanoseconds) - SinceStart(log, log->QueuedNanoseconds);

    /// <summary>Tr.</summary>
    public static long ResponseMs(StreamLog* log) =>
        log->ResponseNanoseconds == 0
            ? -1
            : SinceStart(log, log->ResponseNanoseconds) - SinceStart(log, log->ConnectedNanoseconds);

    /// <summary>Td. In TCP mode counted from the connection to the server.</summary>
    public static long DataMs(StreamLog* log, ProxyMode mode)
    {
        long from = mode == ProxyMode.Tcp ? log->ConnectedNanoseconds : log->ResponseNanoseconds;
        return from == 0 ? -1 : TotalMs(log) - SinceStart(log, from);
    }

    /// <summary>Ta. Before the end there is none yet.</summary>
    public static long ActiveMs(StreamLog* log) => Math.Max(0, TotalMs(log) - IdleMs(log) - HandshakeMs(log));

    /// <summary>Tt.</summary>
    public static long TotalMs(StreamLog* log) => SinceStart(log, log->EndedNanoseconds);

    /// <summary>Tu.</summary>
    public static long UserMs(StreamLog* log) => Math.Max(0, TotalMs(log) - IdleMs(log));

    private static long FirstByte(StreamLog* log) =>
        log->FirstByteNanoseconds == 0 ? log->StartedNanoseconds : log->FirstByteNanoseconds;

    /// <summary>A step that was not reached counts as the start: a line written early has no end yet.</summary>
    private static long SinceStart(StreamLog* log, long nanoseconds) =>
        Math.Max(0, nanoseconds - log->StartedNanoseconds) / 1_000_000;
}
