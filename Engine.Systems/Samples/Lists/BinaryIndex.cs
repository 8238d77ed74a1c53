using System.Text;
using Engine.Data.Patterns;
using Engine.Data.Samples;

namespace Engine.Systems.Samples.Lists;

/// <summary><c>bin</c>: the key is the value in hexadecimal.</summary>
internal sealed class BinaryIndex : PatternIndex
{
    private readonly EntryTable table = new(ignoreCase: false);

    public override PatternEntry? Find(ref Evaluation scope, in Sample sample) => table.Find(sample.Bytes.Span);

    public override bool TryPrepare(PatternEntry entry, out object? prepared, out string error)
    {
        prepared = HexText.Parse(Encoding.Latin1.GetString(entry.Key), out error);
        return prepared is not null;
    }

    public override void Add(PatternEntry entry, object? prepared) => table.Add((byte[])prepared!, entry);

    public override void Remove(PatternEntry entry)
    {
        if (TryPrepare(entry, out object? prepared, out _)) _ = table.Remove((byte[])prepared!, entry);
    }
}
