using System;
using System.IO;
using System.Text;
using Engine.Data.Samples;
using Engine.Data.Tables;

namespace Engine.Systems.Rules;

/// <summary>Reads a file of patterns: one a line (manual section 7.1).</summary>
internal static class ParsePatterns
{
    /// <summary>Adds the patterns of a file; false when it cannot be read.</summary>
    /// <param name="path">The file.</param>
    /// <param name="like">How the patterns are to be matched; its text does not count.</param>
    /// <param name="asMap">Two columns: only the first counts here.</param>
    /// <param name="into">Where the patterns go.</param>
    public static bool TryLoad(string path, PatternText like, bool asMap, ValueList<PatternText> into)
    {
        string content;
        try
        {
            content = Encoding.Latin1.GetString(File.ReadAllBytes(path));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return false;
        }
        int from = 0;
        while (from < content.Length)
        {
            int end = content.IndexOf('\n', from);
            if (end < 0) end = content.Length;
            Line(content.AsSpan(from, end - from), like, asMap, into);
            from = end + 1;
        }
        return true;
    }

    /// <summary>A sharp in the first column makes a comment; behind blanks it begins a pattern.</summary>
    private static void Line(ReadOnlySpan<char> line, PatternText like, bool asMap, ValueList<PatternText> into)
    {
        if (line.EndsWith("\r")) line = line[..^1];
        if (line.StartsWith("#")) return;
        line = line.TrimStart(" \t");
        if (asMap && line.IndexOfAny(' ', '\t') is >= 0 and int column) line = line[..column];
        if (line.IsEmpty) return;
        into.Add(like with { Text = line.ToString(), FromFile = true });
    }
}
