using Engine.Data.Samples;

namespace Engine.Data.Patterns;

/// <summary>The patterns of an ACL expression as they stand in lists at this moment.</summary>
internal sealed class ListPatterns((PatternList List, int Use)[] parts) : PatternSet
{
    public override bool Matches(ref Evaluation scope, in Sample sample)
    {
        foreach ((PatternList list, int use) in parts)
        {
            PatternIndex?[] indexes = list.Live;
            if (use < indexes.Length && indexes[use]?.Find(ref scope, in sample) is not null) return true;
        }
        return false;
    }
}
