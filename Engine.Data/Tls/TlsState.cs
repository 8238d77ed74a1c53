using Engine.Data.Buffers;

namespace Engine.Data.Tls;

/// <summary>
/// What a connection has beside its plain bytes when it is encrypted. A column of its own, there only when the
/// configuration uses TLS.
/// </summary>
public struct TlsState
{
    /// <summary>The library's object, 0 when there is none.</summary>
    public nint Ssl;

    /// <summary>
    /// Records received and not read by the library: a part of one at most, once it was called.
    /// </summary>
    public BufferChain Wire;

    /// <summary>Records to send.</summary>
    public BufferChain Sealed;

    /// <summary>
    /// Bytes at the front of the plain output that the records to send hold: they leave it when those are
    /// sent.
    /// </summary>
    public int SealedPlain;

    public TlsFlags Flags;

    /// <summary>
    /// Verification: the first error of a certificate authority and its depth, of the peer's certificate.
    /// </summary>
    public byte AuthorityError;

    public byte AuthorityDepth;
    public byte PeerError;

    /// <summary>Why the handshake failed; 0: it did not.</summary>
    public TlsFault Fault;

    /// <summary>The library's error behind <see cref="Fault"/>, 0 for none.</summary>
    public uint LibraryError;

    /// <summary>
    /// Server side: hash of the server name that was sent, 0 for none. Such a connection serves no other
    /// name.
    /// </summary>
    public ulong NameHash;

    /// <summary>Server side: a session to resume later, held once; 0 for none.</summary>
    public nint Session;

    /// <summary>
    /// Errors of verification that the configuration overlooks: a <see cref="TlsIgnored"/>, or null.
    /// </summary>
    public unsafe TlsIgnored* Ignored;

    /// <summary>
    /// Client side: a certificate that was refused, held once, so that the error's log line can tell of it; 0 for none.
    /// </summary>
    public nint Refused;

    /// <summary>Where the client's hello is kept, or null.</summary>
    public unsafe TlsHello* Hello;

    /// <summary>Where secrets are kept for key logs, or null.</summary>
    public unsafe TlsSecrets* Secrets;

    /// <summary>When the second began that <see cref="KeyUpdatesLeft"/> is about, nanoseconds; 0: none did.</summary>
    public long KeyUpdatesNanoseconds;

    /// <summary>Changes of keys that the peer may ask for in this second.</summary>
    public int KeyUpdatesLeft;
}
