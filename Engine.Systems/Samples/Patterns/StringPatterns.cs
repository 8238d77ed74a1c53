using System;
using System.Runtime.CompilerServices;
using Engine.Data.Registries;
using Engine.Data.Samples;
using Engine.Data.Tables;

namespace Engine.Systems.Samples.Patterns;

/// <summary><c>-m str</c>: the value is one of the texts.</summary>
internal sealed unsafe class StringPatterns : PatternSet
{
    private readonly ByteSet? exact;
    private readonly ByteSet? folded;

    private StringPatterns(PatternTexts texts)
    {
        if (texts.Exact.Count > 0) exact = new ByteSet(texts.Exact, ignoreCase: false);
        if (texts.Folded.Count > 0) folded = new ByteSet(texts.Folded, ignoreCase: true);
    }

    [ModuleInitializer]
    internal static void Register() => Words.Matches.Add(new("str", SampleType.String, "exact text", &Compile));

    public override bool Matches(ref Evaluation scope, in Sample sample)
    {
        ReadOnlySpan<byte> value = sample.Bytes.Span;
        return (exact is not null && exact.Contains(value)) || (folded is not null && folded.Contains(value));
    }

    private static PatternSet? Compile(ValueList<PatternText> patterns, out string error)
    {
        error = "";
        return new StringPatterns(new PatternTexts(patterns));
    }
}
