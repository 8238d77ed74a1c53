using Engine.Data.Samples;

namespace Engine.Data.Configuration;

/// <summary>What is told of one end of the client's connection.</summary>
public sealed class ForwardedEnd
{
    /// <summary>Its name is told: the address, or what the expression gives.</summary>
    public bool HasName;

    public SampleExpression? Name;

    /// <summary>Its port is told, likewise.</summary>
    public bool HasPort;

    public SampleExpression? Port;
}
