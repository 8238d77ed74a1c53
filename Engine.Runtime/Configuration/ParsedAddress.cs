using Engine.Data.Kernel;

namespace Engine.Runtime.Configuration;

/// <summary>An address of the configuration, cut into its parts.</summary>
internal struct ParsedAddress
{
    /// <summary>Family, address bytes and the first port.</summary>
    public SocketAddress Address;

    /// <summary>Last port of a range; the first one when there is none.</summary>
    public int PortHigh;

    /// <summary>No port was written, or one relative to the client's.</summary>
    public bool MapsPort;

    /// <summary><c>+n</c> or <c>-n</c>.</summary>
    public int PortOffset;

    /// <summary>Unix path or abstract name; null for IP.</summary>
    public string? Path;

    public bool Abstract;

    /// <summary><c>abnsz@</c>: an abstract name without zeros behind it.</summary>
    public bool IsExactName;

    /// <summary><c>mptcp@</c>.</summary>
    public bool Multipath;

    /// <summary><c>fd@n</c>; -1 otherwise.</summary>
    public int Fd;

    /// <summary>A name still to be resolved; null otherwise.</summary>
    public string? HostName;
}
