using System;
using System.Collections.Generic;
using System.Text;

namespace Engine.Runtime.Tls;

/// <summary>
/// Reads a <c>crt-list</c>: a certificate a line, with options of its own in brackets and the names it is for (manual
/// section 5.1).
/// </summary>
internal static class CertificateList
{
    /// <summary>Options that an entry may have, by the words of bind lines.</summary>
    private static bool IsOption(string word) =>
        word is "alpn" or "ca-file" or "ca-verify-file" or "ciphers" or "ciphersuites" or "client-sigalgs" or "crl-file"
            or "curves" or "ecdhe" or "no-alpn" or "no-ca-names" or "sigalgs" or "ssl-min-ver" or "ssl-max-ver"
            or "verify";

    /// <summary>Appends the certificates of a list. Empty, or what is wrong with it.</summary>
    public static string Read(TlsDrafts drafts, string path, List<ListedCertificate> listed)
    {
        if (CertificateLoader.Read(path, out string reason) is not { } content)
            return $"cannot open file '{path}' : {reason}";
        int number = 0;
        foreach (string line in Encoding.Latin1.GetString(content).Split('\n'))
        {
            number++;
            string text = line.Trim(' ', '\t', '\r');
            if (text.Length == 0 || text[0] == '#') continue;
            string error = ReadEntry(drafts, text, $"parsing [{path}:{number}]", listed);
            if (error.Length > 0) return error;
        }
        return "";
    }

    private static string ReadEntry(
        TlsDrafts drafts, string text, string place, List<ListedCertificate> listed)
    {
        string file = text;
        string options = "";
        string rest = "";
        int open = text.IndexOf('[');
        int blank = text.IndexOfAny([' ', '\t']);
        if (open >= 0 && (blank < 0 || text[blank..open].Trim().Length == 0))
        {
            int close = text.IndexOf(']', open);
            if (close < 0) return $"{place}: expects ']' at the end of the options";
            file = text[..open].TrimEnd();
            options = text[(open + 1)..close];
            rest = text[(close + 1)..];
        }
        else if (blank >= 0)
        {
            file = text[..blank];
            rest = text[blank..];
        }
        TlsLine? own = null;
        if (options.Trim().Length > 0)
        {
            own = new TlsLine();
            if (ReadOptions(drafts, Words(options), place, own) is { Length: > 0 } error) return error;
        }
        string[] filters = Words(rest);
        List<CertificateFile> loaded = [];
        if (ReadCertificates.Run(drafts, file, loaded) is { Length: > 0 } refused) return refused;
        foreach (CertificateFile certificate in loaded)
        {
            bool isDefault = Array.IndexOf(filters, "*") >= 0;
            listed.Add(new(certificate, NamesOf(filters, certificate), own, isDefault));
        }
        return "";
    }

    /// <summary>Names taken out alone leave the certificate its own.</summary>
    private static string[]? NamesOf(string[] filters, CertificateFile certificate)
    {
        if (filters.Length == 0) return null;
        if (Array.Exists(filters, static filter => !filter.StartsWith('!'))) return filters;
        return [.. certificate.Names, .. filters];
    }

    private static string ReadOptions(TlsDrafts drafts, string[] words, string place, TlsLine line)
    {
        for (int i = 0; i < words.Length;)
        {
            string word = words[i++];
            if (!IsOption(word)) return $"{place}: unknown ssl keyword {word}";
            int at = i;
            string? error = TlsLineWords.Read(
                word, () => at < words.Length ? words[at++] : "", line, drafts, out string notice);
            i = at;
            if (error is not null) return $"{place}: {(notice.Length > 0 ? notice + " " : "")}{error}";
        }
        return "";
    }

    private static string[] Words(string text) =>
        text.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
}
