using System;
using System.Collections.Generic;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Engine.Data.Configuration;
using Engine.Data.Tls;
using Engine.Systems.Samples.Converters;

namespace Engine.Runtime.Tls;

/// <summary>
/// Tells expressions which certificates there are for tokens (<c>jwt on</c>): at the start, and whenever the Runtime API has
/// changed any.
/// </summary>
internal static unsafe class TokenCertificates
{
    /// <summary>Loads what expressions name, and tells them.</summary>
    public static void Start(CompiledConfiguration configuration)
    {
        if (configuration.Parts.Find<JwtCertificates>() is not { } tokens || TlsLibrary.Load(out _) is null) return;
        TlsDrafts drafts = configuration.Parts.Get<TlsDrafts>();
        foreach (string name in tokens.Wanted)
        {
            if (!drafts.Certificates.TryGetValue(name, out CertificateFile? file))
            {
                file = CertificateLoader.Load(drafts, name, out _) ?? LoadAlone(name);
                if (file is null) continue; // found out by who uses it
                drafts.Certificates.Add(name, file);
            }
            file.IsForTokens = true;
        }
        Tell(configuration);
    }

    /// <summary>Tells expressions what there is now.</summary>
    public static void Tell(CompiledConfiguration configuration)
    {
        if (configuration.Parts.Find<JwtCertificates>() is not { } tokens) return;
        Dictionary<string, JwtCertificates.Key?> keys = new(StringComparer.Ordinal);
        foreach ((string name, CertificateFile file) in configuration.Parts.Get<TlsDrafts>().Certificates)
            keys.Add(name, file.IsForTokens ? KeyOf(file.Certificate) : null);
        tokens.Replace(keys);
    }

    /// <summary>Verifying needs no private key.</summary>
    private static CertificateFile? LoadAlone(string path)
    {
        if (CertificateLoader.Read(path, out _) is not { } content) return null;
        CertificateFile file = new() { Name = path };
        if (CertificateLoader.ReadPem(file, content, path).Length == 0 && CertificateLoader.Finish(file, path).Length == 0)
            return file;
        file.Free();
        return null;
    }

    private static JwtCertificates.Key KeyOf(nint certificate)
    {
        if (certificate == 0) return new(null, null);
        byte[] der = new byte[Math.Max(0, OpenSsl.CertificateDer(certificate, null))];
        fixed (byte* start = der)
        {
            byte* at = start;
            _ = OpenSsl.CertificateDer(certificate, &at);
        }
        try
        {
            using X509Certificate2 parsed = X509CertificateLoader.LoadCertificate(der);
            return new(parsed.GetRSAPublicKey(), parsed.GetECDsaPublicKey());
        }
        catch (CryptographicException)
        {
            return new(null, null);
        }
    }
}
