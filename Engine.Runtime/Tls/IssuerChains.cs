using System;
using System.Collections.Generic;
using System.IO;
using Engine.Data.Tls;

namespace Engine.Runtime.Tls;

/// <summary>
/// <c>issuers-chain-path</c>: chains that complete certificates which come without one (manual section 3.1).
/// </summary>
public sealed unsafe class IssuerChains
{
    private readonly List<IssuerChain> chains = [];
    private readonly HashSet<string> directories = [];

    /// <summary>Reads the files of a directory in the order of their names. False: there is no such directory.</summary>
    /// <param name="path">The directory.</param>
    /// <param name="warn">Told of files that hold nothing new.</param>
    public bool Load(string path, Action<string> warn)
    {
        if (!Directory.Exists(path)) return false;
        if (!directories.Add(path)) return true;
        string[] files = Directory.GetFiles(path);
        Array.Sort(files, StringComparer.Ordinal);
        foreach (string file in files)
        {
            if (CertificateLoader.Read(file, out _) is not { } content) continue;
            List<nint> items = CertificateLoader.ReadCertificates(content, out _);
            if (items.Count == 0)
            {
                warn($"unable to load issuers-chain {file} : pem certificate not found.");
                continue;
            }
            string print = CertificateText.Fingerprint(items[0]);
            if (chains.Find(known => CertificateText.Fingerprint(known.Items[0]) == print) is not { } twin)
            {
                chains.Add(new IssuerChain(file, items));
                continue;
            }
            AuthorityFile.Free(items, revocations: false);
            warn($"duplicate issuers-chain {file}: {twin.Path} already in store");
        }
        return true;
    }

    /// <summary>The chain whose first certificate issued the given one; null for none.</summary>
    public IssuerChain? Find(nint certificate)
    {
        foreach (IssuerChain chain in chains)
            if (OpenSsl.CertificateIssued(chain.Items[0], certificate) == 0) return chain;
        return null;
    }
}
