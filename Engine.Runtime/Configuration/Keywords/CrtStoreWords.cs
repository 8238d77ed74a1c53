using System.Runtime.CompilerServices;
using Engine.Data.Configuration;
using Engine.Data.Registries;
using Engine.Runtime.Tls;

namespace Engine.Runtime.Configuration.Keywords;

/// <summary>
/// The <c>crt-store</c> section (manual section 12.7): certificates, each with the files of its parts and a name that
/// other sections use.
/// </summary>
internal static unsafe class CrtStoreWords
{
    [ModuleInitializer]
    internal static void Register()
    {
        Words.Sections.Add(new("crt-store", SectionKinds.CrtStore, "[<name>]", &Open));
        Words.Keywords.Add(new("crt-base", SectionKinds.CrtStore, "<dir>", &Base));
        Words.Keywords.Add(new("key-base", SectionKinds.CrtStore, "<dir>", &Base));
        Words.Keywords.Add(new(
            "load", SectionKinds.CrtStore,
            "crt <file> [key <file>] [ocsp <file>] [issuer <file>] [sctl <file>] [alias <name>] [ocsp-update <on|off>] [jwt <on|off>]", &Load));
    }

    private static TlsDrafts Drafts(Directive line) => line.Draft.Parts.Get<TlsDrafts>();

    /// <summary>The reference stops reading at the first error of the section.</summary>
    private static void Refuse(Directive line, string text)
    {
        line.Diagnostics.HidesSummary = true;
        line.Alert(text);
    }

    private static void Open(Directive line)
    {
        Drafts(line).Store = new CertificateStore { Name = line[1] };
        if (line.Count > 2) Refuse(line, "'crt-store' section only supports a <name> argument.");
    }

    private static void Base(Directive line)
    {
        CertificateStore store = Drafts(line).Store;
        if (store.HasLoaded)
        {
            Refuse(line, $"{line.Place()}'{line[0]}' can't be used after a load line, use it at the beginning of the section.");
            return;
        }
        if (line.Count < 2) Refuse(line, $"{line.Place()}'{line[0]}' requires a <path> argument.");
        else if (line[0] == "crt-base") store.CrtBase = line[1];
        else store.KeyBase = line[1];
    }

    private static void Load(Directive line)
    {
        TlsDrafts drafts = Drafts(line);
        drafts.Store.HasLoaded = true;
        LoadWords words = new();
        while (!line.AtEnd)
        {
            string word = line.Next();
            if (!words.TryRead(word, line.Next, out string wrong))
                wrong = $"'load {word}' in section 'crt-store': unknown keyword '{word}'.";
            else if (wrong.StartsWith("cannot parse", System.StringComparison.Ordinal)) wrong += "\n";
            if (wrong.Length == 0) continue;
            Refuse(line, line.Place() + wrong);
            return;
        }
        if (words.Certificate is null)
            Refuse(line, $"{line.Place()}'load' in section 'crt-store': mandatory 'crt' parameter not found.");
        else if (TlsLibrary.Load(out string error) is null) Refuse(line, $"'load' : {error}.");
        else Store(line, drafts, words);
    }

    private static void Store(Directive line, TlsDrafts drafts, LoadWords words)
    {
        CertificateStore store = drafts.Store;
        string crtBase = store.CrtBase ?? drafts.CrtBase;
        string name = store.NameOf(words, TlsDrafts.Under(words.Certificate!, crtBase));
        if (drafts.Certificates.ContainsKey(name))
        {
            Refuse(line, $"{line.Place()}'load' in section 'crt-store': store '{name}' was already defined.");
            return;
        }
        LoadBases bases = new(crtBase, store.KeyBase ?? drafts.KeyBase, crtBase);
        if (LoadByWords.Run(name, words.Certificate!, words, bases, out string error) is not { } file)
        {
            Refuse(line, error);
            return;
        }
        file.IsFromStore = true;
        drafts.Certificates.Add(name, file);
    }
}
