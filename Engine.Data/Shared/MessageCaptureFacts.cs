using Engine.Data.Kernel;

namespace Engine.Data.Shared;

/// <summary>Where a message that broke the protocol came from.</summary>
public struct MessageCaptureFacts
{
    /// <summary>Numbers of the proxies; -1: no backend yet.</summary>
    public int Frontend;

    public int Backend;

    /// <summary>Number of the server; -1: none.</summary>
    public int Server;

    public SocketAddress Client;

    /// <summary>Offset of the byte that is wrong.</summary>
    public int ErrorAt;

    /// <summary>What ours are at the moment, for whoever reads our code too.</summary>
    public uint ConnectionFlags;

    public uint StreamFlags;
    public uint MessageFlags;
}
