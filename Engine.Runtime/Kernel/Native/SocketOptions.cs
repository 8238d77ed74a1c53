namespace Engine.Runtime.Kernel.Native;

/// <summary>
/// What a listening socket is opened with; the defaults are those of a <c>bind</c> line without options.
/// </summary>
public readonly record struct SocketOptions()
{
    /// <summary>
    /// Connections that may wait to be accepted; the machine caps it at net.core.somaxconn.
    /// </summary>
    public int Backlog { get; init; } = 4096;

    /// <summary>SO_REUSEPORT: one socket for each thread, and the old process beside the new one.</summary>
    public bool ReusePort { get; init; } = true;

    /// <summary>IPv6 only (<c>v6only</c>).</summary>
    public bool V6Only { get; init; }

    /// <summary>IPv6 and IPv4 (<c>v4v6</c>).</summary>
    public bool V4V6 { get; init; }

    /// <summary>IP_TRANSPARENT: a foreign address may be bound. Needs CAP_NET_ADMIN.</summary>
    public bool Transparent { get; init; }

    /// <summary>Report a connection when its first bytes are there, for at most 60 seconds.</summary>
    public bool DeferAccept { get; init; }

    /// <summary>TCP Fast Open, with a queue as long as the backlog.</summary>
    public bool FastOpen { get; init; }

    /// <summary>TCP_SAVE_SYN, 0 to 2.</summary>
    public int SavesSyn { get; init; }

    /// <summary>TCP_CONGESTION, inherited by what is accepted; null leaves the system's choice.</summary>
    public string? Congestion { get; init; }

    /// <summary>SO_KEEPALIVE, inherited by what is accepted.</summary>
    public bool KeepAlive { get; init; }

    /// <summary>TCP_KEEPCNT, TCP_KEEPIDLE and TCP_KEEPINTVL, probes and seconds; 0 leaves the system's choice.</summary>
    public int KeepAliveCount { get; init; }

    public int KeepAliveIdleSeconds { get; init; }

    public int KeepAliveIntervalSeconds { get; init; }

    /// <summary>SO_RCVBUF and SO_SNDBUF, bytes, inherited by what is accepted; 0 leaves the system's choice.</summary>
    public int ReceiveBuffer { get; init; }

    public int SendBuffer { get; init; }

    /// <summary>TCP_NOTSENT_LOWAT, bytes, inherited by what is accepted; 0 leaves the system's choice.</summary>
    public int NotSentLow { get; init; }

    /// <summary>TCP_QUICKACK off: the answer is the acknowledgement of the request.</summary>
    public bool LateAcknowledgement { get; init; }

    /// <summary>TCP_MAXSEG, bytes; 0 leaves the system's choice.</summary>
    public int MaximumSegment { get; init; }

    /// <summary>TCP_USER_TIMEOUT, milliseconds; 0 leaves the system's choice.</summary>
    public int UserTimeoutMs { get; init; }

    /// <summary>Multipath TCP.</summary>
    public bool Multipath { get; init; }

    /// <summary>Descriptor of the network namespace it is made in; 0: the process's.</summary>
    public int Namespace { get; init; }

    /// <summary>TCP_MD5SIG, of whoever connects; null: segments are not signed.</summary>
    public string? SigningKey { get; init; }

    /// <summary>Interface to bind to, null for all.</summary>
    public string? Interface { get; init; }

    /// <summary>File mode of a unix socket, -1 for what the umask leaves.</summary>
    public int UnixMode { get; init; } = -1;

    /// <summary>Owner of a unix socket, -1 for the process's.</summary>
    public int UnixUser { get; init; } = -1;

    /// <summary>Group of a unix socket, -1 for the process's.</summary>
    public int UnixGroup { get; init; } = -1;
}
