using Engine.Data.Configuration;

namespace Engine.Runtime.Tls;

/// <summary>The TLS words of a <c>server</c> or <c>default-server</c> line.</summary>
public sealed class TlsServerDraft : ICopiedPart
{
    public bool IsOn;
    public TlsLine Line = new();
    public CertificateFile? Certificate;

    /// <summary><c>sni</c> as written; null: not given.</summary>
    public string? Name;

    /// <summary><c>no-sni-auto</c> was not said.</summary>
    public bool NamesItself = true;

    public string? VerifyHost;
    public bool ReusesSessions = true;
    public bool Renegotiates;

    /// <summary><c>check-ssl</c>, <c>no-check-ssl</c>; null: as the traffic.</summary>
    public bool? ChecksEncrypted;

    public string? CheckName;

    public object Copy()
    {
        TlsServerDraft copy = (TlsServerDraft)MemberwiseClone();
        copy.Line = Line.Copy();
        return copy;
    }
}
