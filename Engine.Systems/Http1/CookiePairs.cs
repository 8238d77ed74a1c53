using System;
using Engine.Data.Messages;

namespace Engine.Systems.Http1;

/// <summary>
/// Takes cookie fields apart (RFC 6265 sections 4.1.1 and 4.2.1). Every step advances (THREATS.md E1).
/// </summary>
public static unsafe class CookiePairs
{
    /// <summary>Takes one pair and its delimiter; false when it has no equal sign.</summary>
    /// <param name="line">Value of the field.</param>
    /// <param name="offset">Where to begin, within the line; then behind the delimiter.</param>
    /// <param name="name">Name of the cookie, which may be empty.</param>
    /// <param name="value">Value of the cookie.</param>
    public static bool Take(ByteView line, ref int offset, out ByteView name, out ByteView value)
    {
        int from = offset;
        ReadOnlySpan<byte> text = line.Span;
        while (from < text.Length && text[from] is (byte)' ' or (byte)'\t' or (byte)';' or (byte)',') from++;
        int equal = from;
        while (equal < text.Length && text[equal] is not ((byte)'=' or (byte)';' or (byte)',')) equal++;
        bool isPair = equal < text.Length && text[equal] == '=';
        int end = isPair ? ValueEnd(text, equal + 1) : equal;
        offset = end + 1;
        name = Trim(line, from, equal);
        value = isPair ? Trim(line, equal + 1, end) : default;
        return isPair;
    }

    /// <summary>Quoted values hold together.</summary>
    private static int ValueEnd(ReadOnlySpan<byte> text, int at)
    {
        bool quoted = false;
        for (; at < text.Length; at++)
        {
            if (text[at] == '"') quoted = !quoted;
            else if (quoted && text[at] == '\\') at++;
            else if (!quoted && text[at] is (byte)';' or (byte)',') return at;
        }
        return text.Length;
    }

    private static ByteView Trim(ByteView line, int from, int end)
    {
        while (from < end && line.Start[from] is (byte)' ' or (byte)'\t') from++;
        while (end > from && line.Start[end - 1] is (byte)' ' or (byte)'\t') end--;
        return line.Slice(from, end - from);
    }
}
