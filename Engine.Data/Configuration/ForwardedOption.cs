using Engine.Data.Samples;

namespace Engine.Data.Configuration;

/// <summary>What <c>option forwarded</c> puts into its field.</summary>
public sealed class ForwardedOption
{
    public bool Proto;

    /// <summary>Whether the client came over TLS; null where there is none.</summary>
    public SampleExpression? IsSecure;

    public bool Host;
    public ForwardedNode By;
    public ForwardedNode For;
}
