using Engine.Data.Tables;

namespace Engine.Data.Registries;

/// <summary>
/// One word of the language. A file registers its rows from a module initialiser; the same rows drive parsing,
/// <c>-dK</c>, "did you mean" and the documentation.
/// </summary>
public abstract class Row
{
    protected Row(string word, string usage)
    {
        Check.That(word.Length > 0);
        Word = word;
        Usage = usage;
    }

    /// <summary>As written in the file, case-sensitive.</summary>
    public readonly string Word;

    /// <summary>What follows the word, for documentation: <c>&lt;event&gt; &lt;delay&gt;</c>. Empty: nothing.</summary>
    public readonly string Usage;

    /// <summary>Also stands for every longer word that begins so, as <c>set-var(txn.a)</c>. Printed with a star.</summary>
    public bool MatchesPrefix;

    /// <summary>Whether two rows of the same word cannot both stand in one registry.</summary>
    public virtual bool ClashesWith(Row other) => true;
}
