using System.Runtime.CompilerServices;
using Engine.Data.Configuration;
using Engine.Data.Registries;
using Engine.Data.Tls;
using Engine.Runtime.Tls;

namespace Engine.Runtime.Configuration.Keywords;

/// <summary>
/// Words of the <c>global</c> section about chains that certificates share, and about what the TLS library itself uses
/// (manual sections 3.1 and 3.2).
/// </summary>
internal static unsafe class TlsLibraryWords
{
    [ModuleInitializer]
    internal static void Register()
    {
        Add("issuers-chain-path", "<dir>", &Issuers);
        Add("ssl-skip-self-issued-ca", "", &SkipSelfIssued);
        Add("ssl-engine", "<name> [algo <algorithms>]", &Engine);
        Add("ssl-mode-async", "", &Asynchronous);
        Add("ssl-propquery", "<query>", &Properties);
        Add("ssl-provider", "<name>", &Provider);
        Add("ssl-provider-path", "<path>", &ProviderPath);
        Add("ssl-passphrase-cmd", "<cmd> <args> ...", &Passphrases);
        Add("tune.ssl.force-private-cache", "", &PrivateCache);
        Add("tune.ssl.certificate-compression", "{ auto | off }", &Compression);
        Add("tune.ssl.keylog", "{ on | off }", &KeyLog);
        Add("tune.ssl.keyupdate-rate-limit", "<limit>", &KeyUpdates);
    }

    private static void Add(string word, string usage, delegate*<Directive, void> parse) =>
        Words.Keywords.Add(new(word, SectionKinds.Global, usage, parse));

    private static void Issuers(Directive line)
    {
        if (line.RefusesMoreThan(1)) return;
        bool isThere = line.Count > 1 && TlsLibrary.Load(out _) is not null
            && line.Draft.Parts.Get<TlsDrafts>().Issuers.Load(line[1], line.Diagnostics.Warn);
        if (!isThere) line.Alert($"global statement '{line[0]}' expects a directory path as an argument.\n");
    }

    private static void SkipSelfIssued(Directive line) => line.Draft.Parts.Get<TlsDrafts>().SkipsSelfIssued = true;

    /// <summary>The library has none: they are a thing of its past.</summary>
    private static void Engine(Directive line) => line.Alert(
        $"'{line[0]}' is not supported (built without USE_ENGINE or with -DOPENSSL_NO_ENGINE).");

    /// <summary>Only engines are waited for (manual section 3.2), and there are none.</summary>
    private static void Asynchronous(Directive line)
    {
    }

    private static void Properties(Directive line)
    {
        if (!Takes(line, "a property string")) return;
        fixed (byte* query = SharedSettings.Zeroed(line[1]))
            if (OpenSslObjects.SetProperties(0, query) == 1) return;
        line.Alert($"global statement '{line[0]}': '{line[1]}' is no property query.");
        OpenSsl.ErrorsClear();
    }

    /// <summary>A provider that is loaded by name keeps the library from loading its default one by itself.</summary>
    private static void Provider(Directive line)
    {
        if (!Takes(line, "a valid engine provider name")) return;
        fixed (byte* name = SharedSettings.Zeroed(line[1]))
            if (OpenSslObjects.ProviderLoad(0, name) != 0) return;
        line.Diagnostics.Alert($"ssl-provider {line[1]}: unknown provider");
        OpenSsl.ErrorsClear();
    }

    private static void ProviderPath(Directive line)
    {
        if (!Takes(line, "a directory path")) return;
        fixed (byte* path = SharedSettings.Zeroed(line[1])) _ = OpenSslObjects.ProviderPath(0, path);
    }

    private static void Passphrases(Directive line)
    {
        if (line.Count < 2)
        {
            line.Warn($"global statement '{line[0]}' expects a command line to a passphrase-providing tool "
                + "(script/binary...) and its arguments.");
            return;
        }
        string[] command = new string[line.Count - 1];
        for (int i = 0; i < command.Length; i++) command[i] = line[i + 1];
        line.Draft.Parts.Get<TlsDrafts>().Passphrases.Command = command;
    }

    private static void Compression(Directive line)
    {
        if (LibraryVersion.CompareTo("3.2.0") < 0)
        {
            line.Alert($"'{line[0]}' is not supported by your TLS library. It is known to work only with OpenSSL >= 3.2.0.");
            return;
        }
        if (line.RefusesMoreThan(1)) return;
        string mode = line.Count > 1 ? line[1] : "";
        if (mode is "auto" or "off") line.Draft.Parts.Get<TlsDrafts>().CompressesCertificates = mode == "auto";
        else line.Alert($"'{line[0]}' expects either 'auto' or 'off' but got '{mode}'.");
    }

    private static void KeyLog(Directive line)
    {
        if (line.RefusesMoreThan(1)) return;
        string mode = line.Count > 1 ? line[1] : "";
        if (mode is "on" or "off") line.Draft.Parts.Get<TlsDrafts>().KeepsSecrets = mode == "on";
        else line.Alert($"'{line[0]}' expects either 'on' or 'off' but got '{mode}'.");
    }

    private static void KeyUpdates(Directive line)
    {
        if (line.RefusesMoreThan(1)) return;
        if (line.Count < 2)
        {
            line.Alert($"'{line[0]}' expects a number (KeyUpdates/s, 0 to disable).");
            return;
        }
        int limit = ConfigurationUnits.Integer(line[1]);
        if (limit < 0) line.Alert($"'{line[0]}' expects a positive number.");
        else line.Draft.Parts.Get<TlsDrafts>().KeyUpdatesMax = limit;
    }

    private static bool Takes(Directive line, string what)
    {
        if (line.Count < 2) line.Alert($"global statement '{line[0]}' expects {what} as an argument.");
        else if (TlsLibrary.Load(out string error) is null) line.Alert($"'{line[0]}' : {error}.");
        else return true;
        return false;
    }

    /// <summary>Sessions are never shared with another process: there is nothing to turn off.</summary>
    private static void PrivateCache(Directive line) => line.RefusesMoreThan(0);
}
