using System;

namespace Engine.Data.Tls;

[Flags]
public enum TlsFlags : ushort
{
    None = 0,

    /// <summary>Our close_notify is among the records, or was sent.</summary>
    NotifySealed = 1,

    /// <summary>A fatal error: the library must not be called again for this connection.</summary>
    Fatal = 2,

    /// <summary>The peer sent something before it ended the handshake.</summary>
    PeerSpoke = 4,

    /// <summary>A certificate of the peer was looked at.</summary>
    PeerCertificate = 8,

    /// <summary>An OCSP response was sent to the client; it would have been, but is out of date.</summary>
    Stapled = 16,

    StapleExpired = 32,

    /// <summary>The client gets a certificate that was made for the name it asked for.</summary>
    Forged = 64,

    /// <summary>The bind line takes early data: the library is asked for it until it has told the end of it.</summary>
    ReadsEarly = 128,

    /// <summary>Early data came.</summary>
    Early = 256,

    /// <summary>The client is served on its early data, and the handshake is not over.</summary>
    EarlyOpen = 512,

    /// <summary>The peer changed its keys too often.</summary>
    KeyFlood = 1024,
}
