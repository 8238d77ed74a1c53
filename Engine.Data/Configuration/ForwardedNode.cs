namespace Engine.Data.Configuration;

/// <summary>What is told of one end of the client's connection.</summary>
public enum ForwardedNode : byte
{
    None = 0,
    Address,
    AddressAndPort,
}
