namespace Engine.Data.Configuration;

/// <summary><c>tune.h2.log-errors</c>: which faults of clients in HTTP/2 are logged (manual section 3.2).</summary>
public enum Http2LogErrors : byte
{
    /// <summary>All that end a stream or a connection.</summary>
    Stream = 0,

    /// <summary>Those that end a connection.</summary>
    Connection,

    None,
}
