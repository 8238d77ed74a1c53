using System;
using System.Globalization;

namespace Engine.Data.Configuration;

/// <summary>
/// Threads that a listener may be served by (manual section 5.1, <c>thread</c>): numbers of the process, or of one of its
/// groups.
/// </summary>
public sealed class ThreadSet
{
    public const int ThreadsMax = 1024;
    public const int GroupSizeMax = 64;
    public const int GroupsMax = 32;

    private readonly bool[] threads = new bool[ThreadsMax];

    /// <summary>By group: the threads of it that are meant; null: it is not named.</summary>
    private readonly bool[]?[] ofGroups = new bool[]?[GroupsMax];

    private bool isRelative;
    private bool isAbsolute;

    /// <summary>Adds sets between commas; answers what is wrong with them, null when nothing is.</summary>
    public string? Add(string text)
    {
        foreach (Range range in text.AsSpan().Split(','))
        {
            if (AddPart(text[range]) is { } fault) return fault;
        }
        return null;
    }

    /// <summary>Those of a number of threads, in groups, that are in the set; null: all. <paramref name="fault"/>: there are none.</summary>
    public bool[]? Of(int count, ThreadGroup[] groups, out string? fault)
    {
        fault = null;
        if (!isRelative && !isAbsolute) return null;
        bool[] chosen = threads[..count];
        for (int i = 0; i < GroupsMax && fault is null; i++)
        {
            if (ofGroups[i] is not { } own) continue;
            if (i >= groups.Length)
            {
                fault = $"references non-existing thread group {i + 1}";
                break;
            }
            int length = Math.Min(groups[i].Count, own.Length);
            if (!own.AsSpan(0, length).Contains(true)) fault = $"only references threads not belonging to group {i + 1}";
            for (int thread = 0; thread < length; thread++) chosen[groups[i].First + thread] |= own[thread];
        }
        if (fault is null && !chosen.AsSpan().Contains(true)) fault = "only references non-existing threads";
        return fault is null && chosen.AsSpan().Contains(false) ? chosen : null;
    }

    private string? AddPart(string part)
    {
        int digits = 0;
        while (digits < part.Length && char.IsAsciiDigit(part[digits])) digits++;
        int group = 0;
        string set = part;
        if (part.StartsWith('/')) return $"thread group number expected before '{part}'";
        if (digits < part.Length && part[digits] == '/')
        {
            group = ConfigurationUnits.Integer(part.AsSpan(0, digits));
            if (group is < 1 or > GroupsMax)
                return $"invalid thread group number '{part[..digits]}', permitted range is 1..{GroupsMax} in '{part}'";
            set = part[(digits + 1)..];
        }
        else if (isRelative)
            return $"absolute thread specification '{part}' is not permitted after a group-relative thread range";
        int max = group > 0 ? GroupSizeMax : ThreadsMax;
        if (ReadSet(set, max, out int low, out int high, out int step) is { } fault) return fault;
        isRelative |= group > 0;
        isAbsolute |= group == 0;
        bool[] chosen = group > 0 ? ofGroups[group - 1] ??= new bool[GroupSizeMax] : threads;
        for (int i = low; i <= high; i += step) chosen[i - 1] = true;
        return null;
    }

    /// <summary><c>all</c>, <c>odd</c>, <c>even</c>, a number or a range whose ends may be left out.</summary>
    private static string? ReadSet(string set, int max, out int low, out int high, out int step)
    {
        low = set == "even" ? 2 : 1;
        high = max;
        step = set is "odd" or "even" ? 2 : 1;
        if (set is "" or "all" or "odd" or "even") return null;
        int slash = set.IndexOf('/');
        int dash = set.IndexOf('-');
        string first = dash < 0 ? set : set[..dash];
        string last = dash < 0 ? set : set[(dash + 1)..];
        if (first.Length > 0 && !TryNumber(first, max, out low))
        {
            string shown = char.IsAsciiDigit(first[0]) ? first : set;
            return $"invalid first thread number '{shown}', permitted range is 1..{max}, or 'all', 'odd', 'even'";
        }
        if (dash >= 0 && slash > dash) return $"invalid character '/' after thread set specification: '{last}'";
        if (last.Length > 0 && !TryNumber(last, max, out high))
            return $"invalid last thread number '{last}', permitted range is 1..{max}";
        if (low > high) (low, high) = (high, low);
        return null;
    }

    private static bool TryNumber(string text, int max, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number >= 1 && number <= max;
}
