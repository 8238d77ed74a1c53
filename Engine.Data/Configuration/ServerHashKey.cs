namespace Engine.Data.Configuration;

/// <summary>What the points of a server are derived from (<c>hash-key</c>, manual section 5.2).</summary>
public enum ServerHashKey : byte
{
    Id = 0,

    /// <summary>All 32 bits of the id.</summary>
    Id32,

    /// <summary>As the id, for a server without a <c>guid</c>.</summary>
    Guid,

    Address,
    AddressAndPort,
}
