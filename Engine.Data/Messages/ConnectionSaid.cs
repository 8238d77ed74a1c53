namespace Engine.Data.Messages;

/// <summary>
/// What a message that we write says about its connection. Received Connection fields are never passed on.
/// </summary>
public enum ConnectionSaid : byte
{
    /// <summary>No line: between HTTP/1.1 peers the connection stays.</summary>
    Nothing = 0,

    /// <summary><c>connection: close</c></summary>
    Close,

    /// <summary><c>connection: keep-alive</c>, which an HTTP/1.0 peer needs.</summary>
    KeepAlive,

    /// <summary>
    /// <c>connection: upgrade</c>, when the head has <see cref="HeadFlags.Upgrade"/>; only then the Upgrade
    /// fields are written too.
    /// </summary>
    Upgrade,
}
