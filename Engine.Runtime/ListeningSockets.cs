using System;
using System.Collections.Generic;
using Engine.Data.Configuration;
using Engine.Data.Kernel;
using Engine.Runtime.CommandLine;
using Engine.Runtime.Kernel.Native;

namespace Engine.Runtime;

/// <summary>
/// Opens the listening sockets of every thread: one socket a thread where the address can be shared, one descriptor
/// for all where it was inherited or is a unix socket.
/// </summary>
public sealed class ListeningSockets(CompiledConfiguration configuration, int threads)
{
    private const int EADDRINUSE = 98;

    private readonly int[,] descriptors = NoneOpen(threads, configuration.Listeners.Length);
    private readonly List<string> errors = [];
    private readonly List<string> warnings = [];

    /// <summary>Sockets that another process handed over and no listener took yet.</summary>
    private readonly List<int> adopted = [];

    private bool isShared;

    /// <summary>The texts of what could not be bound, without the level.</summary>
    public IReadOnlyList<string> Errors => errors;

    /// <summary>The texts of what listeners asked for and the system refused, which they do without.</summary>
    public IReadOnlyList<string> Warnings => warnings;

    /// <summary>Something listens.</summary>
    public bool HasAny
    {
        get
        {
            foreach (int fd in descriptors)
            {
                if (fd >= 0) return true;
            }
            return false;
        }
    }

    /// <summary>The descriptor on which a thread accepts for a listener, -1 when another thread does.</summary>
    public int Of(int thread, int listener) => descriptors[thread, listener];

    /// <summary>
    /// Opens what is not open yet. False when an address is in use, which may pass (another process leaves); other
    /// errors are kept in <see cref="Errors"/>.
    /// </summary>
    public bool TryOpen()
    {
        errors.Clear();
        bool inUse = false;
        foreach (Listener listener in configuration.Listeners)
        {
            if (configuration.Proxies[listener.Frontend].Disabled) continue;
            int result = OpenFor(listener);
            if (result >= 0) continue;
            inUse |= result == -EADDRINUSE;
            errors.Add(Describe(listener, -result));
        }
        return !inUse;
    }

    /// <summary>Takes sockets that another process handed over, to use them instead of opening new ones.</summary>
    public void Adopt(List<int> sockets) => adopted.AddRange(sockets);

    /// <summary>Closes what was handed over and fits no listener.</summary>
    public void CloseUnused()
    {
        foreach (int fd in adopted) ListeningSocket.Close(fd);
        adopted.Clear();
    }

    /// <summary>
    /// The sockets with the interface of each, for another process. From now on the two share them: what would end
    /// listening for both is not done any more.
    /// </summary>
    public List<(int Fd, string Interface)> HandOver()
    {
        List<(int Fd, string Interface)> all = [];
        foreach (Listener listener in configuration.Listeners)
        {
            // A unix socket is found by its path alone, which the new process binds anew.
            if (listener.Path != null) continue;
            for (int thread = 0; thread < threads; thread++)
            {
                bool isDuplicate = thread > 0 && listener.InheritedFd >= 0;
                int fd = descriptors[thread, listener.Number];
                if (fd >= 0 && !isDuplicate) all.Add((fd, listener.Interface ?? ""));
            }
        }
        isShared = true;
        return all;
    }

    /// <summary>
    /// Stops listening for now: all (SIGTTOU) or for one frontend. Inherited sockets and unix sockets are only not
    /// accepted from.
    /// </summary>
    public void Pause(Proxy? only = null)
    {
        if (isShared) return;
        foreach (Listener listener in configuration.Listeners)
        {
            if (!MayPause(listener, only)) continue;
            for (int thread = 0; thread < threads; thread++)
                if (descriptors[thread, listener.Number] >= 0) ListeningSocket.Pause(descriptors[thread, listener.Number]);
        }
    }

    /// <summary>Listens again: all that no command has paused or stopped (SIGTTIN), or for one frontend.</summary>
    public void Resume(Proxy? only = null)
    {
        foreach (Listener listener in configuration.Listeners)
        {
            if (!MayPause(listener, only)) continue;
            for (int thread = 0; thread < threads; thread++)
            {
                int fd = descriptors[thread, listener.Number];
                if (fd >= 0) ListeningSocket.Resume(fd, Options(listener).Backlog);
            }
        }
    }

    /// <summary>The sockets of a frontend are closed, or will be at once: they are not to be touched again.</summary>
    public void Forget(Proxy frontend)
    {
        foreach (int listener in frontend.Listeners)
            for (int thread = 0; thread < threads; thread++) descriptors[thread, listener] = -1;
    }

    private bool MayPause(Listener listener, Proxy? only)
    {
        Proxy frontend = configuration.Proxies[listener.Frontend];
        if (listener.InheritedFd >= 0 || listener.Path != null) return false;
        return only is null ? frontend.State == FrontendState.Open : frontend == only;
    }

    public void CloseAll()
    {
        foreach (int fd in descriptors)
            if (fd >= 0) ListeningSocket.Close(fd);
    }

    private static int[,] NoneOpen(int threads, int listeners)
    {
        int[,] none = new int[threads, listeners];
        for (int thread = 0; thread < threads; thread++)
            for (int i = 0; i < listeners; i++) none[thread, i] = -1;
        return none;
    }

    private int OpenFor(Listener listener)
    {
        if (listener.InheritedFd >= 0) return Share(listener, listener.InheritedFd, ThreadsOf(listener));
        if (listener.Path != null) return OpenUnix(listener);
        int[] own = ThreadsOf(listener);
        int shards = Features.Disabled.HasFlag(DisabledFeatures.ReusePort) ? 1
            : listener.Shards > 0 ? Math.Min(listener.Shards, own.Length)
            : own.Length;
        for (int shard = 0; shard < shards; shard++)
        {
            Span<int> served = own.AsSpan()[(own.Length * shard / shards)..(own.Length * (shard + 1) / shards)];
            if (descriptors[served[0], listener.Number] >= 0) continue;
            int fd = OpenOrAdopt(listener);
            int result = fd < 0 ? fd : Share(listener, fd, served);
            if (result < 0) return result;
        }
        return 0;
    }

    /// <summary>The threads that accept for a listener.</summary>
    private int[] ThreadsOf(Listener listener)
    {
        List<int> own = [];
        for (int thread = 0; thread < threads; thread++)
        {
            if (listener.Threads is null || listener.Threads[thread]) own.Add(thread);
        }
        return [.. own];
    }

    private int OpenOrAdopt(Listener listener)
    {
        SocketOptions options = Options(listener);
        for (int i = 0; i < adopted.Count; i++)
        {
            int fd = adopted[i];
            if (!ListeningSocket.Suits(fd, listener.Address, options)) continue;
            adopted.RemoveAt(i);
            int result = ListeningSocket.Adopt(fd, options);
            if (result >= 0) return Tune(listener, result, options);
            ListeningSocket.Close(fd);
            break;
        }
        return Tune(listener, ListeningSocket.Open(listener.Address, options), options);
    }

    private int Tune(Listener listener, int fd, in SocketOptions options)
    {
        if (fd < 0 || TuneListening.Run(fd, options) is not { } refused) return fd;
        // Each thread's socket meets the same.
        string warning = $"{Place(listener, "Starting")}: {refused} for [{listener.Text}].";
        if (!warnings.Contains(warning)) warnings.Add(warning);
        return fd;
    }

    private int OpenUnix(Listener listener)
    {
        int[] own = ThreadsOf(listener);
        if (descriptors[own[0], listener.Number] >= 0) return 0;
        byte[] path = UnixSocketAddress.BytesOf(listener.Path!, listener.Abstract, listener.IsExactName);
        int fd = ListeningSocket.Open(new UnixSocketAddress(path), Options(listener));
        return fd < 0 ? fd : Share(listener, fd, own);
    }

    /// <summary>One socket for several threads: the kernel wakes one of those that accept on it.</summary>
    private int Share(Listener listener, int fd, ReadOnlySpan<int> served)
    {
        foreach (int thread in served)
        {
            if (descriptors[thread, listener.Number] >= 0) continue;
            int own = thread == served[0] ? fd : Sockets.Duplicate(fd);
            if (own < 0) return own;
            descriptors[thread, listener.Number] = own;
        }
        return 0;
    }

    private SocketOptions Options(Listener listener)
    {
        Proxy frontend = configuration.Proxies[listener.Frontend];
        int backlog = listener.Backlog > 0 ? listener.Backlog : frontend.Backlog;
        if (backlog <= 0) backlog = frontend.MaxConnections > 0 ? frontend.MaxConnections : 4096;
        return new SocketOptions
        {
            Backlog = backlog,
            V4V6 = listener.V4V6,
            V6Only = listener.V6Only,
            Transparent = listener.Transparent,
            DeferAccept = listener.DeferAccept,
            FastOpen = listener.FastOpen,
            SavesSyn = listener.SavesSyn,
            Congestion = listener.Congestion,
            ReusePort = !Features.Disabled.HasFlag(DisabledFeatures.ReusePort),
            KeepAlive = (frontend.Options & ProxyOptions.ClientKeepAlive) != 0,
            KeepAliveCount = frontend.ClientKeepAliveCount,
            KeepAliveIdleSeconds = (int)frontend.ClientKeepAliveIdleSeconds,
            KeepAliveIntervalSeconds = (int)frontend.ClientKeepAliveIntervalSeconds,
            ReceiveBuffer = configuration.Globals.ClientReceiveBuffer,
            SendBuffer = configuration.Globals.ClientSendBuffer,
            NotSentLow = configuration.Globals.ClientNotSentLow,
            LateAcknowledgement = (frontend.Options & ProxyOptions.SmartAccept) != 0,
            UserTimeoutMs = listener.UserTimeoutMs,
            Multipath = listener.Multipath,
            Namespace = listener.Namespace,
            SigningKey = listener.SigningKey,
            MaximumSegment = listener.MaximumSegment,
            Interface = listener.Interface,
            UnixMode = listener.UnixMode,
            UnixUser = listener.UnixUid,
            UnixGroup = listener.UnixGid,
        };
    }

    private string Describe(Listener listener, int errno)
    {
        string reason = SystemErrors.Text(errno);
        string place = Place(listener, "Binding");
        return listener.Path != null
            ? $"{place}: cannot bind UNIX socket ({reason}) [{listener.Path}]."
            : $"{place}: cannot bind socket ({reason}) for [{listener.Text}].";
    }

    private string Place(Listener listener, string doing)
    {
        string name = configuration.Proxies[listener.Frontend].Name;
        string protocol = listener.Path != null ? "unix_stream"
            : listener.Address.Family == AddressFamily.Inet6 ? "tcpv6"
            : "tcpv4";
        return $"{doing} [{listener.File}:{listener.Line}] for frontend {name}: protocol {protocol}";
    }
}
