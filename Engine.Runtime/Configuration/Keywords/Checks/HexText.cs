using System;

namespace Engine.Runtime.Configuration.Keywords.Checks;

/// <summary>Bytes written as pairs of hexadecimal digits.</summary>
internal static class HexText
{
    /// <summary>The bytes; null, with the reason, where a digit is wrong or one is missing.</summary>
    public static byte[]? Read(string text, out string fault)
    {
        fault = "";
        foreach (char c in text)
        {
            if (char.IsAsciiHexDigit(c)) continue;
            fault = $"an hex digit is expected (found '{c}')";
            return null;
        }
        if (text.Length % 2 == 0) return Convert.FromHexString(text);
        fault = "an even number of hex digit is expected";
        return null;
    }
}
