using System;
using System.Text;
using Engine.Data.Samples;
using Engine.Data.Tables;
using Engine.Systems.Samples.Patterns;

namespace Engine.Systems.Rules;

/// <summary>Reads a file of patterns: one a line (manual section 7.1).</summary>
internal static class ParsePatterns
{
    /// <summary>Adds the patterns of a file; false when it cannot be read.</summary>
    /// <param name="path">The file.</param>
    /// <param name="like">How the patterns are to be matched; its text does not count.</param>
    /// <param name="asMap">Two columns: only the first counts here.</param>
    /// <param name="into">Where the patterns go.</param>
    /// <param name="error">Why it cannot be read.</param>
    public static bool TryLoad(
        string path, PatternText like, bool asMap, ValueList<PatternText> into, out string error)
    {
        if (!ParsePatternFile.TryRead(path, out byte[] bytes, out error)) return false;
        string content = Encoding.Latin1.GetString(bytes);
        like = like with { File = path, FromFile = true };
        int from = 0;
        int number = 0;
        while (from < content.Length)
        {
            int end = content.IndexOf('\n', from);
            if (end < 0) end = content.Length;
            Line(content.AsSpan(from, end - from), like with { Line = ++number }, asMap, into);
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
        into.Add(like with { Text = line.ToString() });
    }
}
