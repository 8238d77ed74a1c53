using System;
using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Tests.EndToEnd.Harness;

/// <summary>Certificates that tests make for themselves, as PEM texts.</summary>
public sealed class TestCertificate
{
    private readonly X509Certificate2 certificate;

    private TestCertificate(X509Certificate2 certificate) => this.certificate = certificate;

    public string CertificatePem => certificate.ExportCertificatePem() + "\n";

    public string KeyPem => (certificate.GetECDsaPrivateKey() as AsymmetricAlgorithm ?? certificate.GetRSAPrivateKey()!)
        .ExportPkcs8PrivateKeyPem() + "\n";

    /// <summary>The key, shut with a passphrase.</summary>
    public string EncryptedKey(string passphrase)
    {
        AsymmetricAlgorithm key = certificate.GetECDsaPrivateKey() as AsymmetricAlgorithm ?? certificate.GetRSAPrivateKey()!;
        PbeParameters parameters = new(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, iterationCount: 1000);
        return key.ExportEncryptedPkcs8PrivateKeyPem(passphrase, parameters) + "\n";
    }

    /// <summary>A list of this authority that takes these back.</summary>
    public string Revoking(params TestCertificate[] revoked)
    {
        CertificateRevocationListBuilder list = new();
        foreach (TestCertificate one in revoked) list.AddEntry(one.certificate);
        byte[] der = list.Build(
            certificate.SubjectName, GeneratorOf(certificate), 1, DateTimeOffset.UtcNow.AddDays(3), HashAlgorithmName.SHA256,
            X509AuthorityKeyIdentifierExtension.CreateFromIssuerNameAndSerialNumber(
                certificate.SubjectName, certificate.SerialNumberBytes.Span),
            DateTimeOffset.UtcNow.AddDays(-1));
        return PemEncoding.WriteString("X509 CRL", der) + "\n";
    }

    /// <summary>Certificate and key, as <c>crt</c> wants them.</summary>
    public string Pem => CertificatePem + KeyPem;

    public X509Certificate2 Certificate => certificate;

    /// <summary>One usable as a client's certificate by SslStream.</summary>
    public X509Certificate2 WithKey =>
        X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null);

    /// <summary>
    /// A certificate of the names, signed by itself or by an authority. The first name is the common name; it may name
    /// who is asked about it by OCSP.
    /// </summary>
    public static TestCertificate Make(
        string[] names, TestCertificate? authority = null, bool isRsa = false, bool isAuthority = false,
        DateTimeOffset? until = null, string? responder = null)
    {
        using AsymmetricAlgorithm key = isRsa ? RSA.Create(2048) : ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = key is RSA rsa
            ? new(Subject(names[0]), rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            : new(Subject(names[0]), (ECDsa)key, HashAlgorithmName.SHA256);
        if (!isAuthority) request.CertificateExtensions.Add(Alternatives(names));
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(isAuthority, false, 0, true));
        if (responder is not null)
            request.CertificateExtensions.Add(new X509AuthorityInformationAccessExtension([responder], null));
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

    private static X500DistinguishedName Subject(string name)
    {
        X500DistinguishedNameBuilder subject = new();
        subject.AddCommonName(name);
        return subject.Build();
    }

    /// <summary>The names as they are, also those that no builder takes (RFC 5280 section 4.2.1.6).</summary>
    private static X509Extension Alternatives(string[] names)
    {
        AsnWriter writer = new(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            foreach (string name in names)
                writer.WriteOctetString(Encoding.ASCII.GetBytes(name), new Asn1Tag(TagClass.ContextSpecific, 2));
        }
        return new X509Extension("2.5.29.17", writer.Encode(), critical: false);
    }

    private static X509SignatureGenerator GeneratorOf(X509Certificate2 authority) =>
        authority.GetECDsaPrivateKey() is { } ecdsa
            ? X509SignatureGenerator.CreateForECDsa(ecdsa)
            : X509SignatureGenerator.CreateForRSA(authority.GetRSAPrivateKey()!, RSASignaturePadding.Pkcs1);
}
