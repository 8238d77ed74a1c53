using System.Text;
using Engine.Data.Patterns;
using Engine.Data.Samples;
using Engine.Systems.Samples.Patterns;

namespace Engine.Systems.Samples.Lists;

/// <summary><c>reg</c>: the key is a regular expression. They are tried in order.</summary>
internal sealed class RegexIndex(bool ignoreCase) : PatternIndex
{
    private readonly EntryRow<ByteRegex> row = new();

    public override PatternEntry? Find(ref Evaluation scope, in Sample sample)
    {
        foreach ((PatternEntry entry, ByteRegex expression) in row.Items)
            if (!entry.Gone && expression.Matches(scope.Thread, sample.Bytes.Span)) return entry;
        return null;
    }

    public override bool TryPrepare(PatternEntry entry, out object? prepared, out string error)
    {
        prepared = ByteRegex.Compile(Encoding.Latin1.GetString(entry.Key), ignoreCase, out error);
        return prepared is not null;
    }

    public override void Add(PatternEntry entry, object? prepared) => row.Add(entry, (ByteRegex)prepared!);

    public override void Remove(PatternEntry entry) => row.Removed();
}
