using Engine.Data.Messages;
using Engine.Data.Samples;
using Engine.Data.Tables;

namespace Engine.Systems.Samples.Patterns;

/// <summary>The patterns of an ACL parted by whether they stood behind <c>-i</c>.</summary>
internal readonly ref struct PatternTexts
{
    public readonly ValueList<ByteView> Exact;
    public readonly ValueList<ByteView> Folded;

    public PatternTexts(ValueList<PatternText> patterns)
    {
        Exact = new();
        Folded = new();
        for (int i = 0; i < patterns.Count; i++)
        {
            (patterns[i].IgnoreCase ? Folded : Exact).Add(ByteView.Literal(patterns[i].Text));
        }
    }
}
