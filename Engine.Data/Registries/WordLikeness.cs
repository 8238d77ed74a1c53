using System;

namespace Engine.Data.Registries;

/// <summary>
/// How unlike two words, or two lists of them, are: which letters and which neighbours of letters one has more often than
/// the other. Words that changed places count little so, and the reference measures likewise: hints are the same.
/// </summary>
public sealed class WordLikeness
{
    private const int Kinds = 29;
    private const int Digit = 27;
    private const int Other = 28;

    private readonly bool[] there = new bool[Kinds];
    private readonly int[] pairs = new int[Kinds * Kinds];

    /// <summary>Letters of all words.</summary>
    public int Length { get; private set; }

    /// <summary>Begins anew with one word.</summary>
    public WordLikeness Set(ReadOnlySpan<char> word)
    {
        Array.Clear(there);
        Array.Clear(pairs);
        Length = 0;
        Add(word);
        return this;
    }

    public void Add(ReadOnlySpan<char> word)
    {
        int before = Other;
        foreach (char letter in word)
        {
            int kind = KindOf(letter);
            there[kind] = true;
            pairs[(before * Kinds) + kind]++;
            before = kind;
        }
        pairs[(before * Kinds) + Other]++;
        Length += word.Length;
    }

    /// <summary>0: alike.</summary>
    public int Distance(WordLikeness other)
    {
        int distance = 0;
        for (int i = 0; i < Kinds; i++) distance += there[i] == other.there[i] ? 0 : 1;
        for (int i = 0; i < pairs.Length; i++) distance += Math.Abs(pairs[i] - other.pairs[i]);
        return distance;
    }

    private static int KindOf(char letter) =>
        char.IsAsciiLetter(letter) ? (letter | 0x20) - 'a' + 1 : char.IsAsciiDigit(letter) ? Digit : Other;
}
