using Engine.Data.Configuration;

namespace Engine.Data.Registries;

/// <summary>An algorithm that may follow <c>balance</c> (manual section 4.2).</summary>
public sealed unsafe class BalanceWord(string word, BalanceAlgorithm algorithm, string usage) : Row(word, usage)
{
    public readonly BalanceAlgorithm Algorithm = algorithm;

    /// <summary>Reads arguments behind the word, or in parentheses of the word itself; null: it takes none.</summary>
    public delegate*<Directive, void> Parse;
}
