using Engine.Runtime.Kernel.IoUring;

namespace Engine.Runtime.Kernel;

/// <summary>Decides the back end of the process, once at start-up.</summary>
/// <param name="Kind">IoUring or Epoll.</param>
/// <param name="IoUringErrno">Why io_uring is not to be had (1 forbidden, 38 unknown to this kernel); 0 when
/// it is.</param>
public readonly record struct KernelChoice(KernelKind Kind, int IoUringErrno)
{
    /// <summary>A forced back end is not on this machine: the process should say so and end.</summary>
    public bool IsRefused => Kind == KernelKind.IoUring && IoUringErrno != 0;

    public static KernelChoice Make(KernelKind wanted)
    {
        if (wanted == KernelKind.Epoll) return new KernelChoice(KernelKind.Epoll, 0);
        int errno = IoUringKernel.Probe();
        KernelKind kind = wanted == KernelKind.IoUring || errno == 0 ? KernelKind.IoUring : KernelKind.Epoll;
        return new KernelChoice(kind, errno);
    }
}
