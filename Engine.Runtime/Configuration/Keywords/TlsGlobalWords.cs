using System;
using System.Runtime.CompilerServices;
using Engine.Data.Configuration;
using Engine.Data.Registries;
using Engine.Runtime.Tls;

namespace Engine.Runtime.Configuration.Keywords;

/// <summary>The TLS words of the <c>global</c> section (manual sections 3.1 and 3.2).</summary>
internal static unsafe class TlsGlobalWords
{
    private const int DhBitsMin = 1024;
    private const int SecurityLevelMax = 5;

    [ModuleInitializer]
    internal static void Register()
    {
        Add("ca-base", "<dir>", &Base);
        Add("crt-base", "<dir>", &Base);
        Add("key-base", "<dir>", &Base);
        foreach (string side in (ReadOnlySpan<string>)["bind", "server"])
        {
            Add($"ssl-default-{side}-ciphers", "<ciphers>", &List);
            Add($"ssl-default-{side}-ciphersuites", "<ciphersuites>", &List);
            Add($"ssl-default-{side}-client-sigalgs", "<sigalgs>", &List);
            Add($"ssl-default-{side}-curves", "<curves>", &List);
            Add($"ssl-default-{side}-options", "[<option>]...", &Options);
            Add($"ssl-default-{side}-sigalgs", "<sigalgs>", &List);
        }
        Add("maxsslconn", "<number>", &ConnectionsMax);
        Add("maxsslrate", "<number>", &RateMax);
        Add("ssl-dh-param-file", "<file>", &DhFile);
        Add("ssl-load-extra-del-ext", "", &DropExtension);
        Add("ssl-load-extra-files", "<none|all|bundle|sctl|ocsp|issuer|key>*", &ExtraWords);
        Add("ssl-security-level", "<number>", &SecurityLevel);
        Add("ssl-server-verify", "[none|required]", &ServerVerify);
        Add("tune.ssl.cachesize", "<number>", &CacheSize);
        Add("tune.ssl.ssl-ctx-cache-size", "<number>", &ForgedMax);
        Add("tune.ssl.capture-buffer-size", "<number>", &HelloSize);
        Add("tune.ssl.capture-cipherlist-size", "<number>", &HelloSize);
        Add("tune.ssl.default-dh-param", "<number>", &DhBits);
        Add("tune.ssl.lifetime", "<timeout>", &Lifetime);
        Add("tune.ssl.maxrecord", "<number>", &RecordMax);
        Add("tune.ssl.hard-maxrecord", "<number>", &HardRecordMax);
    }

    private static void Add(string word, string usage, delegate*<Directive, void> parse) =>
        Words.Keywords.Add(new(word, SectionKinds.Global, usage, parse));

    private static TlsDrafts Drafts(Directive line) => line.Draft.Parts.Get<TlsDrafts>();

    private static void Base(Directive line)
    {
        if (line.RefusesMoreThan(1)) return;
        if (line.Count < 2)
        {
            line.Alert($"global statement '{line[0]}' expects a directory path as an argument.");
            return;
        }
        if (line[0] == "ca-base") Drafts(line).CaBase = line[1];
        else if (line[0] == "key-base") Drafts(line).KeyBase = line[1];
        else Drafts(line).CrtBase = line[1];
    }

    private static void List(Directive line)
    {
        if (line.RefusesMoreThan(1)) return;
        string word = line[0];
        if (line.Count < 2)
        {
            bool isCipher = word.Contains("cipher", StringComparison.Ordinal);
            line.Alert($"global statement '{word}' expects a {(isCipher ? "cipher suite as an argument"
                : "curves suite as an arguments")}.");
            return;
        }
        TlsLine target = LineOf(line);
        if (word.EndsWith("-ciphers", StringComparison.Ordinal)) target.Ciphers = line[1];
        else if (word.EndsWith("-ciphersuites", StringComparison.Ordinal)) target.Suites = line[1];
        else if (word.EndsWith("-client-sigalgs", StringComparison.Ordinal)) target.ClientSignatures = line[1];
        else if (word.EndsWith("-curves", StringComparison.Ordinal)) target.Curves = line[1];
        else target.Signatures = line[1];
    }

    private static TlsLine LineOf(Directive line) =>
        line[0].StartsWith("ssl-default-bind", StringComparison.Ordinal)
            ? Drafts(line).BindDefaults
            : Drafts(line).ServerDefaults;

    private static void Options(Directive line)
    {
        if (line.Count < 2)
        {
            line.Alert($"global statement '{line[0]}' expects an option as an argument.");
            return;
        }
        bool isBind = line[0].StartsWith("ssl-default-bind", StringComparison.Ordinal);
        TlsLine target = LineOf(line);
        while (!line.AtEnd)
        {
            string word = line.Next();
            if (isBind && word is "strict-sni" or "no-strict-sni")
            {
                Drafts(line).StrictNames = word == "strict-sni";
                continue;
            }
            if (!IsOption(word, isBind))
            {
                line.Alert($"unknown option '{word}' on global statement '{line[0]}'.");
                return;
            }
            string? error = TlsLineWords.Read(word, line.Next, target, Drafts(line), out _);
            if (error is null) continue;
            line.Alert($"{error} on global statement '{line[0]}'.");
            return;
        }
    }

    private static bool IsOption(string word, bool isBind) =>
        word is "ssl-min-ver" or "ssl-max-ver" or "force-sslv3" or "no-sslv3" or "no-tls-tickets" or "tls-tickets"
        || word.StartsWith("no-tlsv1", StringComparison.Ordinal) && word.Length == 9 && word[8] is >= '0' and <= '3'
        || word.StartsWith("force-tlsv1", StringComparison.Ordinal) && word.Length == 12 && word[11] is >= '0' and <= '3'
        || (isBind && word == "prefer-client-ciphers");

    private static void DhFile(Directive line)
    {
        if (line.RefusesMoreThan(1)) return;
        if (line.Count < 2)
        {
            line.Alert($"'{line[0]}' expects a file path as an argument.");
            return;
        }
        nint parameters = 0;
        if (TlsLibrary.Load(out _) is not null && CertificateLoader.Read(line[1], out _) is { } content)
            parameters = CertificateLoader.ReadDh(content);
        if (parameters == 0) line.Alert($"'{line[0]}': unable to load DH parameters from file <{line[1]}>.");
        else Drafts(line).DhParameters = parameters;
    }

    private static void DropExtension(Directive line) => Drafts(line).Extra |= ExtraFiles.DropExtension;

    private static void ExtraWords(Directive line)
    {
        ExtraFiles files = ExtraFiles.None;
        bool isValid = line.Count > 1;
        for (int i = 1; i < line.Count; i++)
        {
            ExtraFiles? one = line[i] switch
            {
                "none" => ExtraFiles.None,
                "all" => ExtraFiles.All,
                "bundle" => ExtraFiles.Bundle,
                "sctl" => ExtraFiles.Sctl,
                "ocsp" => ExtraFiles.Ocsp,
                "issuer" => ExtraFiles.Issuer,
                "key" => ExtraFiles.Key,
                _ => null,
            };
            isValid &= one is not null;
            files |= one ?? ExtraFiles.None;
        }
        TlsDrafts drafts = Drafts(line);
        if (isValid) drafts.Extra = files | (drafts.Extra & ExtraFiles.DropExtension);
        else line.Alert($"'{line[0]}' expects one or multiple arguments (none, all, bundle, sctl, ocsp, issuer).");
    }

    private static void SecurityLevel(Directive line)
    {
        if (line.Count < 2)
        {
            line.Alert($"'{line[0]}' : missing value");
            return;
        }
        int level = ConfigurationUnits.Integer(line[1]);
        if (level is < 0 or > SecurityLevelMax) line.Alert($"'{line[0]}' : expects a value between 0 and 5");
        else Drafts(line).SecurityLevel = level;
    }

    private static void ServerVerify(Directive line)
    {
        if (line.RefusesMoreThan(1)) return;
        if (line.Count < 2) line.Alert($"'{line[0]}' expects an integer argument.");
        else if (line[1] is not ("none" or "required"))
            line.Alert($"'{line[0]}' expects 'none' or 'required' as argument.");
        else Drafts(line).ServersUnverified = line[1] == "none";
    }

    private static void CacheSize(Directive line)
    {
        if (TakePositive(line, out int number)) Drafts(line).CacheSize = number;
    }

    private static void ForgedMax(Directive line)
    {
        if (TakePositive(line, out int number)) Drafts(line).ForgedMax = number;
    }

    private static void HelloSize(Directive line)
    {
        if (line[0] == "tune.ssl.capture-cipherlist-size")
        {
            line.Diagnostics.Warn(
                $"parsing [{line.File}:{line.Line}]: '{line[0]}' is deprecated and will be removed in version 2.7. "
                + "Please use 'tune.ssl.capture-buffer-size' instead.\n");
        }
        if (!TakePositive(line, out int number)) return;
        if (Drafts(line).HelloSize >= 0) line.Alert($"'{line[0]}' is already configured.");
        else Drafts(line).HelloSize = number;
    }

    private static void ConnectionsMax(Directive line)
    {
        if (TakePositive(line, out int number)) line.Draft.Globals.TlsConnectionsMax = number;
    }

    private static void RateMax(Directive line)
    {
        if (line.RefusesMoreThan(1)) return;
        if (line.Count < 2) line.Alert($"'{line[0]}' expects an integer argument.");
        else line.Draft.Globals.TlsRateMax = Math.Max(0, ConfigurationUnits.Integer(line[1]));
    }

    private static void RecordMax(Directive line)
    {
        if (TakePositive(line, out int number)) Drafts(line).RecordMax = Math.Min(number, 16384);
    }

    private static void HardRecordMax(Directive line)
    {
        if (TakePositive(line, out int number)) Drafts(line).HardRecordMax = Math.Min(number, 16384);
    }

    private static void DhBits(Directive line)
    {
        if (line.RefusesMoreThan(1)) return;
        int bits = ConfigurationUnits.Integer(line[1]);
        if (line.Count < 2) line.Alert($"'{line[0]}' expects an integer argument.");
        else if (bits < DhBitsMin) line.Alert($"'{line[0]}' expects a value >= {DhBitsMin}.");
        else Drafts(line).DhBits = bits;
    }

    private static void Lifetime(Directive line)
    {
        if (line.RefusesMoreThan(1)) return;
        if (line.Count < 2)
        {
            line.Alert($"'{line[0]}' expects ssl sessions <lifetime> in seconds as argument.");
            return;
        }
        UnitFault fault = ConfigurationUnits.TryTimeSeconds(line[1], out uint seconds, out char bad);
        if (fault == UnitFault.Overflow)
        {
            line.Alert($"timer overflow in argument '{line[1]}' to <{line[0]}> (maximum value is 2147483647 s or ~68 years).");
        }
        else if (fault != UnitFault.None) line.Alert($"unexpected character '{bad}' in argument to <{line[0]}>.");
        else Drafts(line).LifetimeSeconds = (int)Math.Min(seconds, int.MaxValue);
    }

    private static bool TakePositive(Directive line, out int number)
    {
        number = 0;
        if (line.RefusesMoreThan(1)) return false;
        if (line.Count < 2)
        {
            line.Alert($"'{line[0]}' expects an integer argument.");
            return false;
        }
        number = ConfigurationUnits.Integer(line[1]);
        if (number >= 0) return true;
        line.Alert($"'{line[0]}' expects a positive numeric value.");
        return false;
    }
}
