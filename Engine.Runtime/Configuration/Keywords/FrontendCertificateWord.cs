using System.Collections.Generic;
using System.Runtime.CompilerServices;
using Engine.Data.Configuration;
using Engine.Data.Registries;
using Engine.Runtime.Tls;

namespace Engine.Runtime.Configuration.Keywords;

/// <summary><c>ssl-f-use</c>: certificates for all encrypted bind lines of a frontend (manual section 4.2).</summary>
internal static unsafe class FrontendCertificateWord
{
    [ModuleInitializer]
    internal static void Register() => Words.Keywords.Add(new(
        "ssl-f-use", SectionKinds.FrontendSide, "crt <cert> [<sslbindconf> ...]*", &Use));

    private static void Use(Directive line)
    {
        if (TlsLibrary.Load(out string error) is null)
        {
            Refuse(line, $"'ssl-f-use' : {error}.");
            return;
        }
        TlsDrafts drafts = line.Draft.Parts.Get<TlsDrafts>();
        ListWords words = new();
        error = words.Read(drafts, line.Next, word => $"unknown crt keyword '{word}'", out string notice);
        if (notice.Length > 0) line.Diagnostics.Alert(notice);
        if (error.Length == 0 && words.Files?.Certificate is null)
            error = "Trying to load a certificate but no 'crt' keyword specified.";
        if (error.Length > 0)
        {
            Refuse(line, error);
            return;
        }
        string name = words.Files!.Certificate!;
        ListEntry entry = new(TlsDrafts.Under(name, drafts.CrtBase), words.Text, [], 0);
        List<CertificateFile> loaded = [];
        error = CertificateList.Load(drafts, name, words.Parts, $"'{line.File}' line {line.Line}", loaded);
        if (error.Length > 0)
        {
            Refuse(line, error);
            return;
        }
        string path = $"@{line.Proxy.Name}";
        if (!drafts.Lists.TryGetValue(path, out ListFile? list))
            drafts.Lists.Add(path, list = new ListFile(path, isDirectory: false));
        list.Entries.Insert(0, entry);
        List<ListedCertificate> listed = line.Proxy.Parts.Get<FrontendCertificates>().Listed;
        for (int i = 0; i < loaded.Count; i++) listed.Insert(i, CertificateList.Listed(loaded[i], entry, words.Line));
    }

    private static void Refuse(Directive line, string error)
    {
        line.Proxy.Parts.Get<FrontendCertificates>().HasFaults = true;
        line.Alert(error);
    }
}
