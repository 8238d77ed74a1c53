using System.Runtime.CompilerServices;
using Engine.Data.Registries;
using Engine.Data.Samples;
using Engine.Data.Tables;

namespace Engine.Systems.Samples.Patterns;

/// <summary><c>-m reg</c>: one of the regular expressions matches somewhere in the value.</summary>
internal sealed unsafe class RegexPatterns(ByteRegex[] expressions) : PatternSet
{
    [ModuleInitializer]
    internal static void Register() =>
        Words.Matches.Add(new("reg", SampleType.String, "regular expression", &Compile));

    public override bool Matches(ref Evaluation scope, in Sample sample)
    {
        foreach (ByteRegex expression in expressions)
        {
            if (expression.Matches(scope.Thread, sample.Bytes.Span)) return true;
        }
        return false;
    }

    private static PatternSet? Compile(ValueList<PatternText> patterns, out string error)
    {
        error = "";
        ByteRegex[] expressions = new ByteRegex[patterns.Count];
        for (int i = 0; i < expressions.Length; i++)
        {
            if (ByteRegex.Compile(patterns[i].Text, patterns[i].IgnoreCase, out error) is not { } expression) return null;
            expressions[i] = expression;
        }
        return new RegexPatterns(expressions);
    }
}
