using System.Runtime.CompilerServices;
using Engine.Data.Registries;
using Engine.Data.Samples;
using Engine.Data.Tables;

namespace Engine.Systems.Samples.Patterns;

/// <summary><c>-m bool</c>: the value is true; patterns do not count.</summary>
internal sealed unsafe class BooleanPatterns : PatternSet
{
    [ModuleInitializer]
    internal static void Register() =>
        Words.Matches.Add(new("bool", SampleType.Boolean, "true", &Compile) { NeedsNoPattern = true });

    public override bool Matches(ref Evaluation scope, in Sample sample) => sample.Integer != 0;

    private static PatternSet? Compile(ValueList<PatternText> patterns, out string error)
    {
        error = "";
        return new BooleanPatterns();
    }
}
