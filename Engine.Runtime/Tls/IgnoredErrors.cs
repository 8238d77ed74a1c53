using System;
using System.Globalization;
using Engine.Data.Tls;

namespace Engine.Runtime.Tls;

/// <summary>
/// Reads <c>ca-ignore-err</c> and <c>crt-ignore-err</c>: numbers or constants of verification errors.
/// </summary>
internal static class IgnoredErrors
{
    /// <summary>The last error of verification that OpenSSL 3.0 has.</summary>
    private const int NumberMax = 94;

    /// <summary>Null, or what is wrong; a bit for each error in <paramref name="bits"/>.</summary>
    public static string? Read(string word, string text, out ulong[]? bits)
    {
        bits = new ulong[TlsIgnored.NumbersMax / 64];
        if (text == "all")
        {
            Array.Fill(bits, ulong.MaxValue);
            return null;
        }
        foreach (string item in text.Split(','))
        {
            int number = VerifyErrors.Find(item);
            bool isNumber = number >= 0
                || int.TryParse(item, NumberStyles.None, CultureInfo.InvariantCulture, out number);
            if (!isNumber) return $"'{word}' : error constant '{item}' unknown in error IDs list '{text}'";
            if (number is <= 0 or > NumberMax)
                return $"'{word}' : ID '{item}' out of range (1..{NumberMax}) in error IDs list '{text}'";
            bits[number >> 6] |= 1UL << (number & 63);
        }
        return null;
    }
}
