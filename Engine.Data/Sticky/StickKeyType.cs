namespace Engine.Data.Sticky;

/// <summary>What the keys of a stick table are (manual section 11.1, <c>type</c>).</summary>
public enum StickKeyType : byte
{
    /// <summary>4 bytes in network order: <c>ip</c>, <c>ipv4</c>.</summary>
    Ipv4 = 0,

    /// <summary>16 bytes in network order.</summary>
    Ipv6,

    /// <summary>32 bits, in the machine's order.</summary>
    Integer,

    /// <summary>As long as it is, cut at the table's key length.</summary>
    String,

    /// <summary>Always as long as the table's keys: cut, or filled with zeros.</summary>
    Binary,
}
