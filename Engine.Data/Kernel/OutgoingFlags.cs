using System;

namespace Engine.Data.Kernel;

/// <summary>What is set or not on the sockets towards a server.</summary>
[Flags]
public enum OutgoingFlags : uint
{
    None = 0,

    /// <summary>SO_KEEPALIVE (<c>option srvtcpka</c>).</summary>
    KeepAlive = 1,

    /// <summary>TCP_FASTOPEN_CONNECT: the request goes with the first packet where the server allows it (<c>tfo</c>).</summary>
    FastOpen = 2,

    /// <summary>TCP_QUICKACK off: the first request is the acknowledgement (<c>option tcp-smart-connect</c>).</summary>
    LateAcknowledgement = 4,

    /// <summary>IP_TRANSPARENT: the source may be somebody else's address (<c>usesrc</c>). Needs CAP_NET_ADMIN or CAP_NET_RAW.</summary>
    Transparent = 8,

    /// <summary>SO_MARK, set to <see cref="ConnectAddresses.Mark"/>. Needs CAP_NET_ADMIN.</summary>
    Mark = 16,

    /// <summary>IP_TOS or IPV6_TCLASS, set to <see cref="ConnectAddresses.TypeOfService"/>.</summary>
    TypeOfService = 32,
}
