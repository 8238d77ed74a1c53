using System.Numerics;
using System.Threading;

namespace Engine.Data.Shared;

/// <summary>
/// Places of a list that are worth a look: a tree of bits, 64 wide, so that the next of 50,000 is found in three steps.
/// Threads add at any time; who looks, or takes a place out, holds <see cref="Lock"/>, so that nobody is told that there
/// is none while another takes one out and thinks better of it.
/// </summary>
public sealed class PlaceSet
{
    private const int BitsLog = 6;

    public ShortLock Lock;

    private readonly int count;

    /// <summary>Bits of the places, then for each level above a bit for each word below that is not 0.</summary>
    private readonly ulong[][] levels;

    /// <param name="count">Places; all are in it at first.</param>
    public PlaceSet(int count)
    {
        this.count = count;
        int depth = 1;
        for (int words = Words(count); words > 1; words = Words(words)) depth++;
        levels = new ulong[depth][];
        int bits = count;
        for (int level = 0; level < depth; level++)
        {
            levels[level] = new ulong[Words(bits)];
            for (int bit = 0; bit < bits; bit++) levels[level][bit >> BitsLog] |= 1UL << bit;
            bits = Words(bits);
        }
    }

    /// <summary>Puts a place in; of one that is in already nothing is written. Places of other lists are let pass.</summary>
    public void Add(int place)
    {
        if ((uint)place >= (uint)count) return;
        foreach (ulong[] level in levels)
        {
            ref ulong word = ref level[place >> BitsLog];
            ulong bit = 1UL << place;
            if ((Volatile.Read(ref word) & bit) == 0) Interlocked.Or(ref word, bit);
            place >>= BitsLog;
        }
    }

    /// <summary>Takes a place out; under the lock.</summary>
    public void Remove(int place)
    {
        for (int level = 0; level < levels.Length; level++)
        {
            ulong bit = 1UL << place;
            ref ulong word = ref levels[level][place >> BitsLog];
            Interlocked.And(ref word, ~bit);
            // One that was added below meanwhile has seen this bit, or sees that it is gone.
            if (level > 0 && Volatile.Read(ref levels[level - 1][place]) != 0) Interlocked.Or(ref word, bit);
            if (Volatile.Read(ref word) != 0) return;
            place >>= BitsLog;
        }
    }

    /// <summary>The first place from one on, -1 when there is none; under the lock.</summary>
    public int Next(int from)
    {
        int place = from;
        for (int level = 0; level < levels.Length;)
        {
            ulong[] words = levels[level];
            int at = place >> BitsLog;
            ulong word = at < words.Length ? Volatile.Read(ref words[at]) & (ulong.MaxValue << place) : 0;
            if (word == 0)
            {
                level++;
                place = at + 1;
                continue;
            }
            place = (at << BitsLog) + BitOperations.TrailingZeroCount(word);
            if (level == 0) return place;
            level--;
            place <<= BitsLog;
        }
        return -1;
    }

    private static int Words(int bits) => (bits + 63) >> BitsLog;
}
