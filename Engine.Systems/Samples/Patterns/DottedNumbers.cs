using System;
using System.Globalization;

namespace Engine.Systems.Samples.Patterns;

/// <summary>
/// Versions as patterns (manual section 7.1.2): <c>3.1</c>, with the major in the upper half, or a range of such with
/// <c>:</c> or <c>-</c> between. A version without a point is that of the major alone.
/// </summary>
internal static class DottedNumbers
{
    private const int PartMax = 65535;

    /// <summary>The number or range that is meant, as integers; operators stay. Null with the reason.</summary>
    public static string? ToIntegers(string text, out string error)
    {
        error = "";
        if (text is "eq" or "ge" or "gt" or "le" or "lt") return text;
        int separator = text.AsSpan().IndexOfAny(':', '-');
        if (separator < 0)
        {
            if (TryNumber(text, out long number)) return number.ToString(CultureInfo.InvariantCulture);
            error = $"'{text}' is not a dotted number";
            return null;
        }
        ReadOnlySpan<char> first = text.AsSpan(0, separator);
        ReadOnlySpan<char> last = text.AsSpan(separator + 1);
        long low = long.MinValue;
        long high = long.MaxValue;
        bool isValid = (!first.IsEmpty || !last.IsEmpty) && (first.IsEmpty || TryNumber(first, out low))
            && (last.IsEmpty || TryNumber(last, out high)) && low <= high;
        if (isValid)
            return (first.IsEmpty ? "" : $"{low}") + ":" + (last.IsEmpty ? "" : $"{high}");
        error = $"'{text}' is not a valid dotted number range";
        return null;
    }

    private static bool TryNumber(ReadOnlySpan<char> text, out long number)
    {
        number = 0;
        int point = text.IndexOf('.');
        int minor = 0;
        if (!TryPart(point < 0 ? text : text[..point], out int major)) return false;
        if (point >= 0 && !TryPart(text[(point + 1)..], out minor)) return false;
        number = ((long)major << 16) | (uint)minor;
        return true;
    }

    private static bool TryPart(ReadOnlySpan<char> text, out int part) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out part) && part <= PartMax;
}
