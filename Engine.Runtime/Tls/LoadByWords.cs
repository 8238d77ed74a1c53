using System.Security.Cryptography;

namespace Engine.Runtime.Tls;

/// <summary>
/// Loads a certificate from the files that words name, and from no others: nothing is looked for beside it (manual
/// section 12.7).
/// </summary>
internal static class LoadByWords
{
    /// <summary>Null, and why, with the line's end where there is one inside.</summary>
    /// <param name="name">The name that it is known by.</param>
    /// <param name="path">Of the certificate, as written.</param>
    /// <param name="words">The files of the other parts.</param>
    /// <param name="bases">Where relative paths begin.</param>
    /// <param name="error">What is wrong; empty: nothing.</param>
    public static CertificateFile? Run(string name, string path, LoadWords words, LoadBases bases, out string error)
    {
        CertificateFile file = new() { Name = name, Words = words, IsForTokens = words.IsForTokens ?? false, Paths = words.Paths(path) };
        error = LoadCertificate(file, path, bases.Certificate);
        if (error.Length == 0 && words.Key is { } key) error = LoadKey(file, key, bases.Key);
        if (error.Length == 0 && words.Ocsp is { } ocsp)
        {
            file.Ocsp = Read(ocsp, bases.Others);
            if (file.Ocsp is null) error = $"Error opening OCSP response file{Unreadable(ocsp)}";
        }
        if (error.Length == 0 && words.Timestamps is { } list)
        {
            file.Timestamps = Read(list, bases.Others);
            if (file.Timestamps is null || !CertificateLoader.IsTimestampList(file.Timestamps)) error = Unreadable(list);
        }
        if (error.Length == 0 && words.Issuer is { } issuer) error = LoadIssuer(file, issuer, bases.Others);
        if (error.Length == 0) error = CertificateLoader.Finish(file, TlsDrafts.Under(path, bases.Certificate));
        if (error.Length == 0) return file;
        file.Free();
        return null;
    }

    private static byte[]? Read(string path, string directory) =>
        CertificateLoader.Read(TlsDrafts.Under(path, directory), out _);

    private static string LoadCertificate(CertificateFile file, string path, string directory)
    {
        string full = TlsDrafts.Under(path, directory);
        if (CertificateLoader.Read(full, out _) is not { } content)
            return $"cannot open the file '{full}'.\n{Unreadable(path)}";
        string error = CertificateLoader.ReadPem(file, content, full);
        CryptographicOperations.ZeroMemory(content);
        return error.Length == 0 ? "" : $"{error}\n{Unreadable(path)}";
    }

    private static string LoadKey(CertificateFile file, string path, string directory)
    {
        if (Read(path, directory) is not { } content) return Unreadable(path);
        nint key = CertificateLoader.ReadKey(content);
        string reason = key == 0 ? TlsLibrary.TakeKeyReason(content) : "";
        CryptographicOperations.ZeroMemory(content);
        if (key == 0)
            return $"unable to load private key from file '{TlsDrafts.Under(path, directory)}'{reason}.\n{Unreadable(path)}";
        file.SetKey(key);
        return "";
    }

    private static string LoadIssuer(CertificateFile file, string path, string directory)
    {
        if (Read(path, directory) is not { } content) return Unreadable(path);
        string error = CertificateLoader.ReadIssuer(file, content, TlsDrafts.Under(path, directory));
        return error.Length == 0 ? "" : $"{error}\n{Unreadable(path)}";
    }

    /// <summary>The blank in front is the reference's.</summary>
    private static string Unreadable(string path) => $" '{path}' cannot be read or parsed.";
}
