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

    /// <summary>Reads a file, or all files of a directory. Null, and the reason.</summary>
    public static List<nint>? Read(string path, bool revocations, out string reason)
    {
        reason = "";
        List<nint> found = [];
        string[] files = [path];
        if (Directory.Exists(path)) files = Directory.GetFiles(path);
        foreach (string file in files)
        {
            if (CertificateLoader.Read(file, out reason) is not { } content) return null;
            found.AddRange(revocations ? CertificateLoader.ReadRevocations(content) : Certificates(content));
        }
        if (found.Count > 0) return found;
        reason = "no certificate or crl found";
        return null;
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

    private static List<nint> Certificates(byte[] content) => CertificateLoader.ReadCertificates(content, out _);
}
