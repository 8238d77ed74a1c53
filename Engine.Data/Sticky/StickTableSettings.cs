using System.Collections.Generic;

namespace Engine.Data.Sticky;

/// <summary>A stick table as it was declared (manual section 11.1).</summary>
public sealed class StickTableSettings
{
    /// <summary>What <c>len</c> may say at most, bytes.</summary>
    public const int KeyLengthMax = 131_072;

    /// <summary>Index in the configuration's tables.</summary>
    public int Number;

    /// <summary>The proxy's name, or <c>peers/table</c>.</summary>
    public string Name = "";

    /// <summary>The kind of section that declares it, for messages: <c>backend</c>, <c>peers</c>.</summary>
    public string Owner = "";

    /// <summary>Where it was declared.</summary>
    public string File = "";

    public int Line;

    public StickKeyType Type;

    /// <summary>The type's word, as messages and commands give it.</summary>
    public string TypeWord =>
        Type switch
        {
            StickKeyType.Ipv4 => "ip",
            StickKeyType.Ipv6 => "ipv6",
            StickKeyType.Integer => "integer",
            StickKeyType.String => "string",
            _ => "binary",
        };

    /// <summary>Bytes of a key at most.</summary>
    public int KeyLength;

    /// <summary>Entries at most.</summary>
    public uint Size;

    /// <summary>Life of an entry since it was last touched, milliseconds; 0: until room is needed.</summary>
    public uint ExpireMs;

    /// <summary>A full table refuses new entries instead of dropping the oldest.</summary>
    public bool NoPurge;

    /// <summary>Filled by peers only.</summary>
    public bool ReceiveOnly;

    /// <summary>The table that updates of peers are written to as well; null: none.</summary>
    public string? WriteTo;

    /// <summary>The peers it is shared with; null: none.</summary>
    public string? Peers;

    /// <summary><c>srvkey addr</c>: servers are known by their addresses.</summary>
    public bool ServersByAddress;

    /// <summary>Bytes that one count of a byte rate stands for, 1 to 1024.</summary>
    public uint BytesFactor = 1;

    public readonly StickLayout Layout = new();

    /// <summary>Names of the proxies that use it, the declaring one first.</summary>
    public readonly List<string> Users = [];

    /// <summary>A proxy uses it.</summary>
    public void AddUser(string proxy)
    {
        if (!Users.Contains(proxy)) Users.Add(proxy);
    }
}
