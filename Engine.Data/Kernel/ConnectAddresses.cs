namespace Engine.Data.Kernel;

/// <summary>Where a connection goes and where it comes from, in the order that <see cref="OperationKind.Connect"/> reads.</summary>
public struct ConnectAddresses
{
    public SocketAddress Target;

    /// <summary>Family Unspecified: the kernel chooses.</summary>
    public SocketAddress Source;
}
