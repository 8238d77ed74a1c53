using System.Runtime.CompilerServices;
using Engine.Data.Registries;
using Engine.Data.Samples;
using Engine.Data.Tables;

namespace Engine.Systems.Samples.Patterns;

/// <summary><c>-m beg</c>: the value begins with one of the texts.</summary>
internal sealed unsafe class BeginningPatterns : PatternSet
{
    private readonly SortedTexts<FromFront> exact;
    private readonly SortedTexts<FromFrontFolded> folded;

    private BeginningPatterns(PatternTexts texts)
    {
        exact = new SortedTexts<FromFront>(texts.Exact);
        folded = new SortedTexts<FromFrontFolded>(texts.Folded);
    }

    [ModuleInitializer]
    internal static void Register() => Words.Matches.Add(new("beg", SampleType.String, "beginning", &Compile));

    public override bool Matches(ref Evaluation scope, in Sample sample) =>
        (exact.Count > 0 && exact.Longest(sample.Bytes) >= 0)
        || (folded.Count > 0 && folded.Longest(sample.Bytes) >= 0);

    private static PatternSet? Compile(ValueList<PatternText> patterns, out string error)
    {
        error = "";
        return new BeginningPatterns(new PatternTexts(patterns));
    }
}
