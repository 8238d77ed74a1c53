using System;
using System.Collections.Generic;

namespace Engine.Data.Registries;

/// <summary>
/// Words of the language that HAProxy 3.5 understands and this program does not run yet: refused by name instead of
/// being called unknown. Registering a word elsewhere is enough to support it; this list is only asked afterwards.
/// </summary>
public static class UnsupportedWords
{
    /// <summary>
    /// Whether a word of a class is on the list. Classes: <c>section</c>, <c>global</c>, <c>proxy</c>, <c>option</c>,
    /// <c>bind</c>, <c>server</c>, <c>balance</c>, <c>http-request</c>, <c>http-response</c>,
    /// <c>http-after-response</c>, <c>tcp-request connection</c> ..., <c>fetch</c>, <c>converter</c>, <c>acl</c>,
    /// <c>match</c>, <c>log alias</c>.
    /// </summary>
    public static bool Contains(ReadOnlySpan<char> wordClass, ReadOnlySpan<char> word)
    {
        if (word.IsEmpty || word.Contains(' ')) return false;
        foreach (ReadOnlySpan<char> line in UnsupportedWordList.Text.AsSpan().EnumerateLines())
        {
            int colon = line.IndexOf(':');
            if (colon < 0 || !line[..colon].SequenceEqual(wordClass)) continue;
            foreach (Range range in line[(colon + 1)..].Split(' '))
            {
                ReadOnlySpan<char> entry = line[(colon + 1)..][range];
                bool matches = entry.EndsWith("*") ? word.StartsWith(entry[..^1]) : entry.SequenceEqual(word);
                if (matches && !entry.IsEmpty) return true;
            }
        }
        return false;
    }

    /// <summary>Adds the words of a class, true for those that begin longer words. What is there stays.</summary>
    public static void AddTo(IDictionary<string, bool> words, ReadOnlySpan<char> wordClass)
    {
        foreach (ReadOnlySpan<char> line in UnsupportedWordList.Text.AsSpan().EnumerateLines())
        {
            int colon = line.IndexOf(':');
            if (colon < 0 || !line[..colon].SequenceEqual(wordClass)) continue;
            foreach (Range range in line[(colon + 1)..].Split(' '))
            {
                ReadOnlySpan<char> entry = line[(colon + 1)..][range];
                bool isPrefix = entry.EndsWith("*");
                string word = entry.TrimEnd('*').ToString();
                if (word.Length > 0) words.TryAdd(word, isPrefix);
            }
        }
    }
}
