using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Threading;
using Engine.Data.Sticky;
using Xunit;

namespace Tests.Data.Sticky;

public sealed class StickTableTests
{
    private static StickTable Table(uint size, uint expireMs = 0, bool noPurge = false)
    {
        StickTableSettings settings = new()
        {
            Name = "t",
            Type = StickKeyType.Integer,
            KeyLength = 4,
            Size = size,
            ExpireMs = expireMs,
            NoPurge = noPurge,
        };
        settings.Layout.Store(StickData.Gpc0, 1, 0);
        settings.Layout.Store(StickData.BytesInCount, 1, 0);
        settings.Layout.Store(StickData.RequestRate, 1, 1000);
        return new StickTable(settings);
    }

    private static byte[] Key(uint number)
    {
        byte[] key = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(key, number);
        return key;
    }

    /// <summary>Makes an entry, touches it and lets it go.</summary>
    private static uint Put(StickTable table, uint key, uint nowMs, uint value = 0)
    {
        uint row = table.FindOrAdd(Key(key), nowMs, out _);
        if (row == StickTable.None) return row;
        table.Lock(row);
        table.Counter(row, StickData.Gpc0) = value;
        table.Unlock(row, touch: true, nowMs);
        table.Release(row, touch: false, nowMs);
        return row;
    }

    private static bool Has(StickTable table, uint key, uint nowMs)
    {
        uint row = table.Find(Key(key), nowMs);
        if (row != StickTable.None) table.Release(row, touch: false, nowMs);
        return row != StickTable.None;
    }

    [Fact]
    public void An_entry_is_found_by_its_key_with_what_was_stored()
    {
        StickTable table = Table(10);
        uint first = table.FindOrAdd(Key(7), 1, out bool isNew);
        Assert.True(isNew);
        table.Lock(first);
        table.Counter(first, StickData.Gpc0) = 5;
        table.LongCounter(first, StickData.BytesInCount) = 1UL << 40;
        table.Unlock(first, touch: true, 1);
        table.Release(first, touch: false, 1);
        uint again = table.FindOrAdd(Key(7), 2, out isNew);
        Assert.False(isNew);
        Assert.Equal(first, again);
        Assert.Equal(5u, table.Counter(again, StickData.Gpc0));
        Assert.Equal(1UL << 40, table.LongCounter(again, StickData.BytesInCount));
        Assert.Equal(Key(7), table.KeyOf(again));
        Assert.Equal(1, table.Used);
        Assert.Equal(StickTable.None, table.Find(Key(8), 2));
    }

    [Fact]
    public void A_full_table_drops_what_was_touched_longest_ago()
    {
        StickTable table = Table(3);
        for (uint key = 1; key <= 3; key++) Put(table, key, key);
        Put(table, 1, 10);
        Put(table, 4, 11);
        Assert.True(Has(table, 1, 12));
        Assert.False(Has(table, 2, 12));
        Assert.True(Has(table, 3, 12));
        Assert.True(Has(table, 4, 12));
        Assert.Equal(3, table.Used);
    }

    [Fact]
    public void A_full_table_that_may_not_drop_any_refuses()
    {
        StickTable table = Table(2, noPurge: true);
        Put(table, 1, 1);
        Put(table, 2, 1);
        Assert.Equal(StickTable.None, table.FindOrAdd(Key(3), 2, out bool isNew));
        Assert.False(isNew);
        Assert.True(Has(table, 1, 2));
    }

    [Fact]
    public void What_is_held_neither_expires_nor_makes_room()
    {
        StickTable table = Table(2, expireMs: 100);
        uint held = table.FindOrAdd(Key(1), 0, out _);
        Put(table, 2, 1);
        Put(table, 3, 2);
        Assert.True(Has(table, 1, 2));
        Assert.False(Has(table, 2, 2));
        Assert.Equal(1, table.Sweep(1000, 10));
        Assert.True(Has(table, 1, 1000));
        table.Release(held, touch: true, 1000);
        Assert.True(Has(table, 1, 1099));
        Assert.False(Has(table, 1, 1100));
        Assert.Equal(1, table.Sweep(1100, 10));
        Assert.Equal(0, table.Used);
    }

    [Fact]
    public void When_all_are_held_there_is_no_room()
    {
        StickTable table = Table(2);
        uint first = table.FindOrAdd(Key(1), 0, out _);
        uint second = table.FindOrAdd(Key(2), 0, out _);
        Assert.Equal(StickTable.None, table.FindOrAdd(Key(3), 0, out _));
        table.Release(first, touch: false, 0);
        Assert.NotEqual(StickTable.None, table.FindOrAdd(Key(3), 0, out _));
        Assert.False(table.TryRemove(HoldAgain(table, second)));
    }

    private static uint HoldAgain(StickTable table, uint row)
    {
        Assert.True(table.TryHold(row, 0));
        return row;
    }

    [Fact]
    public void An_expired_entry_is_a_new_one_when_it_comes_back()
    {
        StickTable table = Table(10, expireMs: 50);
        Put(table, 1, 0, value: 9);
        Assert.Equal(StickTable.None, table.Find(Key(1), 50));
        uint row = table.FindOrAdd(Key(1), 51, out bool isNew);
        Assert.True(isNew);
        Assert.Equal(0u, table.Counter(row, StickData.Gpc0));
        Assert.Equal(50u, table.LeftMs(row, 51));
        Assert.Equal(30u, table.LeftMs(row, 71));
    }

    [Fact]
    public void Time_may_wrap()
    {
        StickTable table = Table(10, expireMs: 100);
        uint late = uint.MaxValue - 10;
        Put(table, 1, late);
        Assert.True(Has(table, 1, late + 99));
        Assert.False(Has(table, 1, late + 100));
    }

    [Theory]
    [InlineData(20)]
    [InlineData(6000)]
    public void A_table_does_what_a_list_of_entries_by_age_does(int size)
    {
        StickTable table = Table((uint)size, expireMs: 5000);
        Dictionary<uint, (uint Value, uint DiesMs)> model = [];
        bool isExact = size <= 4096;
        Random random = new(size);
        uint nowMs = 1;
        for (int i = 0; i < 40_000; i++)
        {
            nowMs += 1 + (uint)random.Next(3);
            uint key = (uint)random.Next(size * 2);
            uint value = (uint)random.Next(1000);
            switch (random.Next(4))
            {
                case 0:
                    bool lives = model.TryGetValue(key, out (uint Value, uint DiesMs) entry) && entry.DiesMs > nowMs;
                    if (isExact || !lives) Assert.Equal(lives && isExact, Has(table, key, nowMs) && isExact);
                    break;
                case 1:
                    uint row = table.Find(Key(key), nowMs);
                    if (row == StickTable.None) break;
                    Assert.Equal(model[key].Value, table.Counter(row, StickData.Gpc0));
                    Assert.True(table.TryRemove(row));
                    model.Remove(key);
                    break;
                default:
                    Assert.NotEqual(StickTable.None, Put(table, key, nowMs, value));
                    model.Remove(key);
                    if (isExact) MakeRoom(model, size, nowMs);
                    model.Add(key, (value, nowMs + 5000));
                    break;
            }
            Assert.InRange(table.Used, 0, size);
        }
    }

    /// <summary>Drops what is dead, then, when there is no room, what was touched longest ago.</summary>
    private static void MakeRoom(Dictionary<uint, (uint Value, uint DiesMs)> model, int size, uint nowMs)
    {
        foreach ((uint key, (uint _, uint diesMs)) in new List<KeyValuePair<uint, (uint, uint)>>(model))
            if (diesMs <= nowMs) model.Remove(key);
        if (model.Count < size) return;
        (uint oldest, uint dies) = (0, uint.MaxValue);
        foreach ((uint key, (uint _, uint diesMs)) in model)
            if (diesMs < dies) (oldest, dies) = (key, diesMs);
        model.Remove(oldest);
    }

    [Fact]
    public void Threads_count_every_event_once()
    {
        StickTable table = Table(8192);
        Thread[] threads = new Thread[4];
        for (int t = 0; t < threads.Length; t++)
        {
            int seed = t;
            threads[t] = new Thread(() =>
            {
                Random random = new(seed);
                for (int i = 0; i < 30_000; i++)
                {
                    uint row = table.FindOrAdd(Key((uint)random.Next(64)), 1, out _);
                    table.Count(row, StickData.Gpc0, StickData.RequestRate, 1, 1);
                    table.Release(row, touch: true, 1);
                    Put(table, 1000 + (uint)random.Next(20_000), 1);
                }
            });
        }
        foreach (Thread thread in threads) thread.Start();
        foreach (Thread thread in threads) thread.Join();
        long events = 0;
        for (uint key = 0; key < 64; key++)
        {
            uint row = table.Find(Key(key), 1);
            if (row != StickTable.None) events += table.Counter(row, StickData.Gpc0);
        }
        Assert.InRange(events, 1, 120_000); // entries may have made room in between
        Assert.Equal(8192, table.Used);
    }

    [Fact]
    public void A_walk_sees_every_entry_once()
    {
        StickTable table = Table(100);
        for (uint key = 0; key < 50; key++) Put(table, key, 1);
        HashSet<uint> seen = [];
        for (uint row = 1; row <= table.RowsMax; row++)
        {
            if (!table.TryHold(row, 1)) continue;
            Assert.True(seen.Add(BinaryPrimitives.ReadUInt32LittleEndian(table.KeyOf(row))));
            if (seen.Count % 2 == 0) table.TryRemove(row);
            else table.Release(row, touch: false, 1);
        }
        Assert.Equal(50, seen.Count);
        Assert.Equal(25, table.Used);
    }
}
