using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

[assembly: DisableRuntimeMarshalling]

namespace Engine.Runtime.Kernel.Native;

/// <summary>
/// The system calls of the kernel back ends, bound to libc. No marshalling, so ReadyToRun needs no stub for
/// them. Calls that never sleep suppress the GC transition; the error is read through <c>__errno_location</c>
/// right after the call (<see cref="Last"/>), which is cheaper than SetLastError and as safe: the runtime
/// keeps errno when it stops a thread on its way back.
/// </summary>
internal static unsafe partial class Libc
{
    private const string Name = "libc";

    [LibraryImport(Name, EntryPoint = "__errno_location"), SuppressGCTransition]
    private static partial int* ErrnoLocation();

    /// <summary>The negated error number of the call that just failed, never 0.</summary>
    public static int Last()
    {
        int error = *ErrnoLocation();
        return error > 0 ? -error : -Engine.Data.Kernel.Errno.InputOutput;
    }

    /// <summary>The result of a call, its failure turned into a negated error number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Value(nint result) => result >= 0 ? (int)result : Last();

    [LibraryImport(Name, EntryPoint = "syscall")]
    public static partial nint SystemCall(
        nint number, nint first, nint second, nint third, nint fourth, nint fifth, nint sixth);

    [LibraryImport(Name, EntryPoint = "clock_gettime"), SuppressGCTransition]
    public static partial int ClockGetTime(int clock, long* time);

    [LibraryImport(Name, EntryPoint = "setns")]
    public static partial int SetNamespace(int fd, int kind);

    [LibraryImport(Name, EntryPoint = "socket"), SuppressGCTransition]
    public static partial int Socket(int family, int type, int protocol);

    [LibraryImport(Name, EntryPoint = "bind")]
    public static partial int Bind(int fd, byte* address, uint length);

    [LibraryImport(Name, EntryPoint = "listen")]
    public static partial int Listen(int fd, int backlog);

    /// <summary>Only for sockets that do not block.</summary>
    [LibraryImport(Name, EntryPoint = "connect"), SuppressGCTransition]
    public static partial int Connect(int fd, byte* address, uint length);

    /// <summary>Only for sockets that do not block.</summary>
    [LibraryImport(Name, EntryPoint = "accept4"), SuppressGCTransition]
    public static partial int Accept(int fd, byte* address, uint* length, int flags);

    [LibraryImport(Name, EntryPoint = "getpeername"), SuppressGCTransition]
    public static partial int GetPeerName(int fd, byte* address, uint* length);

    [LibraryImport(Name, EntryPoint = "getsockname"), SuppressGCTransition]
    public static partial int GetSocketName(int fd, byte* address, uint* length);

    [LibraryImport(Name, EntryPoint = "setsockopt"), SuppressGCTransition]
    public static partial int SetSocketOption(int fd, int level, int option, void* value, uint length);

    [LibraryImport(Name, EntryPoint = "getsockopt"), SuppressGCTransition]
    public static partial int GetSocketOption(int fd, int level, int option, void* value, uint* length);

    /// <summary>Only with MSG_DONTWAIT.</summary>
    [LibraryImport(Name, EntryPoint = "recv"), SuppressGCTransition]
    public static partial nint Receive(int fd, void* data, nuint length, int flags);

    /// <summary>Only with MSG_DONTWAIT.</summary>
    [LibraryImport(Name, EntryPoint = "send"), SuppressGCTransition]
    public static partial nint Send(int fd, void* data, nuint length, int flags);

    /// <summary>Only with MSG_DONTWAIT.</summary>
    [LibraryImport(Name, EntryPoint = "sendmsg"), SuppressGCTransition]
    public static partial nint SendMessage(int fd, MessageHeader* message, int flags);

    /// <summary>May wait.</summary>
    [LibraryImport(Name, EntryPoint = "sendmsg")]
    public static partial nint SendMessageWaiting(int fd, MessageHeader* message, int flags);

    /// <summary>May wait.</summary>
    [LibraryImport(Name, EntryPoint = "recvmsg")]
    public static partial nint ReceiveMessage(int fd, MessageHeader* message, int flags);

    /// <summary>May wait.</summary>
    [LibraryImport(Name, EntryPoint = "recv")]
    public static partial nint ReceiveWaiting(int fd, void* data, nuint length, int flags);

    /// <summary>
    /// Many messages at once take long enough for a collector to wait: with the GC transition.
    /// </summary>
    [LibraryImport(Name, EntryPoint = "sendmmsg")]
    public static partial int SendMessages(int fd, void* messages, uint count, int flags);

    [LibraryImport(Name, EntryPoint = "shutdown"), SuppressGCTransition]
    public static partial int Shutdown(int fd, int how);

    /// <summary>Only when neither end can block: the socket is set so and SPLICE_F_NONBLOCK is given.</summary>
    [LibraryImport(Name, EntryPoint = "splice"), SuppressGCTransition]
    public static partial nint Splice(int from, void* fromOffset, int to, void* toOffset, nuint length, uint flags);

    [LibraryImport(Name, EntryPoint = "pipe2")]
    public static partial int Pipe(int* descriptors, int flags);

    [LibraryImport(Name, EntryPoint = "close")]
    public static partial int Close(int fd);

    [LibraryImport(Name, EntryPoint = "write")]
    public static partial nint Write(int fd, void* data, nuint length);

    [LibraryImport(Name, EntryPoint = "poll")]
    public static partial int Poll(PollEntry* entries, nuint count, int timeoutMs);

    [LibraryImport(Name, EntryPoint = "fcntl")]
    public static partial int Control(int fd, int command, nint argument);

    /// <summary>F_SETFL, which never sleeps.</summary>
    [LibraryImport(Name, EntryPoint = "fcntl"), SuppressGCTransition]
    public static partial int SetStatus(int fd, int command, nint flags);

    [LibraryImport(Name, EntryPoint = "eventfd")]
    public static partial int EventDescriptor(uint initial, int flags);

    [LibraryImport(Name, EntryPoint = "epoll_create1")]
    public static partial int EpollCreate(int flags);

    [LibraryImport(Name, EntryPoint = "epoll_ctl"), SuppressGCTransition]
    public static partial int EpollControl(int epoll, int operation, int fd, void* readiness);

    [LibraryImport(Name, EntryPoint = "epoll_wait")]
    public static partial int EpollWait(int epoll, void* events, int capacity, int timeoutMs);

    [LibraryImport(Name, EntryPoint = "mmap")]
    public static partial nint Map(
        nint address, nuint length, int protection, int flags, int fd, nint offset);

    [LibraryImport(Name, EntryPoint = "munmap")]
    public static partial int Unmap(nint address, nuint length);

    [LibraryImport(Name, EntryPoint = "unlink")]
    public static partial int Unlink(byte* path);

    [LibraryImport(Name, EntryPoint = "rename")]
    public static partial int Rename(byte* from, byte* to);

    [LibraryImport(Name, EntryPoint = "chmod")]
    public static partial int ChangeMode(byte* path, uint mode);

    [LibraryImport(Name, EntryPoint = "chown")]
    public static partial int ChangeOwner(byte* path, uint user, uint group);
}
