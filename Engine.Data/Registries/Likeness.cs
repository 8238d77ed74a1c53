using System;
using System.Collections.Generic;

namespace Engine.Data.Registries;

/// <summary>
/// "Did you mean": of the words offered the one most like an unknown one, the first of equals. Words are offered whether
/// they run or not, so that a hint is the reference's.
/// </summary>
public sealed class Likeness(string word)
{
    private readonly WordLikeness said = new WordLikeness().Set(word);
    private readonly WordLikeness meant = new();
    private readonly HashSet<string> offered = [];
    private string best = "";
    private int least = int.MaxValue;
    private int tolerance;

    /// <summary>The most alike, or null when even that one is too unlike.</summary>
    public string? Best =>
        word.Length > 0 && least <= tolerance * Math.Min(word.Length, best.Length) ? best : null;

    /// <summary>Offers a word. One that begins longer words may be a little less alike.</summary>
    public void Offer(string candidate, bool isPrefix = false)
    {
        if (!offered.Add(candidate)) return;
        int distance = said.Distance(meant.Set(candidate));
        if (distance >= least) return;
        least = distance;
        best = candidate;
        tolerance = isPrefix ? 3 : 2;
    }

    /// <summary>Offers the rows of a registry and the words of a class that do not run yet, by name.</summary>
    public void Offer<TRow>(Registry<TRow> registry, string wordClass)
        where TRow : Row
    {
        SortedDictionary<string, bool> words = new(StringComparer.Ordinal);
        foreach (TRow row in registry.Rows) words[row.Word] = row.MatchesPrefix;
        UnsupportedWords.AddTo(words, wordClass);
        foreach ((string candidate, bool isPrefix) in words) Offer(candidate, isPrefix);
    }

    /// <summary>The nearest word of a registry and of the class of words that do not run yet; null: none is near.</summary>
    public static string? Nearest<TRow>(string word, Registry<TRow> registry, string wordClass)
        where TRow : Row
    {
        Likeness likeness = new(word);
        likeness.Offer(registry, wordClass);
        return likeness.Best;
    }
}
