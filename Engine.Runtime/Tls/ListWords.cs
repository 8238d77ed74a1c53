using System;
using System.Collections.Generic;
using System.Text;

namespace Engine.Runtime.Tls;

/// <summary>
/// The words of an entry of a list, or of an <c>ssl-f-use</c> line: some say how its certificate is served, some which
/// files its parts come from (manual section 5.1, <c>crt-list</c>).
/// </summary>
internal sealed class ListWords
{
    /// <summary>Words about how a certificate is served, which bind lines have too.</summary>
    public static readonly string[] Options =
    [
        "allow-0rtt", "alpn", "ca-file", "ca-verify-file", "ciphers", "ciphersuites", "client-sigalgs", "crl-file", "curves",
        "ecdhe", "no-alpn", "no-ca-names", "npn", "sigalgs", "ssl-max-ver", "ssl-min-ver", "verify",
    ];

    /// <summary>The words that <c>show ssl crt-list</c> writes, in its order.</summary>
    private static readonly string[] Shown =
    [
        "npn", "alpn", "no-alpn", "verify", "no-ca-names", "allow-0rtt", "ca-file", "crl-file", "ciphers", "ciphersuites",
        "curves", "ecdhe", "client-sigalgs", "sigalgs", "ssl-min-ver", "ssl-max-ver", "ocsp-update",
    ];

    /// <summary>What was said, with its argument; the last of a word counts.</summary>
    private readonly Dictionary<string, string> said = [];

    /// <summary>How it is served; null: as the bind line says.</summary>
    public TlsLine? Line { get; private set; }

    /// <summary>The files; null: no word named any.</summary>
    public LoadWords? Files { get; private set; }

    /// <summary>A file other than the certificate itself was named, or its updates.</summary>
    private bool namesParts;

    /// <summary>The files where they are said to be; null: they are looked for beside the certificate.</summary>
    public LoadWords? Parts => namesParts ? Files : null;

    /// <summary>
    /// The words as <c>show ssl crt-list</c> writes them: without those that name files of parts, and with a blank more
    /// behind protocols.
    /// </summary>
    public string Text
    {
        get
        {
            StringBuilder text = new();
            foreach (string word in Shown)
            {
                if (!said.TryGetValue(word, out string? argument)) continue;
                if (text.Length > 0) text.Append(' ');
                text.Append(word);
                if (argument.Length > 0) text.Append(' ').Append(argument);
                if (word is "npn" or "alpn" or "no-alpn") text.Append(' ');
            }
            return text.ToString();
        }
    }

    /// <summary>Reads words to their end. Empty, or what is wrong.</summary>
    /// <param name="drafts">What is loaded.</param>
    /// <param name="next">Takes a word; empty at the end.</param>
    /// <param name="unknown">What is said of a word that may not stand here.</param>
    /// <param name="notice">An error to be told before the other; empty: none.</param>
    public string Read(TlsDrafts drafts, Func<string> next, Func<string, string> unknown, out string notice)
    {
        notice = "";
        while (next() is { Length: > 0 } word)
        {
            said[word] = "";
            if (word is "alpn" or "no-alpn") said.Remove(word == "alpn" ? "no-alpn" : "alpn");
            string Argument() => said[word] = next();
            LoadWords files = Files ?? new LoadWords();
            if (files.TryRead(word, Argument, out string wrong))
            {
                if (wrong.Length > 0) return wrong;
                Files = files;
                namesParts |= word is not ("crt" or "alias");
                continue;
            }
            if (Array.IndexOf(Options, word) < 0) return unknown(word);
            Line ??= new TlsLine();
            if (TlsLineWords.Read(word, Argument, Line, drafts, out notice) is { } error) return error;
            if (word == "ca-file") said[word] = Line.CaFile!;
            else if (word == "crl-file") said[word] = Line.CrlFile!;
        }
        return "";
    }
}
