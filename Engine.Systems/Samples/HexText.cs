using System;

namespace Engine.Systems.Samples;

/// <summary>Blocks of bytes written in hexadecimal in the configuration.</summary>
internal static class HexText
{
    /// <summary>The bytes; null with the reason when the text is no such block.</summary>
    public static byte[]? Parse(string text, out string error)
    {
        error = "";
        if (text.Length % 2 != 0)
        {
            error = "an even number of hex digit is expected";
            return null;
        }
        byte[] bytes = new byte[text.Length / 2];
        for (int i = 0; i < text.Length; i++)
        {
            int digit = char.IsAsciiHexDigit(text[i]) ? Convert.ToInt32(text.Substring(i, 1), 16) : -1;
            if (digit < 0)
            {
                error = $"an hex digit is expected (found '{text[i]}')";
                return null;
            }
            bytes[i / 2] = (byte)((bytes[i / 2] << 4) | digit);
        }
        return bytes;
    }
}
