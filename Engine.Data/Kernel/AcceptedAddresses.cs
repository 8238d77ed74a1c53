namespace Engine.Data.Kernel;

/// <summary>Both ends of a connection that was just accepted.</summary>
public struct AcceptedAddresses
{
    public SocketAddress Peer;

    /// <summary>Unspecified unless asked for.</summary>
    public SocketAddress Local;
}
