namespace Engine.Data.Configuration;

/// <summary>How keys find servers (manual section 4.2: <c>hash-type</c>, <c>hash-balance-factor</c>).</summary>
public struct HashSettings
{
    /// <summary>Keys keep their server when others come and go; else the servers stand in a table by weight.</summary>
    public bool Consistent;

    public HashFunction Function;

    /// <summary>The bits of the hash are mixed once more.</summary>
    public bool Avalanche;

    /// <summary>Percent of the average load that a server may have before its keys go elsewhere; 0: any load.</summary>
    public int LoadFactor;

    /// <summary>When a full server keeps its keys waiting.</summary>
    public HashAffinity Affinity;
}
