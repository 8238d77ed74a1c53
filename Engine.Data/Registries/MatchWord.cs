using System.Collections.Generic;
using Engine.Data.Configuration;
using Engine.Data.Samples;

namespace Engine.Data.Registries;

/// <summary>A match method: what may follow <c>-m</c> (manual section 7.1).</summary>
public sealed unsafe class MatchWord(
    string word,
    SampleType input,
    string usage,
    delegate*<Directive, IReadOnlyList<string>, bool, PatternSet?> compile) : Row(word, usage)
{
    /// <summary>Type the sample is cast to before it is matched.</summary>
    public SampleType Input { get; } = input;

    /// <summary>
    /// Compiles patterns (already read from the line or files; the flag says <c>-i</c>, without case). Null after an
    /// alert.
    /// </summary>
    public delegate*<Directive, IReadOnlyList<string>, bool, PatternSet?> Compile { get; } = compile;
}
