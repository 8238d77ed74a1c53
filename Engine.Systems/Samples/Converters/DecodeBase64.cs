using System;

namespace Engine.Systems.Samples.Converters;

/// <summary>
/// Base64 and its alphabet for URLs (RFC 4648 sections 4 and 5) as clients are seen to write it: what the last letter says
/// beyond the last byte does not count.
/// </summary>
internal static class DecodeBase64
{
    private const byte Wrong = 255;

    /// <summary>The values of letters in ASCII, of both alphabets.</summary>
    private static readonly byte[] Values = MakeValues();

    /// <summary>Whole groups of four, the last filled up with equal signs. False: wrong letters or no room.</summary>
    public static bool TryRun(ReadOnlySpan<byte> text, Span<byte> bytes, out int written)
    {
        written = 0;
        if (text.Length % 4 != 0) return false;
        int filled = text.EndsWith("=="u8) ? 2 : text.EndsWith("="u8) ? 1 : 0;
        text = text[..^filled];
        return !text.ContainsAny((byte)'-', (byte)'_') && Letters(text, bytes, out written);
    }

    /// <summary>The same of the alphabet for URLs, where equal signs may be left out.</summary>
    public static bool TryRunUrl(ReadOnlySpan<byte> text, Span<byte> bytes, out int written)
    {
        written = 0;
        if (text.EndsWith("="u8))
        {
            if (text.Length % 4 != 0) return false;
            text = text[..^(text.EndsWith("=="u8) ? 2 : 1)];
        }
        return text.Length % 4 != 1 && !text.ContainsAny((byte)'+', (byte)'/') && Letters(text, bytes, out written);
    }

    private static bool Letters(ReadOnlySpan<byte> text, Span<byte> bytes, out int written)
    {
        written = 0;
        if (bytes.Length < text.Length * 3L / 4) return false;
        uint held = 0;
        int bits = 0;
        foreach (byte letter in text)
        {
            byte value = letter < Values.Length ? Values[letter] : Wrong;
            if (value == Wrong) return false;
            held = (held << 6) | value;
            bits += 6;
            if (bits < 8) continue;
            bits -= 8;
            bytes[written++] = (byte)(held >> bits);
        }
        return true;
    }

    private static byte[] MakeValues()
    {
        byte[] values = new byte[128];
        Array.Fill(values, Wrong);
        const string letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        for (int i = 0; i < letters.Length; i++) values[letters[i]] = (byte)i;
        values['-'] = values['+'];
        values['_'] = values['/'];
        return values;
    }
}
