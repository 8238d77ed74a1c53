using System;
using System.Collections.Generic;
using Engine.Systems.Tls;

namespace Engine.Runtime.Tls;

/// <summary>
/// TLS words that bind lines, entries of certificate lists and servers share (manual sections 5.1 and 5.2).
/// </summary>
internal static class TlsLineWords
{
    private static readonly Dictionary<string, string> Usages = new()
    {
        ["allow-0rtt"] = "",
        ["alpn"] = "<protocols>",
        ["ca-file"] = "<cafile>",
        ["ca-ignore-err"] = "[all|<errorID>,...]",
        ["ca-verify-file"] = "<cafile>",
        ["ciphers"] = "<ciphers>",
        ["ciphersuites"] = "<ciphersuites>",
        ["client-sigalgs"] = "<sigalgs>",
        ["crl-file"] = "<crlfile>",
        ["crt-ignore-err"] = "<errors>",
        ["curves"] = "<curves>",
        ["ecdhe"] = "<named curve>",
        ["force-sslv3"] = "",
        ["force-tlsv10"] = "",
        ["force-tlsv11"] = "",
        ["force-tlsv12"] = "",
        ["force-tlsv13"] = "",
        ["no-alpn"] = "",
        ["no-ca-names"] = "",
        ["no-sslv3"] = "",
        ["no-tls-tickets"] = "",
        ["no-tlsv10"] = "",
        ["no-tlsv11"] = "",
        ["no-tlsv12"] = "",
        ["no-tlsv13"] = "",
        ["npn"] = "<protocols>",
        ["prefer-client-ciphers"] = "",
        ["sigalgs"] = "<sigalgs>",
        ["ssl-max-ver"] = "[ SSLv3 | TLSv1.0 | TLSv1.1 | TLSv1.2 | TLSv1.3 ]",
        ["ssl-min-ver"] = "[ SSLv3 | TLSv1.0 | TLSv1.1 | TLSv1.2 | TLSv1.3 ]",
        ["tls-tickets"] = "",
        ["verify"] = "[none|optional|required]",
    };

    public static IEnumerable<string> All => Usages.Keys;

    /// <summary>Servers have no words about what only a bind line decides.</summary>
    public static bool IsForServers(string word) =>
        word is not ("allow-0rtt" or "ca-ignore-err" or "ca-verify-file" or "crt-ignore-err" or "ecdhe" or "no-ca-names"
            or "prefer-client-ciphers");

    public static string UsageOf(string word) => Usages[word];

    public static int ArgumentsOf(string word) => Usages[word].Length == 0 ? 0 : 1;

    /// <summary>
    /// Reads a word with its argument into a line. Null, or what is wrong; <paramref name="notice"/> is an
    /// error to be told
    /// before it, empty for none.
    /// </summary>
    public static string? Read(
        string word, Func<string> next, TlsLine line, TlsDrafts drafts, out string notice)
    {
        notice = "";
        if (ArgumentsOf(word) == 0)
        {
            ReadFlag(word, line);
            return null;
        }
        string text = next();
        if (text.Length == 0) return $"'{word}' : missing {Missing(word)}";
        switch (word)
        {
            case "alpn":
                line.Protocols = text;
                return Alpn.Check(word, text);
            case "npn":
                if (TlsLibrary.Load(out string lacking) is null) return $"'{word}' : {lacking}";
                if (!NextProtocol.IsThere) return $"'{word}' : library does not support TLS NPN extension";
                line.NextProtocols = text;
                return Alpn.Check(word, text);
            case "ciphers":
                line.Ciphers = text;
                return null;
            case "ciphersuites":
                line.Suites = text;
                return null;
            case "curves" or "ecdhe":
                // curves counts where both are given.
                if (word == "ecdhe" && line.Curves is not null && !line.IsNamedCurve) return null;
                line.Curves = text;
                line.IsNamedCurve = word == "ecdhe";
                return null;
            case "sigalgs":
                line.Signatures = text;
                return null;
            case "client-sigalgs":
                line.ClientSignatures = text;
                return null;
            case "ssl-min-ver":
                line.Versions.Min = VersionRange.Find(text);
                return line.Versions.Min < 0 ? $"'{text}' : unknown ssl/tls version" : null;
            case "ssl-max-ver":
                line.Versions.Max = VersionRange.Find(text);
                return line.Versions.Max < 0 ? $"'{text}' : unknown ssl/tls version" : null;
            case "verify":
                return ReadVerify(text, line);
            case "ca-ignore-err":
                return IgnoredErrors.Read(word, text, out line.CaIgnored);
            case "crt-ignore-err":
                return IgnoredErrors.Read(word, text, out line.CrtIgnored);
            default:
                return ReadFile(word, text, line, drafts, out notice);
        }
    }

    /// <summary>Reads one of the words without argument.</summary>
    public static void ReadFlag(string word, TlsLine line)
    {
        switch (word)
        {
            case "allow-0rtt":
                line.Early = true;
                break;
            case "no-alpn":
                line.Protocols = "";
                break;
            case "no-ca-names":
                line.HidesCaNames = true;
                break;
            case "no-tls-tickets":
                line.Tickets = false;
                break;
            case "tls-tickets":
                line.Tickets = true;
                break;
            case "prefer-client-ciphers":
                line.PrefersClientCiphers = true;
                break;
            case "no-sslv3":
                line.Versions.Excluded |= 1;
                break;
            case "force-sslv3":
                line.Versions.Min = line.Versions.Max = 0; // which no library of today speaks: none is left
                break;
            default:
                // no-tlsv1x and force-tlsv1x: the digit is the version's number less one.
                int version = word[^1] - '0' + 1;
                if (word.StartsWith("no-", StringComparison.Ordinal)) line.Versions.Excluded |= 1 << version;
                else line.Versions.Min = line.Versions.Max = version;
                break;
        }
    }

    private static string Missing(string word) =>
        word switch
        {
            "alpn" => "the comma-delimited ALPN protocol suite",
            "npn" => "the comma-delimited NPN protocol suite",
            "ca-file" or "ca-verify-file" => "CAfile path",
            "ca-ignore-err" or "crt-ignore-err" => "error IDs list",
            "ciphers" => "cipher suite",
            "ciphersuites" => "cipher suite",
            "crl-file" => "CRLfile path",
            "curves" => "curve suite",
            "ecdhe" => "named curve",
            "sigalgs" or "client-sigalgs" => "signature algorithm list",
            "verify" => "verify method",
            _ => "the ssl/tls version",
        };

    private static string? ReadVerify(string text, TlsLine line)
    {
        line.Verify = text switch { "none" => 0, "optional" => 1, "required" => 3, _ => -1 };
        return line.Verify >= 0 ? null
            : $"'verify' : unknown verify method '{text}', only 'none', 'optional', and 'required' are supported";
    }

    private static string? ReadFile(string word, string text, TlsLine line, TlsDrafts drafts, out string notice)
    {
        notice = "";
        string path = text == AuthorityFile.System ? text : TlsDrafts.Under(text, drafts.CaBase);
        if (path != AuthorityFile.System)
        {
            if (TlsLibrary.Load(out string missing) is null) return $"'{word}' : {missing}";
            if (AuthorityFile.Load(drafts, path, revocations: word == "crl-file", out string reason) is null)
            {
                if (!drafts.ReadsNoFiles) notice = $"Couldn't open the ca-file '{path}' ({reason}).";
                return $"'{word}' : unable to load {path}";
            }
        }
        if (word == "ca-file") line.CaFile = path;
        else if (word == "ca-verify-file") line.CaVerifyFile = path;
        else line.CrlFile = path;
        return null;
    }
}
