using Engine.Data.Kernel;

namespace Engine.Data.Connections;

/// <summary>A client's addresses as they were before a request, by connection row. 48 bytes.</summary>
public struct KeptAddresses
{
    public SocketAddress Source;
    public SocketAddress Destination;
}
