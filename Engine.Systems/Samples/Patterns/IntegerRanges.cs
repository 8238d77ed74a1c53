using System;
using System.Collections.Generic;
using System.Globalization;
using Engine.Data.Samples;
using Engine.Data.Tables;

namespace Engine.Systems.Samples.Patterns;

/// <summary>
/// Numbers, ranges and comparisons (manual section 7.1.2), as ranges in order that do not touch: one binary search.
/// </summary>
internal sealed class IntegerRanges
{
    private readonly long[] lows;
    private readonly long[] highs;

    private IntegerRanges(List<(long Low, long High)> ranges)
    {
        ranges.Sort();
        List<long> from = [];
        List<long> to = [];
        foreach ((long low, long high) in ranges)
        {
            if (to.Count > 0 && (low <= to[^1] || low - 1 == to[^1]))
            {
                to[^1] = Math.Max(to[^1], high);
                continue;
            }
            from.Add(low);
            to.Add(high);
        }
        lows = [.. from];
        highs = [.. to];
    }

    public bool Contains(long value)
    {
        int low = 0;
        int high = lows.Length;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if (lows[middle] <= value) low = middle + 1;
            else high = middle;
        }
        return low > 0 && value <= highs[low - 1];
    }

    /// <summary>
    /// Reads the patterns. An operator holds for what follows it on the line; a range with two ends means itself
    /// whatever the operator.
    /// </summary>
    public static IntegerRanges? Parse(ValueList<PatternText> patterns, out string error)
    {
        error = "";
        List<(long Low, long High)> ranges = [];
        string comparison = "";
        foreach (PatternText pattern in patterns)
        {
            if (!pattern.FromFile && pattern.Text is "eq" or "ge" or "gt" or "le" or "lt")
            {
                comparison = pattern.Text;
                continue;
            }
            if (!TryRange(pattern.Text, out long low, out long high, out bool isRange))
            {
                error = isRange ? $"'{pattern.Text}' is not a valid number range"
                    : comparison is "" or "eq" ? $"'{pattern.Text}' is not a number"
                    : $"'{pattern.Text}' is neither a number nor a supported operator";
                return null;
            }
            if (!isRange && !pattern.FromFile && !Compare(comparison, ref low, ref high)) continue;
            ranges.Add((low, high));
        }
        return new IntegerRanges(ranges);
    }

    /// <summary>
    /// The patterns from a number on as they are kept in lists, which know no operators: <c>gt 1024</c> is
    /// <c>1025:</c>. For patterns that <see cref="Parse"/> takes.
    /// </summary>
    public static List<string> Written(ValueList<PatternText> patterns, int from)
    {
        List<string> texts = [];
        string comparison = "";
        for (int i = from; i < patterns.Count; i++)
        {
            string text = patterns[i].Text;
            if (text is "eq" or "ge" or "gt" or "le" or "lt") comparison = text;
            else if (TryRange(text, out long low, out long high, out bool isRange)
                && (isRange || Compare(comparison, ref low, ref high)))
            {
                string first = low == long.MinValue ? "" : low.ToString(CultureInfo.InvariantCulture);
                string last = high == long.MaxValue ? "" : high.ToString(CultureInfo.InvariantCulture);
                texts.Add(low == high ? first : $"{first}:{last}");
            }
        }
        return texts;
    }

    /// <summary>False: nothing can be so.</summary>
    private static bool Compare(string comparison, ref long low, ref long high)
    {
        switch (comparison)
        {
            case "ge":
                high = long.MaxValue;
                return true;
            case "gt":
                high = long.MaxValue;
                return low++ != long.MaxValue;
            case "le":
                low = long.MinValue;
                return true;
            case "lt":
                low = long.MinValue;
                return high-- != long.MinValue;
            default:
                return true;
        }
    }

    /// <summary>
    /// A number, or a range with a colon or a dash between its ends, either of which may be left out. So a number below
    /// zero can only be an upper end.
    /// </summary>
    internal static bool TryRange(string text, out long low, out long high, out bool isRange)
    {
        int colon = text.AsSpan().IndexOfAny(':', '-');
        isRange = colon >= 0;
        if (!isRange)
        {
            high = 0;
            if (!TryNumber(text, out low)) return false;
            high = low;
            return true;
        }
        low = long.MinValue;
        high = long.MaxValue;
        if (text.Length == 1) return false;
        if (colon > 0 && !TryNumber(text.AsSpan(0, colon), out low)) return false;
        if (colon < text.Length - 1 && !TryNumber(text.AsSpan(colon + 1), out high)) return false;
        return low <= high;
    }

    private static bool TryNumber(ReadOnlySpan<char> text, out long value)
    {
        value = 0;
        return !text.StartsWith('+')
            && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);
    }
}
