using Engine.Data.Samples;

namespace Engine.Data.Configuration;

/// <summary>What <c>option forwarded</c> puts into its field.</summary>
public sealed class ForwardedOption
{
    public bool Proto;

    /// <summary>Whether the client came over TLS; null where there is none.</summary>
    public SampleExpression? IsSecure;

    /// <summary>The host is told: that of the request, or what the expression gives.</summary>
    public bool HasHost;

    public SampleExpression? Host;

    public ForwardedEnd By { get; } = new();

    public ForwardedEnd For { get; } = new();
}
