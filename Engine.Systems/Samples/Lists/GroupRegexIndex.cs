using System;
using System.Text;
using Engine.Data.Patterns;
using Engine.Data.Samples;
using Engine.Systems.Samples.Patterns;

namespace Engine.Systems.Samples.Lists;

/// <summary><c>map_regm</c>: as <see cref="RegexIndex"/>, and groups of the match go into the value.</summary>
internal sealed class GroupRegexIndex : PatternIndex
{
    private readonly EntryRow<GroupRegex> row = new();

    public override PatternEntry? Find(ref Evaluation scope, in Sample sample)
    {
        Span<int> groups = stackalloc int[GroupRegex.GroupsMax * 2];
        return Find(in sample, groups);
    }

    public PatternEntry? Find(in Sample sample, Span<int> groups)
    {
        foreach ((PatternEntry entry, GroupRegex expression) in row.Items)
            if (!entry.Gone && expression.TryMatch(sample.Bytes.Span, 0, groups)) return entry;
        return null;
    }

    public override bool TryPrepare(PatternEntry entry, out object? prepared, out string error)
    {
        prepared = GroupRegex.Compile(Encoding.Latin1.GetString(entry.Key), ignoreCase: false, out error);
        return prepared is not null;
    }

    public override void Add(PatternEntry entry, object? prepared) => row.Add(entry, (GroupRegex)prepared!);

    public override void Remove(PatternEntry entry) => row.Removed();
}
