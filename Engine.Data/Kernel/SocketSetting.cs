namespace Engine.Data.Kernel;

/// <summary>What <see cref="OperationKind.SetOption"/> can set on a socket.</summary>
public enum SocketSetting : uint
{
    /// <summary>SO_MARK: the mark of its packets. Needs CAP_NET_ADMIN.</summary>
    Mark = 0,

    /// <summary>IP_TOS or IPV6_TCLASS, 0 to 255.</summary>
    TypeOfService,

    /// <summary>
    /// Close without the peer noticing: TCP_REPAIR; without CAP_NET_ADMIN, a reset that dies on its first hop.
    /// </summary>
    Abandon,

    /// <summary>Close with a reset whose packets live for so many hops.</summary>
    ResetTimeToLive,
}
