using System;
using Engine.Data.Configuration;

namespace Engine.Runtime.Configuration;

/// <summary>Makes the groups of threads (manual section 3.1, <c>thread-groups</c>, <c>thread-group</c>).</summary>
internal static class GroupThreads
{
    /// <summary>Threads of a group at most, where nothing is said of how many groups there are.</summary>
    private const int UsualSize = 16;

    /// <summary>How many groups there are to be.</summary>
    private static int Wanted(Globals globals, int threads)
    {
        if (globals.GroupCount > 0) return globals.GroupCount;
        int size = SizeMax(globals);
        return Math.Min((threads + size - 1) / size, ThreadSet.GroupsMax);
    }

    private static int SizeMax(Globals globals) => globals.GroupSizeMax > 0 ? globals.GroupSizeMax : UsualSize;

    /// <summary>Lowers the number of threads to what the groups can hold; answers the number.</summary>
    public static int Limit(Globals globals, int threads, Diagnostics diagnostics)
    {
        if (globals.GroupCount > 0 && globals.GroupSizeMax > 0)
        {
            diagnostics.NoticeBare("max-threads-per-group is used to automatically calculate the optimal number of thread "
                + "groups. It is ignored when thread-groups is set.");
        }
        int max = Wanted(globals, threads) * ThreadSet.GroupSizeMax;
        if (threads <= max) return threads;
        diagnostics.HintBare($"nbthread too large or not set, found {threads} CPUs, limiting to {max} threads (maximum is "
            + $"{ThreadSet.GroupSizeMax} per thread group and {ThreadSet.GroupsMax} groups). Please set nbthreads and/or increase "
            + "thread-groups in the global section to silence this warning.");
        return globals.Threads = max;
    }

    /// <summary>Sets <see cref="Globals.Groups"/>; alerts where threads or groups are left over.</summary>
    public static void Run(Globals globals, int threads, Diagnostics diagnostics)
    {
        ThreadGroup[] groups = new ThreadGroup[Wanted(globals, threads)];
        bool[] taken = new bool[threads];
        for (int i = 0; i < globals.GroupRanges.Length; i++)
        {
            if (globals.GroupRanges[i] is not { Count: > 0 } range) continue;
            if (!Fits(globals, i, range, diagnostics)) return;
            for (int thread = range.First; thread < range.First + range.Count && thread < threads; thread++) taken[thread] = true;
            if (i < groups.Length) groups[i] = range;
        }
        // Counted by hand: every start would pay for the framework's generic code over these types (ValueList).
        int threadsLeft = 0;
        foreach (bool isTaken in taken) threadsLeft += isTaken ? 0 : 1;
        int groupsLeft = 0;
        foreach (ThreadGroup group in groups) groupsLeft += group.Count == 0 ? 1 : 0;
        if (groupsLeft > threadsLeft)
        {
            diagnostics.AlertBare($"More unassigned thread-groups ({groupsLeft}) than threads ({threadsLeft}). Please reduce "
                + "thread-groups");
            return;
        }
        threadsLeft -= Share(groups, taken, threadsLeft, groupsLeft);
        if (threadsLeft > 0)
        {
            diagnostics.AlertBare($"Remaining unassigned threads found ({threadsLeft}) because all groups are in use. Please "
                + "increase 'thread-groups', reduce 'nbthreads' or remove or extend 'thread-group' enumerations.");
            return;
        }
        for (int i = 0; i < groups.Length; i++)
        {
            if (!Cut(i, ref groups[i], threads, diagnostics)) return;
        }
        globals.Groups = groups;
    }

    private static bool Fits(Globals globals, int number, ThreadGroup range, Diagnostics diagnostics)
    {
        int max = globals.GroupCount > 0 ? ThreadSet.GroupSizeMax : SizeMax(globals);
        if (range.Count <= max) return true;
        // Counted from 0 here, as in the reference.
        diagnostics.AlertBare($"thread-group {number} assigned too many threads ({range.Count}, max={max})");
        return false;
    }

    /// <summary>Takes away from a range what is not there. False: nothing is.</summary>
    private static bool Cut(int number, ref ThreadGroup range, int threads, Diagnostics diagnostics)
    {
        string requested = $"{range.First + 1}-{range.First + range.Count}";
        if (range.First >= threads)
        {
            diagnostics.AlertBare($"Thread-group {number + 1} only references non-existing threads (max={threads}, "
                + $"requested {requested})");
            return false;
        }
        if (range.First + range.Count <= threads) return true;
        range = range with { Count = threads - range.First };
        diagnostics.WarnBare($"Reducing thread-group {number + 1} to {range.Count} threads (requested {requested}, using "
            + $"{range.First + 1}-{threads})");
        return true;
    }

    /// <summary>Gives each group that has none its share of the threads that are left; answers how many went.</summary>
    private static int Share(ThreadGroup[] groups, bool[] taken, int threads, int count)
    {
        if (count == 0) return 0;
        int more = threads % count; // as many groups have one more
        int given = 0;
        int at = 0;
        for (int i = 0; i < groups.Length; i++)
        {
            if (groups[i].Count > 0) continue;
            int size = threads / count + (more-- > 0 ? 1 : 0);
            while (at < taken.Length && taken[at]) at++;
            int first = at;
            while (at < taken.Length && !taken[at] && at - first < size) at++; // its threads follow one another
            groups[i] = new ThreadGroup(first, at - first);
            given += at - first;
        }
        return given;
    }
}
