namespace Engine.Data.Configuration;

/// <summary>Whose address a server sees as that of its client: <c>usesrc</c> (manual section 4.2, <c>source</c>).</summary>
public enum ForeignSource : byte
{
    /// <summary>Ours.</summary>
    None = 0,

    /// <summary>The one that the line gives.</summary>
    Address,

    /// <summary>The client's, and its port.</summary>
    Client,

    /// <summary>The client's, from a port of ours.</summary>
    ClientIp,

    /// <summary>The one that a header field of the request tells.</summary>
    Header,
}
