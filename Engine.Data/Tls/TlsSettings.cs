namespace Engine.Data.Tls;

/// <summary>
/// What encrypted connections of the process share. Null in a configuration that uses no TLS.
/// </summary>
public sealed class TlsSettings
{
    /// <summary>The kind of I/O objects the library reads and writes through (BIO_METHOD).</summary>
    public nint BioMethod;

    /// <summary>
    /// <c>tune.ssl.maxrecord</c>: plain bytes of a record at most; 0: as many as the protocol allows.
    /// </summary>
    public int RecordMax;

    /// <summary><c>tune.ssl.capture-buffer-size</c>: bytes kept of a client's hello; 0: nothing is.</summary>
    public int HelloSize;

    /// <summary><c>tune.ssl.keylog on</c>: secrets are kept for samples.</summary>
    public bool KeepsSecrets;

    /// <summary><c>tune.ssl.keyupdate-rate-limit</c>: changes of keys that a peer may ask for in a second; 0: any number.</summary>
    public int KeyUpdatesMax;
}
