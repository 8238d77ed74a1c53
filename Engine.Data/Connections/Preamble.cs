using Engine.Data.Buffers;
using Engine.Data.Kernel;

namespace Engine.Data.Connections;

/// <summary>
/// Cold facts of a client connection that begins with a preamble, by its row: touched only for such connections.
/// </summary>
public struct Preamble
{
    /// <summary>Who the kernel says the peer is: the proxy in front.</summary>
    public SocketAddress PeerSource;

    /// <summary>The address that the proxy in front reached.</summary>
    public SocketAddress PeerDestination;

    /// <summary>What is waited for.</summary>
    public PreambleKind Kind;

    /// <summary>A PROXY header was read.</summary>
    public bool HasProxyHeader;

    /// <summary>The TLVs of a PROXY v2 header as they came, where the configuration reads them; else none.</summary>
    public BufferRef Tlvs;
}
