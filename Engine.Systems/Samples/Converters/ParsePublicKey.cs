using System;
using System.IO;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Engine.Systems.Samples.Converters;

/// <summary>A public key from a PEM file: as such, or of a certificate.</summary>
internal static class ParsePublicKey
{
    public static bool TryRun(string path, bool isCurve, out RSA? rsa, out ECDsa? curve)
    {
        rsa = null;
        curve = null;
        try
        {
            string text = File.ReadAllText(path);
            bool isCertificate = text.Contains("BEGIN CERTIFICATE", StringComparison.Ordinal);
            if (isCertificate)
            {
                using X509Certificate2 certificate = X509Certificate2.CreateFromPem(text);
                rsa = isCurve ? null : certificate.GetRSAPublicKey();
                curve = isCurve ? certificate.GetECDsaPublicKey() : null;
            }
            else if (isCurve) (curve = ECDsa.Create()).ImportFromPem(text);
            else (rsa = RSA.Create()).ImportFromPem(text);
            return isCurve ? curve is not null : rsa is not null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException
            or CryptographicException)
        {
            return false;
        }
    }
}
