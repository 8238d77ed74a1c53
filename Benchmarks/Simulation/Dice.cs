using System;
using Engine.Runtime.Kernel.Simulated;

namespace Benchmarks.Simulation;

/// <summary>
/// The choices of a scenario, drawn from a seed. Forks go their own ways: what one script draws never moves another's
/// choices, so a change to one leaves the rest of a run as it was.
/// </summary>
internal sealed class Dice(ulong seed)
{
    private readonly SimulatedRandom random = new(seed);

    public Dice Fork() => new(random.Next());

    public ulong Next() => random.Next();

    /// <summary>A number from the first to the last, both included.</summary>
    public int Between(int first, int last) => random.Between(first, last);

    /// <summary>A time in nanoseconds, between two in milliseconds.</summary>
    public long Milliseconds(double least, double most) =>
        random.Between((long)(least * 1_000_000), (long)(most * 1_000_000));

    public bool Percent(int chance) => Between(0, 99) < chance;

    public T Of<T>(params ReadOnlySpan<T> choices) => choices[Between(0, choices.Length - 1)];

    /// <summary>A size that is small more often than large, and now and then 0 or one of the edges.</summary>
    public int Size(int most)
    {
        int size = Between(0, 9) switch
        {
            0 => 0,
            1 => 1,
            2 or 3 or 4 => Between(2, 200),
            5 or 6 => Between(200, 5_000),
            7 => Of(4095, 4096, 4097, 16383, 16384, 16385, 65536),
            8 => Between(5_000, 40_000),
            _ => Between(40_000, 400_000),
        };
        return Math.Min(size, most);
    }
}
