using Engine.Data.Samples;

namespace Engine.Systems.Samples.Maps;

/// <summary>The key is the value.</summary>
internal sealed class WholeIndex : MapIndex
{
    private readonly MapTable table;

    public WholeIndex(MapEntry[] entries)
    {
        table = new MapTable(entries.Length);
        for (int i = 0; i < entries.Length; i++) table.Add(entries[i].Key, i);
    }

    public override int Find(ref Evaluation scope, in Sample sample) => table.Find(sample.Bytes.Span);
}
