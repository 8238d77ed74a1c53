namespace Engine.Data.Kernel;

/// <summary>
/// What the sockets of a server are opened with where that is more than what every one has. In memory that does not move:
/// the kernel back end reads it at each connect.
/// </summary>
public unsafe struct OutgoingSocket
{
    /// <summary>Bytes of a name that the kernel takes, the zero at its end included.</summary>
    public const int NameSize = 16;

    /// <summary>Bytes of a key that the kernel takes, TCP_MD5SIG_MAXKEYLEN.</summary>
    public const int SigningKeyMax = 80;

    /// <summary>IPPROTO_MPTCP.</summary>
    public const int MultipathTcp = 262;

    public OutgoingFlags Flags;

    /// <summary>TCP_KEEPCNT, TCP_KEEPIDLE and TCP_KEEPINTVL, probes and seconds; 0: the system's.</summary>
    public int KeepAliveCount;

    public int KeepAliveIdleSeconds;

    public int KeepAliveIntervalSeconds;

    /// <summary>SO_RCVBUF and SO_SNDBUF, bytes; 0: the system's.</summary>
    public int ReceiveBuffer;

    public int SendBuffer;

    /// <summary>TCP_NOTSENT_LOWAT, bytes; 0: the system's.</summary>
    public int NotSentLow;

    /// <summary>TCP_USER_TIMEOUT, milliseconds; 0: the system's.</summary>
    public int UserTimeoutMs;

    /// <summary>Ports that connections come from in turn; high 0: as the address of each says.</summary>
    public ushort PortLow;

    public ushort PortHigh;

    /// <summary>Counts connections, of all threads.</summary>
    public uint Turn;

    /// <summary>Its protocol; 0: the family's own, TCP.</summary>
    public int Protocol;

    /// <summary>Descriptor of the network namespace it is made in; 0: the process's.</summary>
    public int Namespace;

    /// <summary>What TCP segments are signed with (RFC 2385), <see cref="SigningKeyMax"/> bytes at most; empty: they are not.</summary>
    public fixed byte SigningKey[SigningKeyMax];

    public int SigningKeyLength;

    /// <summary>SO_BINDTODEVICE; empty: any interface.</summary>
    public fixed byte Interface[NameSize];

    /// <summary>TCP_CONGESTION; empty: the system's.</summary>
    public fixed byte Congestion[NameSize];
}
