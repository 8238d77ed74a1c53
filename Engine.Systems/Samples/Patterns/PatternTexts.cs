using System.Collections.Generic;
using Engine.Data.Messages;
using Engine.Data.Samples;

namespace Engine.Systems.Samples.Patterns;

/// <summary>The patterns of an ACL parted by whether they stood behind <c>-i</c>.</summary>
internal readonly ref struct PatternTexts
{
    public readonly List<ByteView> Exact;
    public readonly List<ByteView> Folded;

    public PatternTexts(IReadOnlyList<PatternText> patterns)
    {
        Exact = [];
        Folded = [];
        for (int i = 0; i < patterns.Count; i++)
        {
            (patterns[i].IgnoreCase ? Folded : Exact).Add(ByteView.Literal(patterns[i].Text));
        }
    }
}
