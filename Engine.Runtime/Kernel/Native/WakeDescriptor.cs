namespace Engine.Runtime.Kernel.Native;

/// <summary>
/// The eventfd that ends a wait. It is watched edge-triggered and never read: each write is an edge, and the
/// counter would need centuries to fill.
/// </summary>
internal static unsafe class WakeDescriptor
{
    public static int Open()
    {
        int fd = Libc.Value(Libc.EventDescriptor(0, Linux.EventNonBlocking | Linux.EventCloseOnExec));
        if (fd < 0) throw new KernelException("eventfd", fd);
        return fd;
    }

    /// <summary>One write(2): from any thread, or a signal.</summary>
    public static void Signal(int fd)
    {
        ulong one = 1;
        _ = Libc.Write(fd, &one, sizeof(ulong));
    }
}
