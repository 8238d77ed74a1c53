using System;

namespace Engine.Runtime.Configuration.Keywords.Checks;

/// <summary>Bytes written as pairs of hexadecimal digits.</summary>
internal static class HexText
{
    /// <summary>The bytes; null, with the reason, where a digit is wrong or one is missing.</summary>
    public static byte[]? Read(string text, out string fault)
    {
        fault = "";
        if (text.Length % 2 != 0)
        {
            fault = "an even number of hex digit is expected";
            return null;
        }
        foreach (char c in text)
        {
            if (char.IsAsciiHexDigit(c)) continue;
            fault = $"an hex digit is expected (found '{c}')";
            return null;
        }
        return Convert.FromHexString(text);
    }
}
