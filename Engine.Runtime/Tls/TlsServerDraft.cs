using Engine.Data.Configuration;

namespace Engine.Runtime.Tls;

/// <summary>The TLS words of a <c>server</c> or <c>default-server</c> line.</summary>
public sealed class TlsServerDraft : ICopiedPart
{
    public bool IsOn;

    /// <summary>A line it takes after says <c>ssl</c>, its own <c>no-ssl</c>: TLS is ready for <c>set server ssl on</c>.</summary>
    public bool IsReady;

    public TlsLine Line = new();

    /// <summary>What <c>ssl-default-server-*</c> had said when the line first asked for TLS; null: it did not.</summary>
    public TlsLine? Defaults;
    public CertificateFile? Certificate;

    /// <summary><c>crt</c>, with its base before it; null: not given.</summary>
    public string? CertificatePath;

    /// <summary>A word was refused: what is missing may have been meant by that.</summary>
    public bool HasFaults;

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

    // Filled when the context is made: how messages name the line.
    public string Place = "";
    public string Backend = "";
    public string Section = "";

    /// <summary>The server that it became; null before.</summary>
    public Server? Target;

    public object Copy()
    {
        TlsServerDraft copy = (TlsServerDraft)MemberwiseClone();
        copy.Line = Line.Copy();
        copy.Target = null;
        return copy;
    }
}
