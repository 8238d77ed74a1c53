using Engine.Data.Samples;
using Engine.Data.Tables;

namespace Engine.Data.Registries;

/// <summary>A match method: what may follow <c>-m</c> (manual section 7.1).</summary>
public sealed unsafe class MatchWord(
    string word,
    SampleType input,
    string usage,
    delegate*<ValueList<PatternText>, out string, PatternSet?> compile) : Row(word, usage)
{
    /// <summary>Type the sample is cast to before it is matched; None: none.</summary>
    public SampleType Input { get; } = input;

    /// <summary>Compiles patterns read from the line and from files; null with the reason when one is wrong.</summary>
    public delegate*<ValueList<PatternText>, out string, PatternSet?> Compile { get; } = compile;

    /// <summary>Matches without any pattern: their absence is no reason for a warning.</summary>
    public bool NeedsNoPattern { get; init; }

    /// <summary>Takes numbers, and so the operators <c>eq ge gt le lt</c>.</summary>
    public bool TakesOperators { get; init; }
}
