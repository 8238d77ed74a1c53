namespace Engine.Data.Configuration;

/// <summary>What makes a number of a key (manual section 4.2, <c>hash-type</c>).</summary>
public enum HashFunction : byte
{
    Sdbm,
    Djb2,
    Wt6,
    Crc32,

    /// <summary>The key is a number already, in decimal digits.</summary>
    None,
}
