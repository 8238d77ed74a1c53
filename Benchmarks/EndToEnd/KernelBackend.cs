namespace Benchmarks.EndToEnd;

/// <summary>How sluice talks to the kernel in a run.</summary>
public enum KernelBackend
{
    /// <summary>For limits: either. For programs that have no such choice: theirs.</summary>
    Any,

    IoUring,

    Epoll,
}
