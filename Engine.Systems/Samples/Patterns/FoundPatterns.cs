using System.Runtime.CompilerServices;
using Engine.Data.Registries;
using Engine.Data.Samples;
using Engine.Data.Tables;

namespace Engine.Systems.Samples.Patterns;

/// <summary><c>-m found</c>: there is a value; patterns do not count.</summary>
internal sealed unsafe class FoundPatterns : PatternSet
{
    [ModuleInitializer]
    internal static void Register() =>
        Words.Matches.Add(new("found", SampleType.None, "any value", &Compile) { NeedsNoPattern = true });

    public override bool Matches(ref Evaluation scope, in Sample sample) => true;

    private static PatternSet? Compile(ValueList<PatternText> patterns, out string error)
    {
        error = "";
        return new FoundPatterns();
    }
}
