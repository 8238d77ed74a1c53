using System.Collections.Generic;
using Engine.Data.Samples;

namespace Engine.Systems.Samples.Maps;

/// <summary>
/// The key is a number or a range that holds the value; of several the first of the file counts. Cut into pieces that
/// do not overlap, so that one binary search finds it.
/// </summary>
internal sealed class IntegerIndex : MapIndex
{
    private readonly long[] starts;
    private readonly int[] numbers;

    public IntegerIndex((long Low, long High)[] ranges)
    {
        SortedSet<long> borders = [];
        foreach ((long low, long high) in ranges)
        {
            borders.Add(low);
            if (high < long.MaxValue) borders.Add(high + 1);
        }
        starts = [.. borders];
        numbers = new int[starts.Length];

        // Sweep over the borders with the numbers of the ranges that are open there, least first.
        List<(long At, bool Opens, int Number)> events = [];
        for (int i = 0; i < ranges.Length; i++)
        {
            events.Add((ranges[i].Low, true, i));
            if (ranges[i].High < long.MaxValue) events.Add((ranges[i].High + 1, false, i));
        }
        events.Sort(static (left, right) => left.At.CompareTo(right.At));
        SortedSet<int> open = [];
        int next = 0;
        for (int i = 0; i < starts.Length; i++)
        {
            for (; next < events.Count && events[next].At == starts[i]; next++)
            {
                if (events[next].Opens) open.Add(events[next].Number);
                else open.Remove(events[next].Number);
            }
            numbers[i] = open.Count == 0 ? -1 : open.Min;
        }
    }

    public override int Find(ref Evaluation scope, in Sample sample)
    {
        int low = 0;
        int high = starts.Length;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if (starts[middle] <= sample.Integer) low = middle + 1;
            else high = middle;
        }
        return low == 0 ? -1 : numbers[low - 1];
    }
}
