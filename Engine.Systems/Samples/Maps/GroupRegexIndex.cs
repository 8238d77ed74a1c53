using System;
using Engine.Data.Samples;
using Engine.Systems.Samples.Patterns;

namespace Engine.Systems.Samples.Maps;

/// <summary><c>map_regm</c>: as <see cref="RegexIndex"/>, and groups of the match go into the value.</summary>
internal sealed class GroupRegexIndex(GroupRegex[] expressions) : MapIndex
{
    public override int Find(ref Evaluation scope, in Sample sample)
    {
        Span<int> groups = stackalloc int[GroupRegex.GroupsMax * 2];
        return Find(in sample, groups);
    }

    public int Find(in Sample sample, Span<int> groups)
    {
        for (int i = 0; i < expressions.Length; i++)
        {
            if (expressions[i].TryMatch(sample.Bytes.Span, 0, groups)) return i;
        }
        return -1;
    }
}
