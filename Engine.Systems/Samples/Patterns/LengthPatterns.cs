using System.Runtime.CompilerServices;
using Engine.Data.Registries;
using Engine.Data.Samples;
using Engine.Data.Tables;

namespace Engine.Systems.Samples.Patterns;

/// <summary><c>-m len</c>: the value has one of the lengths, in bytes.</summary>
internal sealed unsafe class LengthPatterns(IntegerRanges ranges) : PatternSet
{
    [ModuleInitializer]
    internal static void Register() =>
        Words.Matches.Add(new("len", SampleType.String, "length or range", &Compile) { TakesOperators = true });

    public override bool Matches(ref Evaluation scope, in Sample sample) => ranges.Contains(sample.Bytes.Length);

    private static PatternSet? Compile(ValueList<PatternText> patterns, out string error) =>
        IntegerRanges.Parse(patterns, out error) is { } ranges ? new LengthPatterns(ranges) : null;
}
