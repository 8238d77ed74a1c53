using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using Engine.Data.Configuration;
using Engine.Data.Registries;

namespace Engine.Runtime.Configuration.Keywords;

/// <summary>Threads and where they run: <c>nbthread</c>, <c>cpu-map</c> (manual section 3.1).</summary>
internal static unsafe class ThreadWords
{
    private const int ThreadsMax = 1024;
    private const int CpusMax = 1024;

    // Threads of the one group there is; cpu-map numbers go no further.
    private const int GroupMax = 64;

    [ModuleInitializer]
    internal static void Register()
    {
        Words.Keywords.Add(new("cpu-map", SectionKinds.Global, "[auto:]<group>[/<threads>] <cpus> ...", &CpuMap));
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

    /// <summary>Threads of one group share what each group has of its own; here that is one group.</summary>
    private static void Groups(Directive line)
    {
        const int GroupsMax = 32;
        if (line.RefusesMoreThan(1) || ComesLate(line)) return;
        if (!ConfigurationUnits.TryInteger(line[1], out long number))
            line.Alert($"'thread-groups' passed a missing or unparsable integer value in '{line[1]}'");
        else if (number is < 1 or > GroupsMax)
            line.Alert($"'thread-groups' value must be between 1 and {GroupsMax} (was {number})");
        else if (number > 1) line.Alert("'thread-groups' above 1 is not supported yet.");
    }

    /// <summary>Says when the reference makes more groups of the threads it finds, which changes nothing to be seen.</summary>
    private static void GroupSize(Directive line)
    {
        if (line.RefusesMoreThan(1)) return;
        if (ConfigurationUnits.TryInteger(line[1], out long number) && number is >= 0 and <= GroupMax) return;
        line.Alert($"'{line[0]}' value must be an integer between 1 and {GroupMax},  got '{line[1]}'");
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
            if (!TryCpus(line, line.Next(), cpus)) return;
        }
        int threads = 0;
        foreach (bool chosen in threadSet) threads += chosen ? 1 : 0;
        if (isAutomatic && (slash < 0 || groups.IsEmpty || threads != cpus.Count))
        {
            line.Alert("cpu-map : TGROUP/THREAD range and CPU sets must have the same size to be automatically bound");
            return;
        }
        // There is one group; what is said of others has nothing to bind, as in the reference.
        if (groupSet[0]) Store(line.Draft.Globals, threadSet, cpus, isAutomatic);
    }

    private static void Store(Globals globals, bool[] threads, List<int> cpus, bool isAutomatic)
    {
        if (globals.CpuMap.Length == 0) globals.CpuMap = new int[GroupMax][];
        cpus.Sort();
        int[] all = [.. cpus];
        int next = 0;
        for (int i = 0; i < GroupMax; i++)
        {
            if (threads[i]) globals.CpuMap[i] = isAutomatic ? [all[next++]] : all;
        }
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

    private static bool TryCpus(Directive line, ReadOnlySpan<char> text, List<int> cpus)
    {
        foreach (Range range in text.Split(','))
        {
            ReadOnlySpan<char> part = text[range];
            // "4-" runs to the last one.
            bool isOpen = part.EndsWith("-");
            if (!TryRange(isOpen ? part[..^1] : part, out int low, out int high))
            {
                line.Alert($"cpu-map : '{text}' is not a CPU range.");
                return false;
            }
            if (isOpen) high = Math.Max(low, Environment.ProcessorCount - 1);
            if (low >= CpusMax || high >= CpusMax)
            {
                line.Alert($"cpu-map : supports CPU numbers from 0 to {CpusMax - 1}.");
                return false;
            }
            for (int cpu = low; cpu <= high; cpu++)
            {
                if (!cpus.Contains(cpu)) cpus.Add(cpu);
            }
        }
        return true;
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
