using System;
using Engine.Data.Tables;

namespace Engine.Runtime.Kernel.Simulated;

/// <summary>
/// The one source of chance in a simulation (splitmix64): the same seed gives the same run.
/// </summary>
public sealed class SimulatedRandom(ulong seed)
{
    private ulong state = seed;

    public ulong Next()
    {
        state += 0x9E37_79B9_7F4A_7C15;
        ulong mixed = state;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58_476D_1CE4_E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D0_49BB_1331_11EB;
        return mixed ^ (mixed >> 31);
    }

    /// <summary>A number from the first to the last, both included.</summary>
    public long Between(long first, long last)
    {
        Check.That(first <= last);
        return first + (long)(Next() % ((ulong)(last - first) + 1));
    }

    public int Between(int first, int last) => (int)Between((long)first, last);

    /// <summary>
    /// True so many times of a thousand. Draws nothing for 0, so that a fault switched off changes no run.
    /// </summary>
    public bool Chance(int perMille) => perMille > 0 && Next() % 1000 < (ulong)perMille;

    public void Fill(Span<byte> target)
    {
        for (int i = 0; i < target.Length; i++) target[i] = (byte)Next();
    }
}
