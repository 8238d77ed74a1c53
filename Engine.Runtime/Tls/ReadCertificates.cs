using System;
using System.Collections.Generic;
using System.IO;

namespace Engine.Runtime.Tls;

/// <summary>
/// What the path behind <c>crt</c> stands for: a file, the files of a directory in the order of their names, or
/// a bundle
/// of files by kind of key (manual section 5.1).
/// </summary>
internal static class ReadCertificates
{
    private static readonly string[] Bundle = [".dsa", ".ecdsa", ".rsa"];

    private static readonly string[] Beside = [".issuer", ".ocsp", ".sctl", ".key"];

    /// <summary>Appends what was loaded. Empty, or what is wrong with the path.</summary>
    public static string Run(TlsDrafts drafts, string path, List<CertificateFile> loaded)
    {
        path = TlsDrafts.Under(path, drafts.CrtBase);
        if (drafts.Certificates.TryGetValue(path, out CertificateFile? known))
        {
            loaded.Add(known);
            return known.Key != 0 || known.IsEmpty ? ""
                : $"unable to load SSL private key into SSL Context '{known.Name}': passed a null parameter.";
        }
        if (Directory.Exists(path)) return LoadDirectory(drafts, path, loaded);
        if (!File.Exists(path) && drafts.Extra.HasFlag(ExtraFiles.Bundle))
        {
            bool any = false;
            foreach (string kind in Bundle)
            {
                if (!File.Exists(path + kind)) continue;
                any = true;
                if (LoadOne(drafts, path + kind, loaded) is { Length: > 0 } error) return error;
            }
            if (any) return "";
        }
        return LoadOne(drafts, path, loaded);
    }

    private static string LoadDirectory(TlsDrafts drafts, string path, List<CertificateFile> loaded)
    {
        string[] names;
        try
        {
            names = Directory.GetFiles(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return $"unable to scan directory '{path}' : {failure.Message}.";
        }
        Array.Sort(names, StringComparer.Ordinal);
        ListFile list = new(path.TrimEnd('/'), isDirectory: true);
        foreach (string name in names)
        {
            string file = Path.GetFileName(name);
            if (file.StartsWith('.') || Array.Exists(Beside, file.EndsWith)) continue;
            string full = $"{path.TrimEnd('/')}/{file}";
            if (LoadOne(drafts, full, loaded) is { Length: > 0 } error) return error;
            list.Entries.Add(new ListEntry(full, "", [], 0));
        }
        drafts.Lists.TryAdd(list.Path, list);
        return "";
    }

    private static string LoadOne(TlsDrafts drafts, string path, List<CertificateFile> loaded)
    {
        if (!drafts.Certificates.TryGetValue(path, out CertificateFile? file))
        {
            file = CertificateLoader.Load(drafts, path, out string error);
            if (file is null) return error;
            drafts.Certificates.Add(path, file);
        }
        loaded.Add(file);
        return "";
    }
}
