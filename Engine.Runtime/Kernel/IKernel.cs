using System;
using Engine.Data.Kernel;

namespace Engine.Runtime.Kernel;

/// <summary>
/// Where the engine meets the machine: the systems' operations go in, completions come out. Implemented by
/// structs (io_uring, epoll, simulated) that stand behind a generic parameter, so that every call binds
/// statically. One instance belongs to one thread, which also disposes it; only <see
/// cref="Wake"/> may be called from another.
/// </summary>
/// <remarks>
/// The contract that systems rely on, the same on every back end:
/// <list type="bullet">
/// <item>Operations of one batch start in the order of the queue. The kind of an owner is the kind of its
/// operation. The completion queue must have room for one completion for each operation of the batch.</item>
/// <item>Every operation completes exactly once (<c>Repeat</c> ones: once per event, the last without <see
/// cref="CompletionFlags.More"/>), except CancelReceive, CancelAll, ShutdownSend, Close and Write, which
/// complete never. A repeating operation may end with a good result too, when queues overflow: whoever wants
/// more arms it again.</item>
/// <item>A SpliceIn counts as the receive of its descriptor, a SpliceOut as the send. A pipe is filled only when it is
/// empty, and is another's as soon as what was armed with it has been cancelled.</item>
/// <item>A Send, SendVector or SpliceOut without <c>Wait</c> completes during the Submit that starts it: all bytes, a
/// part of them, or -EAGAIN. So do SendDatagrams (Result: messages sent; the per-message field tells which).
/// Send completions stand in the order of the sends.</item>
/// <item>A failed receive or send completes with a negated errno; 0 from a receive is the peer's FIN.
/// -ENOBUFS from a Receive means the slab had no small buffer, whether bytes were there or not: nothing was
/// lost, arm it again later. A received buffer's segment says which bytes are filled.</item>
/// <item>A failed Connect leaves its descriptor open: close it.</item>
/// <item>A failed Accept (-EMFILE, -ENFILE, ...) is not armed any more: arm it again when descriptors are
/// free.</item>
/// <item>After CancelAll and Close for a connection, what was armed on it completes with -ECANCELED (or with
/// what it had done already) in this or a later tick; the connection's row stays taken until then. At most
/// one receive and one send or connect may be under way on a descriptor.</item>
/// </list>
/// </remarks>
public interface IKernel : IDisposable
{
    /// <summary>
    /// Takes every operation of the queue and clears it. Sends, connects and shutdowns have started when it returns,
    /// others with the next <see cref="Wait"/> at the latest. Never blocks. Completions that are ready are appended.
    /// </summary>
    void Submit(OperationQueue operations, CompletionQueue completions);

    /// <summary>
    /// Blocks until at least one completion is there, <see cref="Wake"/> was called or the time is up; a
    /// timeout of 0 polls, a negative one is for ever. It may return early with nothing. Appends completions;
    /// with some in the queue already it polls. What their <see cref="Completion.Addresses"/> point to lives
    /// until a call that finds the queue empty.
    /// </summary>
    void Wait(CompletionQueue completions, long timeoutNanoseconds);

    /// <summary>Ends a wait from another thread or a signal; the next wait returns at once.</summary>
    void Wake();

    /// <summary>Monotonic time, nanoseconds.</summary>
    long NowNanoseconds { get; }

    /// <summary>Wall-clock time, microseconds since 1970-01-01 UTC.</summary>
    long WallMicroseconds { get; }

    /// <summary>What the calling thread took of its processor since it began, nanoseconds; the simulator says 0.</summary>
    long ProcessorNanoseconds { get; }
}
