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
    /// <summary>Appends the certificates of a list. Empty, or what is wrong with it.</summary>
    public static string Read(TlsDrafts drafts, string path, List<ListedCertificate> listed)
    {
        if (CertificateLoader.Read(path, out string reason) is not { } content)
            return $"cannot open file '{path}' : {reason}";
        ListFile list = new(path, isDirectory: false);
        string[] lines = Encoding.Latin1.GetString(content).Split('\n');
        for (int i = 0; i < lines.Length; i++)
        {
            string line = lines[i];
            bool isLast = i == lines.Length - 1;
            if (isLast && line.Length == 0) break; // what stands behind the last line's end
            list.LineCount++;
            if (isLast)
            {
                return $"parsing [{path}:{list.LineCount}]: Missing LF on last line, file might have been truncated at "
                    + $"position {line.Length + 1}.";
            }
            string text = line.Trim(' ', '\t', '\r');
            if (text.Length == 0 || text[0] == '#') continue;
            string error = ReadEntry(drafts, text, path, list.LineCount, out ListEntry? entry, out ListWords own);
            if (error.Length == 0) error = LoadEntry(drafts, path, entry!, own, listed);
            if (error.Length > 0) return error;
            list.Entries.Add(entry!);
        }
        drafts.Lists.TryAdd(path, list);
        return "";
    }

    /// <summary>Reads an entry: certificate, options in brackets, names. Empty, or what is wrong with it.</summary>
    public static string ReadEntry(
        TlsDrafts drafts, string text, string path, int number, out ListEntry? entry, out ListWords own)
    {
        string place = $"parsing [{path}:{number}]";
        entry = null;
        own = new ListWords();
        string file = text;
        string options = "";
        string rest = "";
        int open = text.IndexOf('[');
        int blank = text.IndexOfAny([' ', '\t']);
        if (open < 0 && text.Contains(']')) return $"{place}: missing '['";
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
        if (ReadOptions(drafts, Words(options), place, own) is { Length: > 0 } error) return error;
        entry = new ListEntry(TlsDrafts.Under(file, drafts.CrtBase), own.Text, Words(rest), number);
        return "";
    }

    private static string LoadEntry(
        TlsDrafts drafts, string list, ListEntry entry, ListWords own, List<ListedCertificate> listed)
    {
        List<CertificateFile> loaded = [];
        bool wasKnown = drafts.Certificates.ContainsKey(TlsDrafts.Under(entry.Path, drafts.CrtBase));
        string place = $"'{list}' line {entry.Number}";
        if (Load(drafts, entry.Path, own.Parts, place, loaded) is { Length: > 0 } refused)
        {
            bool isThere = System.IO.File.Exists(entry.Path) && own.Parts is null && !wasKnown;
            return !isThere ? refused
                : $"error processing line {entry.Number} in file '{list}' : {refused}\n"
                    + $"unable to load SSL private key into SSL Context '{entry.Path}': passed a null parameter.";
        }
        if (!wasKnown && own.Parts is null)
            foreach (CertificateFile certificate in loaded) certificate.Paths = new(certificate.Name);
        foreach (CertificateFile certificate in loaded) listed.Add(Listed(certificate, entry, own.Line));
        return "";
    }

    /// <summary>
    /// Appends the certificates that an entry names, loaded from where its words say or found as those of bind lines.
    /// Empty, or what is wrong.
    /// </summary>
    public static string Load(
        TlsDrafts drafts, string path, LoadWords? parts, string place, List<CertificateFile> loaded)
    {
        string full = TlsDrafts.Under(path, drafts.CrtBase);
        if (drafts.Certificates.TryGetValue(full, out CertificateFile? known))
        {
            if (LoadWords.Conflict(known, parts, place, drafts.Ocsp.IsOnByDefault) is { Length: > 0 } conflict) return conflict;
        }
        else if (parts is not null)
        {
            LoadBases bases = new(drafts.CrtBase, "", "");
            string source = parts.Certificate ?? path;
            if (LoadByWords.Run(full, source, parts, bases, out string error) is not { } file) return error;
            drafts.Certificates.Add(full, file);
        }
        return ReadCertificates.Run(drafts, path, loaded);
    }

    /// <summary>
    /// What an entry makes of a certificate. Names taken out alone leave it none, as the reference has it: it serves who
    /// asks for nothing that is known, where it is the first.
    /// </summary>
    public static ListedCertificate Listed(CertificateFile certificate, ListEntry entry, TlsLine? own) =>
        new(certificate, entry.Filters.Length == 0 ? null : entry.Filters, own, Array.IndexOf(entry.Filters, "*") >= 0, entry);

    private static string ReadOptions(TlsDrafts drafts, string[] words, string place, ListWords own)
    {
        int at = 0;
        string error = own.Read(
            drafts, () => at < words.Length ? words[at++] : "", static word => $"unknown ssl keyword {word}",
            out string notice);
        if (error.Length == 0) return "";
        if (notice.Length > 0) drafts.Alert?.Invoke(notice);
        // Only a word that is none tells the place.
        if (error.StartsWith('\'')) return error;
        string separator = error.StartsWith("cannot parse 'ocsp-update'", StringComparison.Ordinal) ? " : " : ": ";
        return $"{place}{separator}{error}";
    }

    private static string[] Words(string text) =>
        text.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
}
