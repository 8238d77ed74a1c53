using System;

namespace Engine.Systems.Samples.Patterns;

/// <summary>
/// Writes a replacement: <c>\0</c> to <c>\9</c> are groups of the match, <c>\xNN</c> is a byte, a backslash takes its
/// meaning from any other character (manual section 4.4, <c>replace-header</c>).
/// </summary>
internal static class ExpandGroups
{
    /// <summary>Answers the bytes written; -1 when they do not fit or the template ends with a backslash.</summary>
    public static int Run(
        ReadOnlySpan<byte> template, ReadOnlySpan<byte> value, ReadOnlySpan<int> groups, Span<byte> destination)
    {
        int written = 0;
        for (int at = 0; at < template.Length; at++)
        {
            ReadOnlySpan<byte> piece = template.Slice(at, 1);
            if (template[at] == '\\')
            {
                if (++at == template.Length) return -1;
                byte letter = template[at];
                piece = template.Slice(at, 1);
                if ((uint)(letter - '0') <= 9)
                {
                    int group = (letter - '0') * 2;
                    piece = groups[group] < 0 ? default : value[groups[group]..groups[group + 1]];
                }
                else if (letter == 'x' && at + 2 < template.Length
                    && (Digit(template[at + 1]) | Digit(template[at + 2])) >= 0)
                {
                    if (written == destination.Length) return -1;
                    destination[written++] = (byte)((Digit(template[at + 1]) << 4) | Digit(template[at + 2]));
                    at += 2;
                    continue;
                }
            }
            if (!piece.TryCopyTo(destination[written..])) return -1;
            written += piece.Length;
        }
        return written;
    }

    private static int Digit(byte letter) => HexDigit.Value(letter);
}
