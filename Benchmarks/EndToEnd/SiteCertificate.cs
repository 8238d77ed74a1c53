using System;
using System.IO;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Benchmarks.EndToEnd;

/// <summary>The self-signed certificate of a scenario, made for the run.</summary>
public static class SiteCertificate
{
    /// <summary>Certificate and key in one PEM file.</summary>
    public const string FileName = "site.pem";

    public static void Write(string directory, bool rsa)
    {
        using RSA? large = rsa ? RSA.Create(2_048) : null;
        using ECDsa small = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = large is null
            ? new CertificateRequest("CN=127.0.0.1", small, HashAlgorithmName.SHA256)
            : new CertificateRequest("CN=127.0.0.1", large, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        DateTimeOffset now = DateTimeOffset.UtcNow;
        using X509Certificate2 certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(7));
        string key = large?.ExportPkcs8PrivateKeyPem() ?? small.ExportPkcs8PrivateKeyPem();
        File.WriteAllText(Path.Combine(directory, FileName), $"{certificate.ExportCertificatePem()}\n{key}\n");
    }
}
