using System;
using System.Collections.Generic;
using System.Text;

namespace Engine.Runtime.Admin;

/// <summary>
/// Takes a line of the Runtime API apart: commands between semicolons, words between spaces, a backslash
/// before a character that is meant as such (management guide section 9.3).
/// </summary>
public static class AdminLine
{
    /// <summary>Longest pattern behind <c>&lt;&lt;</c>; what is longer is an ordinary word.</summary>
    public const int PatternMax = 64;

    /// <summary>
    /// Offset of the first line end that no backslash makes a part of a word; -1 for none.
    /// </summary>
    public static int EndOf(ReadOnlySpan<byte> text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\') i++;
            else if (text[i] == '\n') return i;
        }
        return -1;
    }

    /// <summary>The words of each command; an empty command has none.</summary>
    public static string[][] Split(ReadOnlySpan<byte> line)
    {
        List<string[]> commands = [];
        List<string> words = [];
        StringBuilder word = new();
        bool inWord = false;
        for (int i = 0; i <= line.Length; i++)
        {
            byte c = i < line.Length ? line[i] : (byte)';';
            // A NUL separates too, and so does the carriage return of a line end of two characters.
            bool separates = c is (byte)';' or 0 || (c == '\r' && i == line.Length - 1);
            if (separates || c is (byte)' ' or (byte)'\t')
            {
                if (inWord) words.Add(word.ToString());
                word.Clear();
                inWord = false;
                if (!separates) continue;
                commands.Add([.. words]);
                words.Clear();
                continue;
            }
            inWord = true;
            if (c == '\\')
            {
                if (i + 1 >= line.Length) continue;
                c = line[++i];
            }
            word.Append((char)c);
        }
        return [.. commands];
    }

    /// <summary>
    /// Whether a line announces a payload: its last word is <c>&lt;&lt;</c> and what follows it at once is
    /// the line that ends the payload. The rest of the line is then all that comes before.
    /// </summary>
    public static bool TryTakePayload(
        ReadOnlySpan<byte> line, out ReadOnlySpan<byte> rest, out byte[] pattern)
    {
        pattern = [];
        rest = line;
        if (line.EndsWith("\r"u8)) line = line[..^1];
        int sign = line.LastIndexOf("<<"u8);
        if (sign < 1 || line[sign - 1] is not ((byte)' ' or (byte)'\t')) return false;
        ReadOnlySpan<byte> end = line[(sign + 2)..];
        if (end.Length > PatternMax || end.IndexOfAny(" \t;"u8) >= 0) return false;
        pattern = end.ToArray();
        rest = line[..sign];
        return true;
    }
}
