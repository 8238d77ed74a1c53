using System.Collections.Generic;
using Engine.Data.Tls;

namespace Engine.Runtime.Tls;

/// <summary>
/// A certificate with what belongs to it, as loaded from its files or from the Runtime API. It holds the library's
/// objects once; contexts made from it hold them on their own.
/// </summary>
public sealed unsafe class CertificateFile
{
    /// <summary>The path it is known by: the one of the configuration, with its base before it.</summary>
    public string Name = "";

    public nint Certificate;

    /// <summary>The certificates behind it in the file, in order.</summary>
    public List<nint> Chain = [];

    /// <summary>A chain of <c>issuers-chain-path</c> where <see cref="Chain"/> is empty; null: none fits.</summary>
    public IssuerChain? Shared;

    public nint Key;

    /// <summary>Diffie-Hellman parameters of the file, 0 for none.</summary>
    public nint DhParameters;

    /// <summary>Who issued it, where that is not told by <see cref="Chain"/> (<c>.issuer</c>); 0: not given.</summary>
    public nint Issuer;

    /// <summary>OCSP response, DER (<c>.ocsp</c>); null: not given.</summary>
    public byte[]? Ocsp;

    /// <summary>Signed certificate timestamps as the extension has them (RFC 6962, <c>.sctl</c>); null: not given.</summary>
    public byte[]? Timestamps;

    public TlsKeyKind Kind;

    /// <summary>Its time is over or has not begun: clients will refuse it.</summary>
    public bool IsExpired;

    /// <summary>
    /// Common name and DNS names, lower case, without those that hold a zero byte (THREATS.md D3).
    /// </summary>
    public List<string> Names = [];

    /// <summary>Where its parts were looked for, as <c>show ssl cert</c> lists them; null: not looked for.</summary>
    public CertificatePaths Paths = new();

    /// <summary>The words that said where the parts come from; null: they were looked for beside it.</summary>
    public LoadWords? Words;

    /// <summary><c>jwt on</c>: tokens may be verified with it.</summary>
    public bool IsForTokens;

    /// <summary>A <c>crt-store</c> section has it: whoever names it takes it as it is.</summary>
    public bool IsFromStore;

    /// <summary>Nothing was loaded yet (<c>new ssl cert</c>).</summary>
    public bool IsEmpty => Certificate == 0 && Key == 0;

    /// <summary>A copy that others may change, holding the library's objects on its own.</summary>
    public CertificateFile Copy()
    {
        CertificateFile copy = (CertificateFile)MemberwiseClone();
        copy.Chain = [.. Chain];
        copy.Names = [.. Names];
        foreach (nint certificate in (nint[])[Certificate, Issuer, .. Chain])
            if (certificate != 0) _ = OpenSsl.CertificateUpRef(certificate);
        if (Key != 0) _ = OpenSsl.KeyUpRef(Key);
        if (DhParameters != 0) _ = OpenSsl.KeyUpRef(DhParameters);
        return copy;
    }

    /// <summary>Lets the library's objects go.</summary>
    public void Free()
    {
        SetCertificates(0, []);
        SetKey(0);
        SetIssuer(0);
        if (DhParameters != 0) OpenSsl.KeyFree(DhParameters);
        DhParameters = 0;
    }

    public void SetCertificates(nint certificate, List<nint> chain)
    {
        foreach (nint old in (nint[])[Certificate, .. Chain])
            if (old != 0) OpenSsl.CertificateFree(old);
        Certificate = certificate;
        Chain = chain;
    }

    public void SetKey(nint key)
    {
        if (Key != 0) OpenSsl.KeyFree(Key);
        Key = key;
    }

    public void SetIssuer(nint issuer)
    {
        if (Issuer != 0) OpenSsl.CertificateFree(Issuer);
        Issuer = issuer;
    }

    /// <summary>Another certificate has come: what stood beside the one before is not about it.</summary>
    public void DropBeside()
    {
        Ocsp = null;
        Timestamps = null;
        SetIssuer(0);
    }

    /// <summary>The certificate that issued this one, of those that came with it; 0 for none.</summary>
    public nint FindIssuer()
    {
        if (Certificate == 0) return 0;
        foreach (nint candidate in (nint[])[Issuer, .. Chain, .. Shared?.Items ?? []])
            if (candidate != 0 && OpenSsl.CertificateIssued(candidate, Certificate) == 0) return candidate;
        return 0;
    }
}
