using System;
using System.Collections.Generic;
using System.Threading;
using Engine.Data.Patterns;

namespace Engine.Systems.Samples.Lists;

/// <summary>
/// Ranges of numbers in layers that never change, each at least twice as large as the next: adding one merges the small
/// ones at the end, so that each range is moved as often as there are layers, and a look-up is a binary search in each.
/// </summary>
internal sealed class RangeLayers
{
    private Layer[] layers = [];

    public PatternEntry? Find(long value)
    {
        PatternEntry? best = null;
        foreach (Layer layer in Volatile.Read(ref layers))
        {
            PatternEntry? found = layer.Find(value);
            if (found is not null && (best is null || found.Number < best.Number)) best = found;
        }
        return best;
    }

    public void Add(long low, long high, PatternEntry entry)
    {
        List<(long Low, long High, PatternEntry Entry)> merged = [(low, high, entry)];
        int kept = layers.Length;
        while (kept > 0 && layers[kept - 1].Ranges.Count < merged.Count * 2)
            merged.InsertRange(0, layers[--kept].Ranges);
        Volatile.Write(ref layers, [.. layers.AsSpan(0, kept), new Layer(merged)]);
    }

    /// <summary>Its layer is built anew.</summary>
    public void Remove(PatternEntry entry)
    {
        List<Layer> rest = [];
        foreach (Layer layer in layers)
        {
            List<(long, long, PatternEntry)> others = layer.Ranges.FindAll(range => range.Entry != entry);
            if (others.Count == layer.Ranges.Count) rest.Add(layer);
            else if (others.Count > 0) rest.Add(new Layer(others));
        }
        Volatile.Write(ref layers, [.. rest]);
    }

    /// <summary>Cut into pieces that do not overlap, each with the first range that holds it.</summary>
    private sealed class Layer
    {
        private readonly long[] starts;
        private readonly PatternEntry?[] entries;

        public Layer(List<(long Low, long High, PatternEntry Entry)> ranges)
        {
            Ranges = ranges;
            SortedSet<long> borders = [];
            List<(long At, bool Opens, int Number)> events = [];
            for (int i = 0; i < ranges.Count; i++)
            {
                (long low, long high, _) = ranges[i];
                borders.Add(low);
                events.Add((low, true, i));
                if (high == long.MaxValue) continue;
                borders.Add(high + 1);
                events.Add((high + 1, false, i));
            }
            starts = [.. borders];
            entries = new PatternEntry?[starts.Length];

            // Sweep over the borders with the ranges that are open there, first of the list in front.
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
                entries[i] = open.Count == 0 ? null : ranges[open.Min].Entry;
            }
        }

        /// <summary>In order of the list.</summary>
        public List<(long Low, long High, PatternEntry Entry)> Ranges { get; }

        public PatternEntry? Find(long value)
        {
            int low = 0;
            int high = starts.Length;
            while (low < high)
            {
                int middle = (low + high) >>> 1;
                if (starts[middle] <= value) low = middle + 1;
                else high = middle;
            }
            return low == 0 ? null : entries[low - 1];
        }
    }
}
