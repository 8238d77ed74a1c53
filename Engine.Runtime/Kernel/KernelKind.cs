namespace Engine.Runtime.Kernel;

/// <summary>Which back end a process runs on.</summary>
public enum KernelKind : byte
{
    /// <summary>io_uring where the machine allows it, else epoll.</summary>
    Automatic = 0,

    IoUring,

    Epoll,
}
