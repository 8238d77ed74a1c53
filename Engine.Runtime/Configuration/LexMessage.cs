using System;
using System.Text;

namespace Engine.Runtime.Configuration;

/// <summary>The message for a line that cannot be cut into words, with the line and a caret under the fault.</summary>
public static class LexMessage
{
    // Columns of the quoted line that are shown; a fault further right is shown with what stands around it.
    private const int Width = 80;
    private const int Before = 37;
    private const int After = 36;

    private const string Advice = "\nAborting to prevent all subsequent arguments from being silently ignored. If this is "
        + "caused by an environment variable expansion, please have a look at section 2.3 of the configuration manual to "
        + "find solutions to address this.";

    public static string Of(LexFault fault, ReadOnlySpan<byte> line, int at, string file, int number)
    {
        string what = fault switch
        {
            LexFault.UnmatchedQuote => "unmatched quote",
            LexFault.BadHexadecimal => "truncated or invalid hexadecimal sequence",
            LexFault.UnmatchedBrace => "unmatched brace in environment variable name",
            LexFault.BadVariableName => "forbidden first char in environment variable name",
            _ => "truncated or invalid word expansion sequence",
        };
        return $"parsing [{file}:{number}]: {what} at position {at + 1}:\n  {Excerpt(line, at)}";
    }

    /// <summary>The message for a word that is empty, which would hide those behind it; the first one with advice.</summary>
    public static string OfEmptyWord(ReadOnlySpan<byte> line, int word, int at, string file, int number, bool advises) =>
        $"parsing [{file}:{number}]: argument number {word} at position {at + 1} is empty and marks the end of the "
        + $"argument list:\n  {Excerpt(line, at)}" + (advises ? Advice : "");

    /// <summary>The name of a variable that begins at a place of the line; empty when there is none.</summary>
    public static string VariableAt(ReadOnlySpan<byte> line, int at)
    {
        int end = at;
        while (end < line.Length && (char.IsAsciiLetterOrDigit((char)line[end]) || line[end] == '_')) end++;
        return end > at ? Encoding.Latin1.GetString(line[at..end]) : "";
    }

    private static string Excerpt(ReadOnlySpan<byte> line, int at)
    {
        int end = line.IndexOfAny((byte)'\n', (byte)0);
        if (end >= 0) line = line[..end];
        int start = 0;
        while (start < line.Length && LineLexer.IsSpace(line[start])) start++;
        line = line[start..];
        at -= start;
        StringBuilder text = new();
        int from = 0;
        int until = Math.Min(line.Length, Width);
        int column = at;
        bool isMiddle = at >= Width;
        if (isMiddle)
        {
            from = at - Before;
            until = Math.Min(line.Length, at + After + 1);
            column = Before + 3;
            text.Append("...");
        }
        for (int i = from; i < until; i++) text.Append(Printable(line[i]));
        if (isMiddle) text.Append("...");
        return text.Append('\n').Append(' ', column + 2).Append('^').ToString();
    }

    private static char Printable(byte c) =>
        c switch
        {
            (byte)'\t' or (byte)'\r' => ' ',
            < 32 or > 126 => '?',
            _ => (char)c,
        };
}
