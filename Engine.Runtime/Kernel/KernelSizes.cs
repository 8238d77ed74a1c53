namespace Engine.Runtime.Kernel;

/// <summary>How large a back end's tables and queues are. Powers of two where queues are meant.</summary>
public readonly record struct KernelSizes()
{
    /// <summary>
    /// Descriptors of the process at most, as RLIMIT_NOFILE says: the tables are indexed by descriptor (16
    /// bytes each for io_uring, 64 for epoll, committed where used). A connection beyond is refused like one
    /// that finds the process out of descriptors.
    /// </summary>
    public uint Descriptors { get; init; } = 65536;

    /// <summary>
    /// io_uring: operations that one call submits; a longer batch takes more calls. 64 bytes each, used in
    /// turn: a larger ring would push the tables out of the cache.
    /// </summary>
    public uint SubmissionEntries { get; init; } = 512;

    /// <summary>
    /// io_uring: completions the ring holds, 16 bytes each; more wait in kernel memory and are not lost, but
    /// end what repeats.
    /// </summary>
    public uint CompletionEntries { get; init; } = 8192;

    /// <summary>io_uring: small buffers that the receive ring starts with.</summary>
    public uint ReceiveBuffers { get; init; } = 128;

    /// <summary>
    /// io_uring: small buffers that the receive ring grows to when ticks use up more than half; at most
    /// 32768.
    /// </summary>
    public uint ReceiveBuffersMax { get; init; } = 2048;

    /// <summary>io_uring: large buffers that their receive ring starts with.</summary>
    public uint LargeReceiveBuffers { get; init; } = 8;

    /// <summary>io_uring: large buffers that their receive ring grows to; at most 32768.</summary>
    public uint LargeReceiveBuffersMax { get; init; } = 64;

    /// <summary>Accepted addresses a tick can hold; more connections wait for the next one.</summary>
    public uint AcceptsPerTick { get; init; } = 512;
}
