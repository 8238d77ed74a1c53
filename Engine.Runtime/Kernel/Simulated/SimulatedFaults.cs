namespace Engine.Runtime.Kernel.Simulated;

/// <summary>
/// What goes wrong in a simulated network and how often. Chances are per event, in parts of a thousand; the
/// defaults are a network where nothing does.
/// </summary>
public sealed record SimulatedFaults
{
    /// <summary>Time that bytes, ends and acknowledgements take at least, nanoseconds.</summary>
    public long DelayMinNanoseconds { get; init; } = 10_000;

    /// <summary>Time that they take at most: what differs reorders connections, never bytes of one.</summary>
    public long DelayMaxNanoseconds { get; init; } = 10_000;

    /// <summary>Time a connect takes at least, nanoseconds.</summary>
    public long ConnectDelayMinNanoseconds { get; init; } = 20_000;

    /// <summary>Time a connect takes at most, nanoseconds.</summary>
    public long ConnectDelayMaxNanoseconds { get; init; } = 20_000;

    /// <summary>
    /// Bytes that a direction of a connection holds, on the way and unread: what back-pressure acts on.
    /// </summary>
    public int PipeBytes { get; init; } = 256 * 1024;

    /// <summary>
    /// Bytes of a delivery at most; each is cut at random up to this. 0: delivered as sent. 1: byte by byte.
    /// </summary>
    public int DeliveryBytesMax { get; init; }

    /// <summary>A receive takes less than is there.</summary>
    public int ShortReadPerMille { get; init; }

    /// <summary>A send takes less than there is room for.</summary>
    public int ShortWritePerMille { get; init; }

    /// <summary>A send that is tried once finds the socket full although it is not.</summary>
    public int FullPerMille { get; init; }

    /// <summary>A send or receive finds the connection reset.</summary>
    public int ResetPerMille { get; init; }

    /// <summary>A connect is refused although somebody listens.</summary>
    public int RefusePerMille { get; init; }

    /// <summary>A receive finds no buffer although the slab has some.</summary>
    public int NoBuffersPerMille { get; init; }

    /// <summary>An accept fails with -EMFILE.</summary>
    public int AcceptErrorPerMille { get; init; }

    /// <summary>
    /// An operation that could complete at once does so later; so does one that is cancelled.
    /// </summary>
    public int LatePerMille { get; init; }

    /// <summary>A completion overtakes those of other connections.</summary>
    public int OvertakePerMille { get; init; }

    /// <summary>
    /// A repeating operation ends with a good result, as when the kernel's queue overflows.
    /// </summary>
    public int EndRepeatPerMille { get; init; }

    /// <summary>A datagram or a write is dropped.</summary>
    public int DropPerMille { get; init; }

    /// <summary>Descriptors the process may have, RLIMIT_NOFILE.</summary>
    public int Descriptors { get; init; } = 20_000;

    /// <summary>Everything at once, as often as traffic still gets through.</summary>
    public static SimulatedFaults Harsh { get; } = new()
    {
        DelayMinNanoseconds = 1_000,
        DelayMaxNanoseconds = 2_000_000,
        ConnectDelayMinNanoseconds = 1_000,
        ConnectDelayMaxNanoseconds = 5_000_000,
        PipeBytes = 8 * 1024,
        DeliveryBytesMax = 1_500,
        ShortReadPerMille = 200,
        ShortWritePerMille = 200,
        FullPerMille = 50,
        ResetPerMille = 2,
        RefusePerMille = 20,
        NoBuffersPerMille = 20,
        AcceptErrorPerMille = 20,
        LatePerMille = 300,
        OvertakePerMille = 300,
        EndRepeatPerMille = 50,
        DropPerMille = 20,
    };
}
