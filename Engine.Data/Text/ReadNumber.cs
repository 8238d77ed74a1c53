using System;

namespace Engine.Data.Text;

/// <summary>Numbers from text of peers and of the configuration.</summary>
public static class ReadNumber
{
    /// <summary>
    /// Reads as many digits as there are, behind an optional sign, and stays at the bounds of 64 bits. What follows
    /// the digits is left: no digits at all are 0.
    /// </summary>
    /// <returns>The bytes read.</returns>
    public static int Leading(ReadOnlySpan<byte> text, out long value)
    {
        int at = 0;
        bool negative = false;
        if (!text.IsEmpty && text[0] is (byte)'-' or (byte)'+')
        {
            negative = text[0] == '-';
            at = 1;
        }
        // Negative while reading: the negative range is the larger one.
        long sum = 0;
        bool outside = false;
        for (; at < text.Length && (uint)(text[at] - '0') <= 9; at++)
        {
            int digit = text[at] - '0';
            if (outside) continue;
            outside = sum < long.MinValue / 10 || (sum == long.MinValue / 10 && digit > 8);
            if (!outside) sum = (sum * 10) - digit;
        }
        if (negative) value = outside ? long.MinValue : sum;
        else value = outside || sum == long.MinValue ? long.MaxValue : -sum;
        return at;
    }

    /// <summary>Reads all of a text as an optional sign and digits; false when it is anything else or too large.</summary>
    public static bool TryWhole(ReadOnlySpan<char> text, out long value) =>
        long.TryParse(
            text, System.Globalization.NumberStyles.AllowLeadingSign,
            System.Globalization.CultureInfo.InvariantCulture, out value);
}
