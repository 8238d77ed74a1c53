using System;
using System.Collections.Generic;
using System.Linq;

namespace Tests.Corpora;

/// <summary>One case of a corpus file.</summary>
/// <param name="Name">What it shows.</param>
/// <param name="Facts">Words behind the name.</param>
/// <param name="Input">The bytes to parse.</param>
/// <param name="Outputs">The bytes expected, one for each "=>" line.</param>
public sealed record CorpusCase(string Name, string[] Facts, byte[] Input, IReadOnlyList<byte[]> Outputs)
{
    public bool Has(string fact) => Facts.Contains(fact);

    /// <summary>The text behind "key=", or null.</summary>
    public string? Value(string key) =>
        Facts.FirstOrDefault(fact => fact.StartsWith(key + "=", StringComparison.Ordinal))?[(key.Length + 1)..];

    public override string ToString() => Name;
}
