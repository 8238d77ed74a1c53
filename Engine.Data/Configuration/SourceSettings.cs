using Engine.Data.Kernel;
using Engine.Data.Samples;

namespace Engine.Data.Configuration;

/// <summary>Where connections to servers come from: a <c>source</c> line or option (manual section 4.2). Immutable.</summary>
public sealed record SourceSettings
{
    /// <summary>The kernel chooses.</summary>
    public static readonly SourceSettings None = new();

    /// <summary>Our address; health checks come from it too. Family Unspecified: the kernel chooses.</summary>
    public SocketAddress Address { get; init; }

    /// <summary>The last port of a range that begins with the address's; 0: there is none.</summary>
    public int PortHigh { get; init; }

    public ForeignSource Foreign { get; init; }

    /// <summary><c>usesrc</c> with an address.</summary>
    public SocketAddress ForeignAddress { get; init; }

    /// <summary><c>usesrc hdr_ip(...)</c>: the address in the request; null where its occurrence is 0, which finds none.</summary>
    public SampleExpression? ForeignHeader { get; init; }

    /// <summary><c>interface</c>; null: any.</summary>
    public string? Interface { get; init; }

    /// <summary>The address is not the same for every client: connections serve one alone.</summary>
    public bool IsOfClient => Foreign is ForeignSource.Client or ForeignSource.ClientIp or ForeignSource.Header;
}
