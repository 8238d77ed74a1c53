using System;
using System.Collections.Generic;
using System.IO;
using Engine.Data.Tls;

namespace Engine.Runtime.Tls;

/// <summary>
/// Certificates of authorities and revocation lists, as <c>ca-file</c> and <c>crl-file</c> name them.
/// </summary>
public static unsafe class AuthorityFile
{
    /// <summary><c>ca-file @system-ca</c>: the authorities that the machine trusts.</summary>
    public const string System = "@system-ca";

    private const string SystemDirectory = "/etc/ssl/certs";

    /// <summary>Names of the files that are read of a directory end so.</summary>
    private static readonly string[] Endings = [".pem", ".crt", ".cer", ".crl"];

    /// <summary>The set of a path, read once. Null, and the reason.</summary>
    public static AuthoritySet? Load(TlsDrafts drafts, string path, bool revocations, out string reason)
    {
        reason = "";
        SortedDictionary<string, AuthoritySet> known = drafts.SetsOf(revocations);
        if (known.TryGetValue(path, out AuthoritySet? set) || drafts.ReadsNoFiles) return set;
        if (Read(path, revocations, out reason, drafts.Warn) is not { } items) return null;
        set = new AuthoritySet(path, items);
        known.Add(path, set);
        return set;
    }

    /// <summary>The authorities of the machine; an empty set where there are none.</summary>
    public static AuthoritySet LoadSystem(TlsDrafts drafts)
    {
        if (drafts.Authorities.TryGetValue(System, out AuthoritySet? set)) return set;
        string place = Environment.GetEnvironmentVariable("SSL_CERT_DIR") ?? SystemDirectory;
        set = new AuthoritySet(System, Read(place, revocations: false, out _) ?? []);
        drafts.Authorities.Add(System, set);
        return set;
    }

    /// <summary>
    /// A store of authorities and revocation lists for verification; 0 when the library has no memory.
    /// </summary>
    public static nint MakeStore(List<nint> authorities, List<nint> revocations)
    {
        nint store = OpenSsl.StoreNew();
        foreach (nint authority in authorities) _ = OpenSsl.StoreAdd(store, authority);
        foreach (nint list in revocations) _ = OpenSsl.StoreAddRevocation(store, list);
        if (revocations.Count > 0)
            _ = OpenSsl.StoreSetFlags(store, LibraryConstants.RevocationCheck | LibraryConstants.RevocationCheckAll);
        OpenSsl.ErrorsClear();
        return store;
    }

    /// <summary>
    /// Items of a file, or of the files of a directory, of which each may be none. Null, and the reason, when nothing
    /// is there or a file breaks off.
    /// </summary>
    private static List<nint>? Read(string path, bool revocations, out string reason, Action<string>? warn = null)
    {
        reason = "";
        List<nint> found = [];
        HashSet<string> seen = [];
        bool isDirectory = Directory.Exists(path);
        string[] files = isDirectory
            ? Array.FindAll(Directory.GetFiles(path), static name => Array.Exists(Endings, name.EndsWith))
            : [path];
        Array.Sort(files, StringComparer.Ordinal);
        foreach (string file in files)
        {
            List<nint> items = CertificateLoader.Read(file, out reason) is { } content
                ? Items(content, revocations, out reason)
                : [];
            if (reason == CertificateLoader.NoMore) reason = "no certificate or crl found";
            if (reason.Length > 0)
            {
                Free(items, revocations);
                if (isDirectory) warn?.Invoke($"ca-file: '{path}' couldn't load '{file}' ({reason})");
                else return null;
                continue;
            }
            foreach (nint item in items)
            {
                if (revocations || seen.Add(CertificateText.Fingerprint(item))) found.Add(item);
                else OpenSsl.CertificateFree(item);
            }
        }
        if (found.Count > 0) return found;
        reason = "no certificate or crl found";
        return null;
    }

    /// <summary>What a PEM text holds of either kind, and why there is none or no more of it.</summary>
    public static List<nint> Items(byte[] content, bool revocations, out string reason) => revocations
        ? CertificateLoader.ReadRevocations(content, out reason)
        : CertificateLoader.ReadCertificates(content, out reason);

    /// <summary>Another set holds the same items.</summary>
    public static void Hold(List<nint> items, bool revocations)
    {
        foreach (nint item in items)
            _ = revocations ? OpenSslObjects.RevocationUpRef(item) : OpenSsl.CertificateUpRef(item);
    }

    /// <summary>A set lets its items go; contexts made from it hold them on their own.</summary>
    public static void Free(List<nint> items, bool revocations)
    {
        foreach (nint item in items)
        {
            if (revocations) OpenSsl.RevocationFree(item);
            else OpenSsl.CertificateFree(item);
        }
    }
}
