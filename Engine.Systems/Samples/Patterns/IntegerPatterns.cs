using System.Runtime.CompilerServices;
using Engine.Data.Registries;
using Engine.Data.Samples;
using Engine.Data.Tables;

namespace Engine.Systems.Samples.Patterns;

/// <summary><c>-m int</c>: the value is one of the numbers or within one of the ranges.</summary>
internal sealed unsafe class IntegerPatterns(IntegerRanges ranges) : PatternSet
{
    [ModuleInitializer]
    internal static void Register() =>
        Words.Matches.Add(new("int", SampleType.Integer, "number or range", &Compile) { TakesOperators = true });

    public override bool Matches(ref Evaluation scope, in Sample sample) => ranges.Contains(sample.Integer);

    private static PatternSet? Compile(ValueList<PatternText> patterns, out string error) =>
        IntegerRanges.Parse(patterns, out error) is { } ranges ? new IntegerPatterns(ranges) : null;
}
