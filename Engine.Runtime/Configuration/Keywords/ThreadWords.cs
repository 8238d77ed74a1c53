using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using Engine.Data.Configuration;
using Engine.Data.Registries;

namespace Engine.Runtime.Configuration.Keywords;

/// <summary>Threads and where they run: <c>nbthread</c>, <c>thread-groups</c>, <c>cpu-map</c> (manual section 3.1).</summary>
internal static unsafe class ThreadWords
{
    private const int ThreadsMax = 1024;
    private const int CpusMax = 1024;

    // Threads of a group; cpu-map numbers go no further.
    private const int GroupMax = ThreadSet.GroupSizeMax;

    [ModuleInitializer]
    internal static void Register()
    {
        Words.Keywords.Add(new("cpu-map", SectionKinds.Global, "[auto:]<group>[/<threads>] <cpus> ...", &CpuMap));
        Words.Keywords.Add(new("thread-group", SectionKinds.Global, "<group> [<thread-range>...]", &Group));
        Words.Keywords.Add(new("thread-groups", SectionKinds.Global, "<number>", &Groups));
        Words.Keywords.Add(new("max-threads-per-group", SectionKinds.Global, "<number>", &GroupSize));
        Words.Keywords.Add(new("nbthread", SectionKinds.Global, "<number>", &Threads));
        Words.Keywords.Add(new("thread-hard-limit", SectionKinds.Global, "<number>", &Limit));
    }

    private static void Threads(Directive line)
    {
        if (line.RefusesMoreThan(1)) return;
        if (ComesLate(line)) return;
        if (!ConfigurationUnits.TryInteger(line[1], out long number))
            line.Alert($"'nbthread' passed a missing or unparsable integer value in '{line[1]}'");
        else if (number is < 1 or > ThreadsMax)
            line.Alert($"'nbthread' value must be between 1 and {ThreadsMax} (was {number})");
        else line.Draft.Globals.Threads = (int)number;
    }

    private static bool ComesLate(Directive line)
    {
        if (!line.Draft.HasOtherSection) return false;
        line.Alert($"'{line[0]}' not allowed if a non-global section was previously defined. This parameter must be "
            + "declared in the first global section");
        return true;
    }

    private static void Groups(Directive line)
    {
        const int GroupsMax = ThreadSet.GroupsMax;
        if (line.RefusesMoreThan(1) || ComesLate(line)) return;
        if (!ConfigurationUnits.TryInteger(line[1], out long number))
            line.Alert($"'thread-groups' passed a missing or unparsable integer value in '{line[1]}'");
        else if (number is < 1 or > GroupsMax)
            line.Alert($"'thread-groups' value must be between 1 and {GroupsMax} (was {number})");
        else line.Draft.Globals.GroupCount = (int)number;
    }

    private static void Group(Directive line)
    {
        if (ComesLate(line)) return;
        string word = line.Next();
        if (!ConfigurationUnits.TryInteger(word, out long number))
        {
            line.Alert($"'thread-group' passed a missing or unparsable integer value in '{word}'");
            return;
        }
        if (number is < 1 or > ThreadSet.GroupsMax)
        {
            line.Alert($"'thread-group' thread-group number must be between 1 and {ThreadSet.GroupsMax} (was {number})");
            return;
        }
        ThreadGroup?[] ranges = line.Draft.Globals.GroupRanges;
        if (ranges[number - 1] is not null) line.Warn($"'thread-group {number}' was already defined and will be overridden.");
        bool[] chosen = new bool[ThreadsMax];
        while (!line.AtEnd)
        {
            if (!TryTakeThreads(line, line.Next(), (int)number, chosen)) return;
        }
        int first = Math.Max(0, Array.IndexOf(chosen, true));
        int count = Array.LastIndexOf(chosen, true) + 1 - first;
        if (chosen.AsSpan(first, Math.Max(0, count)).Contains(false))
            line.Alert($"'thread-group {number}' assigned sparse threads, only contiguous supported");
        else ranges[number - 1] = new ThreadGroup(first, Math.Max(0, count));
    }

    private static bool TryTakeThreads(Directive line, string text, int number, bool[] chosen)
    {
        if (!TryRange(text, out int low, out int high) || low < 1 || high > ThreadsMax)
        {
            line.Alert($"'thread-group {number}' passed an unparsable or invalid thread number '{text}' (valid range is 1 to "
                + $"{ThreadsMax})");
            return false;
        }
        ThreadGroup?[] ranges = line.Draft.Globals.GroupRanges;
        for (int thread = low; thread <= high; thread++)
        {
            int owner = Array.FindIndex(ranges, range =>
                range is { } held && thread > held.First && thread <= held.First + held.Count);
            string what = $"'thread-group {number}': thread {thread} ";
            bool isAgain = owner == number - 1 && thread > ranges[owner]!.Value.First + 1;
            if (chosen[thread - 1] || isAgain) line.Warn(what + "assigned more than once on the same line.");
            else if (owner >= 0 && owner != number - 1) line.Warn($"{what}was previously assigned to thread group {owner + 1} and will be overridden.");
            chosen[thread - 1] = true;
        }
        return true;
    }

    private static void GroupSize(Directive line)
    {
        if (line.RefusesMoreThan(1)) return;
        if (ConfigurationUnits.TryInteger(line[1], out long number) && number is >= 0 and <= GroupMax)
            line.Draft.Globals.GroupSizeMax = (int)number;
        else line.Alert($"'{line[0]}' value must be an integer between 1 and {GroupMax},  got '{line[1]}'");
    }

    private static void Limit(Directive line)
    {
        if (line.RefusesMoreThan(1)) return;
        if (!ConfigurationUnits.TryInteger(line[1], out long number))
            line.Alert($"'{line[0]}' passed a missing or unparsable integer value in '{line[1]}'");
        else if (number is < 1 or > ThreadsMax) line.Alert($"'{line[0]}' value must be at least 1 (was {number})");
        else line.Draft.Globals.ThreadsMax = (int)number;
    }

    private static void CpuMap(Directive line)
    {
        if (line.Count < 3)
        {
            line.Alert("cpu-map expects a thread group number  ('all', 'odd', 'even', a number from 1 to "
                + $"{GroupMax} or a range),  followed by a list of CPU ranges with numbers from 0 to 63.");
            return;
        }
        ReadOnlySpan<char> target = line.Next();
        bool isAutomatic = target.StartsWith("auto:");
        if (isAutomatic) target = target["auto:".Length..];
        int slash = target.IndexOf('/');
        ReadOnlySpan<char> groups = slash < 0 ? target : target[..slash];
        if (!TryThreadSet(line, groups, out bool[] groupSet)) return;
        if (!TryThreadSet(line, slash < 0 ? "all" : target[(slash + 1)..], out bool[] threadSet)) return;
        List<int> cpus = [];
        while (!line.AtEnd)
        {
            if (ReadCpus(line.Next(), cpus) is not { } fault) continue;
            line.Alert($"cpu-map : {fault}");
            return;
        }
        int threads = 0;
        foreach (bool chosen in threadSet) threads += chosen ? 1 : 0;
        if (isAutomatic && (slash < 0 || groups.IsEmpty || threads != cpus.Count))
        {
            line.Alert("cpu-map : TGROUP/THREAD range and CPU sets must have the same size to be automatically bound");
            return;
        }
        cpus.Sort();
        line.Draft.Globals.CpuMapLines.Add(new CpuMapLine(groupSet, threadSet, [.. cpus], isAutomatic));
    }

    /// <summary><c>all</c>, <c>odd</c>, <c>even</c>, a number or a range, from 1.</summary>
    private static bool TryThreadSet(Directive line, ReadOnlySpan<char> text, out bool[] set)
    {
        set = new bool[GroupMax];
        bool isNamed = text is "all" or "odd" or "even";
        int low = 1;
        int high = GroupMax;
        if (!isNamed && !TryRange(text, out low, out high))
        {
            line.Alert($"cpu-map : '{text}' is not a valid number/range.");
            return false;
        }
        if (low < 1 || high > GroupMax)
        {
            line.Alert($"cpu-map : '{text}' is not a valid number/range. It supports numbers from 1 to {GroupMax}.");
            return false;
        }
        for (int i = low; i <= high; i++)
            set[i - 1] = text is not ("odd" or "even") || (i % 2 == 1) == text is "odd";
        return true;
    }

    /// <summary>Adds numbers and ranges between commas to a list; answers what is wrong with them, null when nothing is.</summary>
    public static string? ReadCpus(ReadOnlySpan<char> text, List<int> cpus)
    {
        foreach (Range range in text.Split(','))
        {
            ReadOnlySpan<char> part = text[range];
            // "4-" runs to the last one.
            bool isOpen = part.EndsWith("-");
            if (!TryRange(isOpen ? part[..^1] : part, out int low, out int high))
            {
                return $"'{text}' is not a CPU range.";
            }
            if (isOpen) high = Math.Max(low, Environment.ProcessorCount - 1);
            if (low >= CpusMax || high >= CpusMax)
            {
                return $"supports CPU numbers from 0 to {CpusMax - 1}.";
            }
            for (int cpu = low; cpu <= high; cpu++)
            {
                if (!cpus.Contains(cpu)) cpus.Add(cpu);
            }
        }
        return null;
    }

    private static bool TryRange(ReadOnlySpan<char> text, out int low, out int high)
    {
        int dash = text.IndexOf('-');
        ReadOnlySpan<char> first = dash < 0 ? text : text[..dash];
        ReadOnlySpan<char> last = dash < 0 ? text : text[(dash + 1)..];
        low = ConfigurationUnits.Integer(first);
        high = ConfigurationUnits.Integer(last);
        if (low > high) (low, high) = (high, low);
        return IsNumber(first) && IsNumber(last);
    }

    private static bool IsNumber(ReadOnlySpan<char> text) =>
        !text.IsEmpty && text.IndexOfAnyExceptInRange('0', '9') < 0;
}
