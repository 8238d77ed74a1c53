using System;
using Engine.Data.Registries;
using Engine.Data.Tables;

namespace Engine.Data.Configuration;

/// <summary>
/// One line of the configuration while it is parsed: its words, a cursor over them, where it stands, and where its
/// messages go. Each char of a word is one byte of the file (Latin-1), whatever the file's encoding. One object
/// serves all lines: keep nothing of it but the strings.
/// </summary>
public sealed class Directive(ConfigurationDraft draft)
{
    private string[] words = [];

    public readonly ConfigurationDraft Draft = draft;

    public Diagnostics Diagnostics => Draft.Diagnostics;

    /// <summary>As given on the command line.</summary>
    public string File = "";

    /// <summary>From 1; the first line of one continued over several.</summary>
    public int Line;

    /// <summary>The section the line stands in.</summary>
    public SectionKinds Section;

    /// <summary>The section's opening word, for messages.</summary>
    public string SectionWord = "";

    /// <summary>The proxy or defaults section being read; null in other sections.</summary>
    public ProxyDraft? OpenProxy;

    /// <summary>The proxy or defaults section being read; there must be one.</summary>
    public ProxyDraft Proxy
    {
        get
        {
            Check.That(OpenProxy is not null);
            return OpenProxy;
        }
    }

    /// <summary>The line began with <c>no</c>, which is not among the words.</summary>
    public bool Negated;

    /// <summary>The line began with <c>default</c>, which is not among the words.</summary>
    public bool ToDefault;

    /// <summary>Number of words, the keyword included.</summary>
    public int Count;

    /// <summary>A word, the keyword being number 0; empty beyond the end.</summary>
    public string this[int number] => (uint)number < (uint)Count ? words[number] : "";

    /// <summary>Number of the word <see cref="Next"/> answers.</summary>
    public int Position;

    public bool AtEnd => Position >= Count;

    /// <summary>The next word without taking it; empty at the end.</summary>
    public string Peek() => this[Position];

    /// <summary>Takes a word; empty at the end, where the cursor stays.</summary>
    public string Next() => AtEnd ? "" : words[Position++];

    /// <summary>Takes the next word if it is this one.</summary>
    public bool TryTake(string word)
    {
        if (AtEnd || words[Position] != word) return false;
        Position++;
        return true;
    }

    /// <summary>The words from a number on, with one space between them.</summary>
    public string JoinFrom(int number) => number >= Count ? "" : string.Join(' ', words, number, Count - number);

    /// <summary>Loads the next line. The array is used, not copied, until the next call.</summary>
    public void Load(string[] lineWords, int count)
    {
        words = lineWords;
        Count = count;
        Position = Math.Min(1, count);
        Negated = false;
        ToDefault = false;
    }

    /// <summary>Drops the first word: a <c>no</c> or <c>default</c> that was understood.</summary>
    public void DropFirst()
    {
        Check.That(Count > 0);
        Array.Copy(words, 1, words, 0, Count - 1);
        Count--;
        Position = Math.Min(1, Count);
    }

    /// <summary>An error of this line: <c>parsing [file:line] : text</c>. Reading goes on with the next line.</summary>
    public void Alert(string text) => Diagnostics.Alert(Place() + text);

    /// <summary>The same in the shape some messages of the reference have: <c>parsing [file:line]: text</c>.</summary>
    public void AlertTight(string text) => Diagnostics.Alert($"parsing [{File}:{Line}]: {text}");

    /// <summary>Shown as an alert, but the line is taken.</summary>
    public void Complain(string text) => Diagnostics.Complain(Place() + text);

    public void Warn(string text) => Diagnostics.Warn(Place() + text);

    public void Notice(string text) => Diagnostics.Notice(Place() + text);

    /// <summary>Shown with <c>-dD</c> only.</summary>
    public void Hint(string text) => Diagnostics.Hint(Place() + text);

    /// <summary>Alerts when there are more words than the keyword and so many arguments. True: it did.</summary>
    public bool RefusesMoreThan(int argumentCount)
    {
        if (Count <= argumentCount + 1) return false;
        RefuseWord(words[0], this[argumentCount + 1]);
        return true;
    }

    /// <summary>Alerts about a word that should not be there.</summary>
    public void RefuseWord(string keyword, string word) =>
        Alert($"'{keyword}' cannot handle unexpected argument '{word}'.");

    /// <summary>The place as messages give it, with a following space.</summary>
    public string Place() => $"parsing [{File}:{Line}] : ";
}
