using Engine.Data.Messages;
using Engine.Data.Samples;
using Engine.Data.Tables;

namespace Engine.Systems.Samples.Patterns;

/// <summary>
/// What the ACL word <c>method</c> implies: known methods are compared by their number and with case, others by name.
/// There is no <c>-m</c> for it.
/// </summary>
internal sealed class MethodPatterns : PatternSet
{
    private readonly uint known;
    private readonly ByteSet exact;
    private readonly ByteSet folded;

    private MethodPatterns(ValueList<PatternText> patterns)
    {
        ValueList<ByteView> others = new();
        ValueList<ByteView> othersFolded = new();
        foreach (PatternText pattern in patterns)
        {
            ByteView name = ByteView.Literal(pattern.Text);
            Method method = MethodNames.Find(name.Span);
            if (method != Method.Other) known |= 1u << (int)method;
            else (pattern.IgnoreCase ? othersFolded : others).Add(name);
        }
        exact = new ByteSet(others, ignoreCase: false);
        folded = new ByteSet(othersFolded, ignoreCase: true);
    }

    public override bool Matches(ref Evaluation scope, in Sample sample)
    {
        if (sample.Integer != (long)Method.Other) return (known & (1u << (int)sample.Integer)) != 0;
        return exact.Contains(sample.Bytes.Span) || folded.Contains(sample.Bytes.Span);
    }

    public static PatternSet Compile(ValueList<PatternText> patterns) => new MethodPatterns(patterns);
}
