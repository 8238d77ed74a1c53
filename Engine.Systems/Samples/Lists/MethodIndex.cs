using Engine.Data.Messages;
using Engine.Data.Patterns;
using Engine.Data.Samples;

namespace Engine.Systems.Samples.Lists;

/// <summary>What the ACL word <c>method</c> implies: known methods with case, others as <c>-i</c> says.</summary>
internal sealed class MethodIndex(bool ignoreCase) : PatternIndex
{
    private readonly EntryTable known = new(ignoreCase: false);
    private readonly EntryTable others = new(ignoreCase);

    public override PatternEntry? Find(ref Evaluation scope, in Sample sample) =>
        TableOf(sample.Integer != (long)Method.Other).Find(MethodNames.Of(in sample).Span);

    public override bool TryPrepare(PatternEntry entry, out object? prepared, out string error)
    {
        prepared = null;
        error = "";
        return true;
    }

    public override void Add(PatternEntry entry, object? prepared) => TableOf(IsKnown(entry)).Add(entry.Key, entry);

    public override void Remove(PatternEntry entry) =>
        _ = TableOf(IsKnown(entry)).Remove(entry.Key, entry);

    private EntryTable TableOf(bool isKnown) => isKnown ? known : others;

    private static bool IsKnown(PatternEntry entry) => MethodNames.Find(entry.Key) != Method.Other;
}
