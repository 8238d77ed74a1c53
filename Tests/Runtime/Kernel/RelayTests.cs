using System;
using Engine.Runtime.Kernel.Simulated;
using Xunit;
using Xunit.Abstractions;

namespace Tests.Runtime.Kernel;

/// <summary>A relay on every back end, and on simulated networks where everything goes wrong.</summary>
public sealed class RelayTests(ITestOutputHelper output)
{
    private const int FreshSeeds = 20;

    public static TheoryData<int> Seeds => [1, 2, 3, 4, 5];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void EpollRelays(int seed)
    {
        using EpollWorld world = new();
        RelayRun.Run(world, seed, clients: 60, bytesMax: 200_000, smallBuffers: 64, mayBreak: false);
    }

    [SkippableTheory]
    [MemberData(nameof(Seeds))]
    public void IoUringRelays(int seed)
    {
        using IoUringWorld world = new();
        RelayRun.Run(world, seed, clients: 60, bytesMax: 200_000, smallBuffers: 64, mayBreak: false);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void ACalmSimulationRelays(int seed)
    {
        using SimulatedWorld world = new(new SimulatedNetwork((ulong)seed));
        RelayRun.Run(world, seed, clients: 60, bytesMax: 200_000, smallBuffers: 64, mayBreak: false);
        // The listener stays.
        Assert.Equal(1, world.Network.OpenDescriptors);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void ByteByByte(int seed)
    {
        SimulatedFaults faults = new()
        {
            DeliveryBytesMax = 1,
            DelayMaxNanoseconds = 50_000,
            LatePerMille = 200,
        };
        using SimulatedWorld world = new(new SimulatedNetwork((ulong)seed, faults));
        RelayRun.Run(world, seed, clients: 10, bytesMax: 500, smallBuffers: 64, mayBreak: false);
    }

    [Fact]
    public void HarshNetworksBreakConnectionsAndNothingElse()
    {
        int first = Random.Shared.Next();
        int whole = 0;
        for (int i = 0; i < FreshSeeds; i++) whole += Harsh(i < 10 ? i : first + i, out _);
        Assert.InRange(whole, 1, (FreshSeeds * 40) - 1);
    }

    [Theory]
    [InlineData(7)]
    [InlineData(8)]
    public void ASeedReplaysItsRun(int seed)
    {
        int whole = Harsh(seed, out ulong first);
        Assert.Equal(whole, Harsh(seed, out ulong second));
        Assert.Equal(first, second);
        Harsh(seed + 100, out ulong other);
        Assert.NotEqual(first, other);
    }

    private int Harsh(int seed, out ulong fingerprint)
    {
        output.WriteLine($"seed {seed}");
        using SimulatedWorld world = new(new SimulatedNetwork((ulong)seed, SimulatedFaults.Harsh));
        int whole = RelayRun.Run(
            world, seed, clients: 40, bytesMax: 60_000, smallBuffers: 40, mayBreak: true);
        Assert.Equal(1, world.Network.OpenDescriptors);
        fingerprint = world.Network.Fingerprint;
        return whole;
    }
}
