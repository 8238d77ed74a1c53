using System.Threading;

namespace Engine.Data.Tls;

/// <summary>
/// An OCSP response that is sent with a certificate (RFC 6066 section 8). It can be exchanged at run time;
/// handshakes take what is current.
/// </summary>
public sealed class OcspStaple
{
    private Response? current;

    /// <summary>The certificate that it is about, as a name of its file.</summary>
    public string Path = "";

    /// <summary>What it is about: the DER form of its CertID, and the parts of that.</summary>
    public byte[] Identifier = [];

    public byte[] IssuerName = [];
    public byte[] IssuerKey = [];
    public byte[] Serial = [];

    /// <summary>Null: there is none now.</summary>
    public Response? Current
    {
        get => Volatile.Read(ref current);
        set => Volatile.Write(ref current, value);
    }

    /// <param name="Der">The response.</param>
    /// <param name="ExpiresMs">When it is out of date, milliseconds since 1970.</param>
    public sealed record Response(byte[] Der, long ExpiresMs);
}
