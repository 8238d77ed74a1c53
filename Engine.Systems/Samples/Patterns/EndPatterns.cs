using System.Runtime.CompilerServices;
using Engine.Data.Registries;
using Engine.Data.Samples;
using Engine.Data.Tables;

namespace Engine.Systems.Samples.Patterns;

/// <summary><c>-m end</c>: the value ends with one of the texts.</summary>
internal sealed unsafe class EndPatterns : PatternSet
{
    private readonly SortedTexts<FromBack> exact;
    private readonly SortedTexts<FromBackFolded> folded;

    private EndPatterns(PatternTexts texts)
    {
        exact = new SortedTexts<FromBack>(texts.Exact);
        folded = new SortedTexts<FromBackFolded>(texts.Folded);
    }

    [ModuleInitializer]
    internal static void Register() => Words.Matches.Add(new("end", SampleType.String, "end", &Compile));

    public override bool Matches(ref Evaluation scope, in Sample sample) =>
        (exact.Count > 0 && exact.Longest(sample.Bytes) >= 0)
        || (folded.Count > 0 && folded.Longest(sample.Bytes) >= 0);

    private static PatternSet? Compile(ValueList<PatternText> patterns, out string error)
    {
        error = "";
        return new EndPatterns(new PatternTexts(patterns));
    }
}
