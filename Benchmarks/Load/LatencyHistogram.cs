using System;
using System.Numerics;

namespace Benchmarks.Load;

/// <summary>
/// Counts of durations in nanoseconds, in buckets whose width grows with the value: each power of two is cut
/// in 128, so a percentile read from it is at most 0.8 % above the true one. Recording is a shift and an
/// increment.
/// </summary>
public sealed class LatencyHistogram
{
    private const int SplitBits = 7;
    private const int Split = 1 << SplitBits;

    // Values below Split have a bucket each; above, every power of two up to 2^42 ns (73 minutes) has Split
    // of them.
    private const int PowerMax = 42;
    private readonly long[] counts = new long[(PowerMax - SplitBits + 1) * Split];

    /// <summary>Number of recorded durations.</summary>
    public long Count { get; private set; }

    /// <summary>Largest recorded duration, exact; 0 when nothing was recorded.</summary>
    public long MaximumNs { get; private set; }

    /// <summary>Adds one duration; negative ones count as 0, those beyond 73 minutes as that.</summary>
    public void Record(long durationNs)
    {
        durationNs = Math.Max(durationNs, 0);
        counts[BucketOf(durationNs)]++;
        Count++;
        if (durationNs > MaximumNs) MaximumNs = durationNs;
    }

    public void Clear()
    {
        Array.Clear(counts);
        Count = 0;
        MaximumNs = 0;
    }

    /// <summary>
    /// The smallest duration that at least <paramref name="fraction"/> (0 to 1) of the recorded ones do not
    /// exceed, rounded up to its bucket's end and never above the maximum; 0 when nothing was recorded.
    /// </summary>
    public long PercentileNs(double fraction)
    {
        if (Count == 0) return 0;
        long rank = Math.Clamp((long)Math.Ceiling(fraction * Count), 1, Count);
        long seen = 0;
        for (int bucket = 0; bucket < counts.Length; bucket++)
        {
            seen += counts[bucket];
            if (seen >= rank) return Math.Min(LastOf(bucket), MaximumNs);
        }

        return MaximumNs;
    }

    private int BucketOf(long value)
    {
        if (value < Split) return (int)value;
        int power = BitOperations.Log2((ulong)value);
        if (power >= PowerMax) return counts.Length - 1;
        int shift = power - SplitBits;
        return ((shift + 1) * Split) + (int)((value >> shift) - Split);
    }

    private static long LastOf(int bucket)
    {
        if (bucket < Split) return bucket;
        int shift = (bucket / Split) - 1;
        long first = (long)(Split + (bucket % Split)) << shift;
        return first + (1L << shift) - 1;
    }
}
