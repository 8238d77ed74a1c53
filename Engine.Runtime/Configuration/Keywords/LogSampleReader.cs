using System;
using System.Collections.Generic;
using Engine.Data.Configuration;
using Engine.Data.Logs;

namespace Engine.Runtime.Configuration.Keywords;

/// <summary><c>sample 1-2,5:8</c> of a <c>log</c> line: ranges and the number of lines they count in.</summary>
internal static class LogSampleReader
{
    /// <summary>Takes a word. False after an alert.</summary>
    public static bool TryRead(Directive line, out LogSample? sample)
    {
        sample = null;
        string text = line.Next();
        int colon = text.IndexOf(':');
        if (colon < 0)
        {
            line.Alert("log : Missing sample size");
            return false;
        }
        string ranges = text[..colon];
        if (!ConfigurationUnits.TryInteger(text.AsSpan(colon + 1), out long size) || size is < 1 or > int.MaxValue)
        {
            line.Alert($"log : wrong sample size '{text[(colon + 1)..]}' for sample range '{ranges}'");
            return false;
        }
        List<(int First, int Last)> all = [];
        foreach (string range in ranges.Split(','))
        {
            if (!TryRange(range, out (int First, int Last) read))
            {
                line.Alert($"log : wrong sample range '{range}'");
                return false;
            }
            all.Add(read);
        }
        all.Sort();
        for (int i = 1; i < all.Count; i++)
        {
            if (all[i].First > all[i - 1].Last) continue;
            line.Alert("log : ranges are overlapping");
            return false;
        }
        if (all[^1].Last > size)
        {
            line.Alert($"log : sample size {size} should be greater or equal to {all[^1].Last} the maximum of the "
                + "high ranges limits");
            return false;
        }
        sample = new LogSample([.. all], (int)size);
        return true;
    }

    private static bool TryRange(string text, out (int First, int Last) range)
    {
        range = default;
        int dash = text.IndexOf('-');
        string first = dash < 0 ? text : text[..dash];
        string last = dash < 0 ? text : text[(dash + 1)..];
        if (!ConfigurationUnits.TryInteger(first, out long low) || !ConfigurationUnits.TryInteger(last, out long high))
            return false;
        range = ((int)Math.Min(low, int.MaxValue), (int)Math.Min(high, int.MaxValue));
        return low >= 1 && high >= low;
    }
}
