using System;
using System.Buffers.Binary;
using BenchmarkDotNet.Attributes;
using Engine.Data.Sticky;

namespace Benchmarks.Micro;

/// <summary>What a tracked request costs its stick table, by how many entries that has: keys come in no order.</summary>
[MemoryDiagnoser]
public class StickTableBenchmarks
{
    private StickTable table = null!;
    private readonly byte[] key = new byte[4];
    private uint step;
    private uint nowMs = 1;

    [Params(1_000, 1_000_000)]
    public int Entries { get; set; }

    [GlobalSetup]
    public void Prepare()
    {
        StickTableSettings settings = new()
        {
            Name = "t",
            Type = StickKeyType.Ipv4,
            KeyLength = 4,
            Size = (uint)Entries,
            ExpireMs = 3_600_000,
        };
        settings.Layout.Store(StickData.RequestRate, 1, 10_000);
        table = new StickTable(settings);
        for (uint i = 0; i < Entries; i++)
        {
            BinaryPrimitives.WriteUInt32BigEndian(key, i);
            table.Release(table.FindOrAdd(key, nowMs, out _), touch: true, nowMs);
        }
        if (settings.Layout.EntrySize + sizeof(uint) * 2 > 160) throw new InvalidOperationException("an entry is too large");
    }

    /// <summary>A request of some address: its entry is found and held, the request counted, the entry let go.</summary>
    [Benchmark]
    [AllocatesNothing]
    public uint TrackRequest()
    {
        step = (step * 1664525) + 1013904223;
        BinaryPrimitives.WriteUInt32BigEndian(key, (uint)(((ulong)step * (uint)Entries) >> 32));
        nowMs += step & 1;
        uint row = table.FindOrAdd(key, nowMs, out _);
        table.Count(row, StickData.RequestCount, StickData.RequestRate, 1, nowMs);
        table.Release(row, touch: true, nowMs);
        return row;
    }
}
