using System;

namespace Engine.Data.Registries;

/// <summary>"Did you mean": the registered word most like an unknown one.</summary>
public static class Likeness
{
    /// <summary>The nearest word of a registry, or null when none is near enough.</summary>
    public static string? Nearest<TRow>(string word, Registry<TRow> registry)
        where TRow : Row
    {
        string? best = null;
        int bestDistance = int.MaxValue;
        foreach (TRow row in registry.Rows) Consider(word, row.Word, ref best, ref bestDistance);
        return best;
    }

    /// <summary>Takes a candidate when it is nearer than the best so far and near enough at all.</summary>
    public static void Consider(string word, string candidate, ref string? best, ref int bestDistance)
    {
        // A beginning that was cut short counts as one change, if it is long enough to tell.
        bool isCutShort = word.Length >= 4 && candidate.StartsWith(word, StringComparison.Ordinal);
        int distance = isCutShort ? 1 : Distance(word, candidate);
        int limit = Math.Max(1, Math.Max(word.Length, candidate.Length) / 3);
        if (distance > limit || distance >= bestDistance) return;
        best = candidate;
        bestDistance = distance;
    }

    /// <summary>Insertions, removals, changes and swaps of neighbours that turn one word into the other.</summary>
    public static int Distance(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        // Bounded: words of a configuration line can be as long as the line.
        if (left.Length > 64 || right.Length > 64) return left.SequenceEqual(right) ? 0 : int.MaxValue;
        Span<int> before = stackalloc int[65];
        Span<int> above = stackalloc int[65];
        Span<int> row = stackalloc int[65];
        for (int j = 0; j <= right.Length; j++) above[j] = j;
        for (int i = 1; i <= left.Length; i++)
        {
            row[0] = i;
            for (int j = 1; j <= right.Length; j++)
            {
                int change = above[j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1);
                int least = Math.Min(change, Math.Min(above[j], row[j - 1]) + 1);
                if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1])
                    least = Math.Min(least, before[j - 2] + 1);
                row[j] = least;
            }
            Span<int> free = before;
            before = above;
            above = row;
            row = free;
        }
        return above[right.Length];
    }
}
