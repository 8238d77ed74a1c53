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

    [Fact]
    public void A_large_table_is_full_at_its_size_and_then_drops_old_entries()
    {
        StickTable table = Table(5000);
        for (uint key = 0; key < 5000; key++) Put(table, key, key);
        Assert.Equal(5000, table.Used);
        for (uint key = 0; key < 5000; key++) Assert.True(Has(table, key, 5000));
        for (uint key = 5000; key < 6000; key++) Assert.NotEqual(StickTable.None, Put(table, key, key));
        Assert.Equal(5000, table.Used);
        for (uint key = 5000; key < 6000; key++) Assert.True(Has(table, key, 6000)); // shards are about even: none of these is old
        int young = 0;
        for (uint key = 2500; key < 5000; key++) young += Has(table, key, 6000) ? 1 : 0;
        Assert.Equal(2500, young);
    }

    [Fact]
    public void A_large_table_makes_room_even_when_all_but_one_are_held()
    {
        StickTable table = Table(5000);
        uint last = 0;
        for (uint key = 0; key < 5000; key++) last = table.FindOrAdd(Key(key), 1, out _);
        Assert.Equal(StickTable.None, table.FindOrAdd(Key(9000), 2, out _));
        table.Release(last, touch: false, 2);
        uint row = table.FindOrAdd(Key(9001), 3, out bool isNew);
        Assert.True(isNew);
        Assert.Equal(last, row);
        Assert.Equal(5000, table.Used);
        Assert.False(Has(table, 4999, 3));
    }

    [Fact]
    public void Sweeps_are_bounded()
    {
        StickTable table = Table(8192, expireMs: 100);
        for (uint key = 0; key < 1000; key++) Put(table, key, 1);
        Assert.Equal(300, table.Sweep(200, 300));
        Assert.Equal(700, table.Used);
        Assert.Equal(700, table.Sweep(200, 10_000));
        Assert.Equal(0, table.Used);
    }

    [Fact]
    public void What_is_not_stored_is_not_counted()
    {
        StickTable table = Table(10, expireMs: 100);
        uint row = table.FindOrAdd(Key(1), 0, out _);
        table.Count(row, StickData.ErrorCount, StickData.ErrorRate, 5, 50);
        Assert.Equal(100u, table.LeftMs(row, 0)); // not even touched
        table.Count(row, StickData.ErrorCount, StickData.RequestRate, 5, 50);
        Assert.Equal(5u, table.Rate(row, StickData.RequestRate).Read(1000, 50));
        Assert.Equal(150u, table.LeftMs(row, 0));
        Assert.Equal(0u, table.Counter(row, StickData.Gpc0));
    }

    [Fact]
    public void Threads_count_every_event_once()
    {
        StickTable table = Table(8192);
        uint[] held = new uint[4];
        for (uint key = 0; key < 4; key++) held[key] = table.FindOrAdd(Key(key), 1, out _);
        RunThreads(4, seed =>
        {
            Random random = new(seed);
            for (int i = 0; i < 30_000; i++)
            {
                uint row = table.FindOrAdd(Key((uint)random.Next(4)), 1, out _);
                table.Count(row, StickData.Gpc0, StickData.RequestRate, 1, 1);
                table.Release(row, touch: true, 1);
                Put(table, 1000 + (uint)random.Next(20_000), 1);
            }
        });
        long events = 0;
        long rates = 0;
        foreach (uint row in held)
        {
            Assert.Equal(1, table.HoldersOf(row));
            events += table.Counter(row, StickData.Gpc0);
            rates += table.Rate(row, StickData.RequestRate).Read(1000, 1);
        }
        Assert.Equal((120_000, 120_000), (events, rates));
        Assert.Equal(8192, table.Used);
    }

    [Theory]
    [InlineData(64)]
    [InlineData(4200)]
    public void Threads_that_add_walk_remove_and_sweep_lose_no_row(int size)
    {
        StickTable table = Table((uint)size, expireMs: 3);
        int nowMs = 1;
        RunThreads(4, seed =>
        {
            Random random = new(seed);
            for (int i = 0; i < 20_000; i++)
            {
                uint now = (uint)(i % 50 == 0 ? Interlocked.Increment(ref nowMs) : Volatile.Read(ref nowMs));
                uint row;
                switch (random.Next(8))
                {
                    case 0:
                        row = 1 + (uint)random.Next(size);
                        if (table.TryHold(row, now)) table.TryRemove(row);
                        break;
                    case 1:
                        row = table.Find(Key((uint)random.Next(size * 2)), now);
                        if (row != StickTable.None) table.Release(row, touch: true, now);
                        break;
                    case 2:
                        table.Sweep(now, 5);
                        break;
                    default:
                        Put(table, (uint)random.Next(size * 2), now);
                        break;
                }
            }
        });
        HashSet<uint> seen = [];
        uint end = (uint)nowMs + 1000;
        int used = table.Used;
        Assert.Equal(used, table.Sweep(end, int.MaxValue));
        Assert.Equal(0, table.Used);
        for (uint key = 0; key < size; key++) // every row is free again, and each is given once
            Assert.True(seen.Add(table.FindOrAdd(Key(key), end, out _)));
        Assert.DoesNotContain(StickTable.None, seen);
        Assert.Equal(StickTable.None, table.FindOrAdd(Key((uint)size), end, out _));
    }

    private static void RunThreads(int count, Action<int> work)
    {
        Thread[] threads = new Thread[count];
        Exception? fault = null;
        for (int t = 0; t < count; t++)
        {
            int seed = t;
            threads[t] = new Thread(() =>
            {
                try
                {
                    work(seed);
                }
                catch (Exception exception)
                {
                    fault = exception;
                }
            });
        }
        foreach (Thread thread in threads) thread.Start();
        foreach (Thread thread in threads) thread.Join();
        Assert.Null(fault);
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
