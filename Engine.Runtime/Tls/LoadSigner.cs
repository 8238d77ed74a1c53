using System.Security.Cryptography;

namespace Engine.Runtime.Tls;

/// <summary>
/// Loads who signs the certificates that a bind line makes: <c>ca-sign-file</c> and <c>ca-sign-pass</c> (manual section
/// 5.1).
/// </summary>
internal static class LoadSigner
{
    /// <summary>Fills <see cref="TlsBindDraft.Signer"/>. Empty, or what is wrong.</summary>
    public static string Run(TlsDrafts drafts, TlsBindDraft bind)
    {
        string place = $"[{bind.File}:{bind.FileLine}]";
        if (bind.SignFile is not { } path)
            return $"cannot enable certificate generation, no CA certificate File configured at {place}.";
        CertificateFile file = new() { Name = path };
        string error = Load(file, path, bind.SignPassword, drafts.Extra);
        if (error.Length > 0)
        {
            file.Free();
            return $"Failed to read CA certificate file '{path}' at {place}. Chain loading failed: {error}";
        }
        bind.Signer = file;
        return "";
    }

    private static string Load(CertificateFile file, string path, string? password, ExtraFiles extra)
    {
        if (CertificateLoader.Read(path, out _) is not { } content) return $"cannot open the file '{path}'.\n";
        string error = CertificateLoader.ReadPem(file, content, path);
        if (error.Length > 0) return error + "\n";
        if (file.Key == 0 && password is not null) file.SetKey(CertificateLoader.ReadKey(content, password));
        CryptographicOperations.ZeroMemory(content);
        string keyPath = path;
        if (file.Key == 0 && extra.HasFlag(ExtraFiles.Key))
        {
            bool drops = extra.HasFlag(ExtraFiles.DropExtension) && path.EndsWith(".crt", System.StringComparison.Ordinal);
            keyPath = (drops ? path[..^".crt".Length] : path) + ".key";
            if (CertificateLoader.Read(keyPath, out _) is { } beside)
            {
                file.SetKey(password is null ? CertificateLoader.ReadKey(beside) : CertificateLoader.ReadKey(beside, password));
                CryptographicOperations.ZeroMemory(beside);
            }
        }
        if (file.Key == 0) return $"No Private Key found in '{keyPath}'.\n";
        error = CertificateLoader.Finish(file, path);
        return error.Length == 0 ? "" : error + "\n";
    }
}
