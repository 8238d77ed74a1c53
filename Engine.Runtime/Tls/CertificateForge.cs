using System;
using System.Security.Cryptography;
using System.Text;
using Engine.Data.Tls;

namespace Engine.Runtime.Tls;

/// <summary>
/// The forge of one bind line: gives connections certificates made for the names they ask for, from the cache or made
/// now. One costs a signature of the authority, without any key being made: the model's is used for all.
/// </summary>
internal sealed unsafe class CertificateForge : ICertificateForge
{
    private readonly CertificateFile authority;
    private readonly ForgedCache cache;

    /// <summary>The authority and those behind it in its file (STACK_OF(X509)).</summary>
    private readonly nint chain = OpenSslMaker.StackNew();

    public CertificateForge(TlsIdentity model, CertificateFile authority, ForgedCache cache)
    {
        Model = model;
        this.authority = authority;
        this.cache = cache;
        foreach (nint certificate in (nint[])[authority.Certificate, .. authority.Chain])
            _ = OpenSslMaker.StackPush(chain, certificate);
    }

    ~CertificateForge() => OpenSsl.StackFree(chain);

    public TlsIdentity Model { get; }

    public bool TryGive(nint ssl, ReadOnlySpan<byte> name)
    {
        if (!ForgeCertificate.IsName(name)) return false;
        string host = Encoding.ASCII.GetString(name).ToLowerInvariant();
        nint key = OpenSslMaker.SslKey(ssl);
        nint certificate = cache.Find(this, host);
        if (certificate == 0)
        {
            certificate = ForgeCertificate.Run(host, authority, key);
            if (certificate == 0) return false;
            cache.Keep(this, host, certificate);
        }
        bool done = OpenSslMaker.SslSetCertificate(ssl, certificate, key, chain, 1) == 1;
        OpenSsl.CertificateFree(certificate);
        if (done) SetSessionScope(ssl, host);
        OpenSsl.ErrorsClear();
        GC.KeepAlive(this); // for the chain
        return done;
    }

    /// <summary>A session made under one name is none of another (THREATS.md D1).</summary>
    private void SetSessionScope(nint ssl, string host)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes($"{Model.SessionScope}\n{host}"), hash);
        fixed (byte* start = hash) _ = OpenSslMaker.SslSetSessionScope(ssl, start, SHA256.HashSizeInBytes);
    }
}
