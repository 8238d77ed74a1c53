using System;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Tests.EndToEnd.Harness;

/// <summary>Certificates that tests make for themselves, as PEM texts.</summary>
public sealed class TestCertificate
{
    private readonly X509Certificate2 certificate;

    private TestCertificate(X509Certificate2 certificate) => this.certificate = certificate;

    public string CertificatePem => certificate.ExportCertificatePem() + "\n";

    public string KeyPem => (certificate.GetECDsaPrivateKey() as AsymmetricAlgorithm ?? certificate.GetRSAPrivateKey()!)
        .ExportPkcs8PrivateKeyPem() + "\n";

    /// <summary>Certificate and key, as <c>crt</c> wants them.</summary>
    public string Pem => CertificatePem + KeyPem;

    public X509Certificate2 Certificate => certificate;

    /// <summary>One usable as a client's certificate by SslStream.</summary>
    public X509Certificate2 WithKey =>
        X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null);

    /// <summary>
    /// A certificate of the names, signed by itself or by an authority. The first name is the common name.
    /// </summary>
    public static TestCertificate Make(
        string[] names, TestCertificate? authority = null, bool isRsa = false, bool isAuthority = false,
        DateTimeOffset? until = null)
    {
        using AsymmetricAlgorithm key = isRsa ? RSA.Create(2048) : ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = key is RSA rsa
            ? new($"CN={names[0]}", rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            : new($"CN={names[0]}", (ECDsa)key, HashAlgorithmName.SHA256);
        SubjectAlternativeNameBuilder alternatives = new();
        foreach (string name in names) alternatives.AddDnsName(name);
        if (!isAuthority) request.CertificateExtensions.Add(alternatives.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(isAuthority, false, 0, true));
        DateTimeOffset start = DateTimeOffset.UtcNow.AddDays(-3);
        DateTimeOffset end = until ?? DateTimeOffset.UtcNow.AddDays(3);
        if (authority is null) return new(request.CreateSelfSigned(start, end));
        Span<byte> serial = stackalloc byte[8];
        RandomNumberGenerator.Fill(serial);
        serial[0] &= 0x7F;
        X509Certificate2 signed = request.Create(
            authority.certificate.SubjectName, GeneratorOf(authority.certificate), start, end, serial);
        return new(key is RSA own ? signed.CopyWithPrivateKey(own) : signed.CopyWithPrivateKey((ECDsa)key));
    }

    private static X509SignatureGenerator GeneratorOf(X509Certificate2 authority) =>
        authority.GetECDsaPrivateKey() is { } ecdsa
            ? X509SignatureGenerator.CreateForECDsa(ecdsa)
            : X509SignatureGenerator.CreateForRSA(authority.GetRSAPrivateKey()!, RSASignaturePadding.Pkcs1);
}
