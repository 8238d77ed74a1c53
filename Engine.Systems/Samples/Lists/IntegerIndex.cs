using System;
using System.Buffers.Binary;
using System.Text;
using Engine.Data.Patterns;
using Engine.Data.Samples;
using Engine.Systems.Samples.Patterns;

namespace Engine.Systems.Samples.Lists;

/// <summary>
/// <c>int</c>, <c>len</c>: the key is the number or a range that holds it; of several the first of the list counts.
/// Single numbers stand in a table, ranges in layers.
/// </summary>
internal sealed class IntegerIndex(bool ofLength) : PatternIndex
{
    private readonly EntryTable numbers = new(ignoreCase: false);
    private readonly RangeLayers ranges = new();

    public override PatternEntry? Find(ref Evaluation scope, in Sample sample)
    {
        long value = ofLength ? sample.Bytes.Length : sample.Integer;
        Span<byte> key = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(key, value);
        PatternEntry? single = numbers.Find(key);
        PatternEntry? range = ranges.Find(value);
        if (single is null || range is null) return single ?? range;
        return single.Number < range.Number ? single : range;
    }

    public override bool TryPrepare(PatternEntry entry, out object? prepared, out string error)
    {
        string text = Encoding.Latin1.GetString(entry.Key);
        error = "";
        prepared = null;
        if (!IntegerRanges.TryRange(text, out long low, out long high, out bool isRange))
        {
            error = isRange ? $"'{text}' is not a valid number range" : $"'{text}' is not a number";
            return false;
        }
        prepared = (low, high);
        return true;
    }

    public override void Add(PatternEntry entry, object? prepared)
    {
        (long low, long high) = ((long, long))prepared!;
        if (low == high) numbers.Add(KeyOf(low), entry);
        else ranges.Add(low, high, entry);
    }

    public override void Remove(PatternEntry entry)
    {
        if (!TryPrepare(entry, out object? prepared, out _)) return;
        (long low, long high) = ((long, long))prepared!;
        if (low == high) _ = numbers.Remove(KeyOf(low), entry);
        else ranges.Remove(entry);
    }

    private static byte[] KeyOf(long number)
    {
        byte[] key = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(key, number);
        return key;
    }
}
