using System.Collections.Generic;
using Engine.Data.Tables;
using Engine.Runtime.Process.Native;

namespace Engine.Runtime.Kernel.Native;

/// <summary>
/// Sockets in other network namespaces (<c>namespace</c>, manual sections 5.1 and 5.2): a thread goes there to make one,
/// and back. Namespaces are opened while the configuration is read, before <c>chroot</c>; their descriptors stay open.
/// </summary>
internal static unsafe class NetworkNamespaces
{
    private const int KindNetwork = 0x4000_0000; // CLONE_NEWNET
    private const int ReadCloseOnExec = 0x8_0000; // O_RDONLY | O_CLOEXEC

    private static readonly Dictionary<string, int> Opened = [];

    /// <summary>The process's own, once another is used.</summary>
    private static int own = -1;

    /// <summary>The descriptor of a namespace by its name, or a negated errno.</summary>
    public static int Open(string name)
    {
        lock (Opened)
        {
            if (Opened.TryGetValue(name, out int known)) return known;
            if (own < 0) own = OpenFile("/proc/self/ns/net");
            if (own < 0) return own;
            int fd = OpenFile($"/var/run/netns/{name}");
            if (fd >= 0) Opened[name] = fd;
            return fd;
        }
    }

    /// <summary>socket(2) in a namespace, 0 for the process's. The descriptor, or a negated errno.</summary>
    public static int Socket(int space, int family, int type, int protocol)
    {
        if (space == 0) return Libc.Value(Libc.Socket(family, type, protocol));
        int result = Libc.Value(Libc.SetNamespace(space, KindNetwork));
        if (result < 0) return result;
        int fd = Libc.Value(Libc.Socket(family, type, protocol));
        // A thread that cannot come back would make all its sockets there.
        Check.That(Libc.SetNamespace(own, KindNetwork) == 0);
        return fd;
    }

    private static int OpenFile(string path)
    {
        fixed (byte* text = NativeText.Terminated(path)) return Libc.Value(ProcessCalls.Open(text, ReadCloseOnExec, 0));
    }
}
