namespace Engine.Systems.Http1;

/// <summary>What one element of a Connection field is.</summary>
internal enum ConnectionOption : byte
{
    None = 0,
    Close,
    KeepAlive,
    Upgrade,

    /// <summary>The name of a field for this connection only.</summary>
    Name,
}
