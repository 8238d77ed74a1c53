using System.Runtime.InteropServices;

namespace Engine.Runtime.Process.Native;

/// <summary>
/// The calls of libc that start, limit, place and end the process, with blittable arguments. None is on the
/// data path. A failed call returns -1 and leaves its reason in <see cref="LastError"/>.
/// </summary>
internal static unsafe partial class ProcessCalls
{
    private const string Name = "libc";

    [LibraryImport(Name, EntryPoint = "__errno_location"), SuppressGCTransition]
    private static partial int* ErrnoLocation();

    /// <summary>The error number of the call that just failed on this thread.</summary>
    public static int LastError => *ErrnoLocation();

    [LibraryImport(Name, EntryPoint = "kill")]
    public static partial int Kill(int process, int signal);

    /// <summary>
    /// Sets a signal's disposition, 0 for the default and 1 to ignore it; the one before, or -1.
    /// </summary>
    [LibraryImport(Name, EntryPoint = "signal")]
    public static partial nint SetDisposition(int signal, nint disposition);

    /// <summary>
    /// sigaction(2): only read with, so that the layout of the action does not matter beyond its first word.
    /// </summary>
    [LibraryImport(Name, EntryPoint = "sigaction")]
    public static partial int Action(int signal, void* action, void* old);

    [LibraryImport(Name, EntryPoint = "pthread_sigmask")]
    public static partial int SignalMask(int how, void* set, void* old);

    [LibraryImport(Name, EntryPoint = "eventfd")]
    public static partial int EventDescriptor(uint initial, int flags);

    [LibraryImport(Name, EntryPoint = "pipe2")]
    public static partial int Pipe(int* descriptors, int flags);

    [LibraryImport(Name, EntryPoint = "read")]
    public static partial nint Read(int fd, void* data, nuint length);

    [LibraryImport(Name, EntryPoint = "write")]
    public static partial nint Write(int fd, void* data, nuint length);

    [LibraryImport(Name, EntryPoint = "open")]
    public static partial int Open(byte* path, int flags, uint mode);

    [LibraryImport(Name, EntryPoint = "close")]
    public static partial int Close(int fd);

    [LibraryImport(Name, EntryPoint = "dup2")]
    public static partial int Duplicate(int from, int to);

    [LibraryImport(Name, EntryPoint = "fcntl")]
    public static partial int Control(int fd, int command, nint argument);

    [LibraryImport(Name, EntryPoint = "poll")]
    public static partial int Poll(PolledDescriptor* entries, nuint count, int timeoutMs);

    [LibraryImport(Name, EntryPoint = "getppid")]
    public static partial int ParentProcess();

    [LibraryImport(Name, EntryPoint = "waitpid")]
    public static partial int WaitFor(int process, int* status, int options);

    [LibraryImport(Name, EntryPoint = "posix_spawn")]
    public static partial int Spawn(
        int* process, byte* path, void* fileActions, void* attributes, byte** arguments, byte** environment);

    [LibraryImport(Name, EntryPoint = "posix_spawnattr_init")]
    public static partial int InitializeSpawn(void* attributes);

    [LibraryImport(Name, EntryPoint = "posix_spawnattr_setflags")]
    public static partial int SetSpawnFlags(void* attributes, short flags);

    [LibraryImport(Name, EntryPoint = "posix_spawnattr_setsigmask")]
    public static partial int SetSpawnMask(void* attributes, void* set);

    [LibraryImport(Name, EntryPoint = "posix_spawnattr_setsigdefault")]
    public static partial int SetSpawnDefaults(void* attributes, void* set);

    [LibraryImport(Name, EntryPoint = "posix_spawnattr_destroy")]
    public static partial int DestroySpawn(void* attributes);

    [LibraryImport(Name, EntryPoint = "getrlimit")]
    public static partial int GetLimit(int resource, ResourceLimit* limit);

    [LibraryImport(Name, EntryPoint = "setrlimit")]
    public static partial int SetLimit(int resource, ResourceLimit* limit);

    [LibraryImport(Name, EntryPoint = "sched_getaffinity")]
    public static partial int GetAffinity(int thread, nuint bytes, void* mask);

    [LibraryImport(Name, EntryPoint = "sched_setaffinity")]
    public static partial int SetAffinity(int thread, nuint bytes, void* mask);

    [LibraryImport(Name, EntryPoint = "setpriority")]
    public static partial int SetPriority(int which, uint who, int nice);

    [LibraryImport(Name, EntryPoint = "chroot")]
    public static partial int ChangeRoot(byte* path);

    [LibraryImport(Name, EntryPoint = "chdir")]
    public static partial int ChangeDirectory(byte* path);

    [LibraryImport(Name, EntryPoint = "mkdtemp")]
    public static partial byte* MakeTemporaryDirectory(byte* template);

    [LibraryImport(Name, EntryPoint = "rmdir")]
    public static partial int RemoveDirectory(byte* path);

    [LibraryImport(Name, EntryPoint = "chmod")]
    public static partial int ChangeMode(byte* path, uint mode);

    [LibraryImport(Name, EntryPoint = "setgroups")]
    public static partial int SetGroups(nuint count, uint* groups);

    [LibraryImport(Name, EntryPoint = "setgid")]
    public static partial int SetGroup(uint group);

    [LibraryImport(Name, EntryPoint = "setuid")]
    public static partial int SetUser(uint user);

    [LibraryImport(Name, EntryPoint = "prctl")]
    public static partial int ProcessControl(int option, nuint argument, nuint third, nuint fourth, nuint fifth);

    [LibraryImport(Name, EntryPoint = "capget")]
    public static partial int GetCapabilities(CapabilityHeader* header, CapabilitySets* sets);

    /// <summary>Sets those of the calling thread; threads that it starts have them, too.</summary>
    [LibraryImport(Name, EntryPoint = "capset")]
    public static partial int SetCapabilities(CapabilityHeader* header, CapabilitySets* sets);

    [LibraryImport(Name, EntryPoint = "geteuid")]
    public static partial uint EffectiveUser();

}
