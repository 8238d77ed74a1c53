namespace Engine.Runtime.Kernel.Native;

/// <summary>Numbers of the Linux system call interface, equal on x86-64 and arm64.</summary>
internal static class Linux
{
    // Sockets.
    public const int StreamSocket = 1;
    public const int DatagramSocket = 2;
    public const int SocketNonBlocking = 0x800;
    public const int SocketCloseOnExec = 0x8_0000;

    public const int MessageDontWait = 0x40;
    public const int MessageWaitAll = 0x100;
    public const int MessageNoSignal = 0x4000;
    public const int MessageMore = 0x8000;
    public const int MessageCloseOnExec = 0x4000_0000;

    public const int ShutdownWrite = 1;

    // setsockopt levels and options.
    public const int LevelIp = 0;
    public const int LevelSocket = 1;
    public const int LevelTcp = 6;
    public const int LevelIpv6 = 41;

    public const int SocketReuseAddress = 2;
    public const int SocketError = 4;
    public const int PeerName = 28;
    public const int SocketSendBuffer = 7;
    public const int SocketReceiveBuffer = 8;
    public const int SocketKeepAlive = 9;
    public const int SocketLinger = 13;
    public const int SocketReusePort = 15;
    public const int SocketBindToDevice = 25;
    public const int SocketMemory = 55;

    public const int TcpNoDelay = 1;
    public const int TcpMaximumSegment = 2;
    public const int TcpKeepIdle = 4;
    public const int TcpKeepInterval = 5;
    public const int TcpKeepCount = 6;
    public const int TcpDeferAccept = 9;
    public const int TcpInformation = 11;
    public const int TcpQuickAcknowledge = 12;
    public const int TcpCongestion = 13;
    public const int TcpMd5Signature = 14;
    public const int TcpUserTimeout = 18;
    public const int TcpFastOpen = 23;
    public const int TcpNotSentLow = 25;
    public const int TcpSaveSyn = 27;
    public const int TcpSavedSyn = 28;
    public const int TcpFastOpenConnect = 30;
    public const int TcpMd5SignatureOfRange = 32;

    public const int IpTransparent = 19;
    public const int IpFreeBind = 15;
    public const int IpBindAddressNoPort = 24;
    public const int Ipv6Only = 26;
    public const int Ipv6Transparent = 75;

    // Readiness, for poll and epoll alike.
    public const uint ReadyIn = 0x1;
    public const uint ReadyOut = 0x4;
    public const uint ReadyError = 0x8;
    public const uint ReadyHangUp = 0x10;
    public const uint ReadyPeerClosed = 0x2000;
    public const uint EpollExclusive = 1u << 28;
    public const uint EpollEdge = 1u << 31;

    public const int EpollAdd = 1;
    public const int EpollDelete = 2;
    public const int EpollModify = 3;
    public const int EpollCloseOnExec = 0x8_0000;

    // Descriptors.
    public const int GetStatusFlags = 3;
    public const int SetStatusFlags = 4;
    public const int StatusNonBlocking = 0x800;

    public const int EventNonBlocking = 0x800;
    public const int EventCloseOnExec = 0x8_0000;

    // Memory.
    public const int ProtectRead = 1;
    public const int ProtectWrite = 2;
    public const int MapShared = 1;
    public const int MapPrivate = 2;
    public const int MapAnonymous = 0x20;
    public const int MapNoReserve = 0x4000;

    // System calls that libc has no name for.
    public const int IoUringSetup = 425;
    public const int IoUringEnter = 426;
    public const int IoUringRegister = 427;

    /// <summary>F_DUPFD_CLOEXEC.</summary>
    public const int DuplicateCloseOnExec = 1030;
    public const int SetPipeSize = 1031;

    /// <summary>O_CLOEXEC.</summary>
    public const int CloseOnExec = 0x8_0000;

    /// <summary>SPLICE_F_MOVE and SPLICE_F_NONBLOCK.</summary>
    public const uint SpliceNow = 3;
}
