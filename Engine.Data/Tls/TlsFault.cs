namespace Engine.Data.Tls;

/// <summary>
/// Why a handshake failed. The numbers are those that <c>fc_err</c> answers (manual section 7.3.3).
/// </summary>
public enum TlsFault : byte
{
    None = 0,

    /// <summary>The peer closed before the handshake's end.</summary>
    Closed = 24,

    /// <summary>The connection broke.</summary>
    Aborted = 25,

    /// <summary>It took longer than the timeout.</summary>
    TimedOut = 26,

    NoMemory = 28,

    /// <summary>A certificate of an authority was refused.</summary>
    AuthorityRefused = 30,

    /// <summary>The peer's certificate was refused.</summary>
    CertificateRefused = 31,

    /// <summary>The server's certificate is not made out to the expected name.</summary>
    NameMismatch = 33,

    Handshake = 34,
}
