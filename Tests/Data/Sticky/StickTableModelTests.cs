using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using Engine.Data.Sticky;
using Xunit;

namespace Tests.Data.Sticky;

/// <summary>Random operations on tables and on <see cref="StickTableModel"/>: both answer the same.</summary>
public sealed class StickTableModelTests
{
    private const uint ExpireMs = 500;

    [Theory]
    [InlineData(1, false, 1)]
    [InlineData(20, false, 2)]
    [InlineData(20, true, 3)]
    [InlineData(200, false, 4)]
    public void A_small_table_knows_its_oldest_entry(int size, bool noPurge, int seed) =>
        Run(size, keys: size * 2, noPurge, seed, isOneShard: true);

    [Theory]
    [InlineData(4097, 5)]
    [InlineData(20_000, 6)]
    public void A_large_table_with_room_for_all_keeps_all(int size, int seed) =>
        Run(size, keys: 4096, noPurge: false, seed, isOneShard: false);

    private static void Run(int size, int keys, bool noPurge, int seed, bool isOneShard)
    {
        StickTableSettings settings = new() { Name = "t", Type = StickKeyType.Integer, KeyLength = 4, Size = (uint)size };
        settings.ExpireMs = ExpireMs;
        settings.NoPurge = noPurge;
        settings.Layout.Store(StickData.Gpc0, 1, 0);
        StickTable table = new(settings);
        StickTableModel model = new(size, ExpireMs, noPurge);
        List<(uint Key, uint Row)> held = [];
        Random random = new(seed);
        uint nowMs = uint.MaxValue / 2;
        for (int i = 0; i < 30_000; i++)
        {
            nowMs += (uint)random.Next(2);
            uint key = (uint)random.Next(keys);
            byte[] bytes = new byte[4];
            BinaryPrimitives.WriteUInt32LittleEndian(bytes, key);
            int action = random.Next(10);
            if (action == 9)
            {
                int swept = model.Sweep(nowMs);
                int sweptHere = table.Sweep(nowMs, int.MaxValue);
                if (isOneShard) Assert.Equal(swept, sweptHere);
                Assert.Equal(model.Used, table.Used);
                continue;
            }
            if (action == 8 && held.Count > 0)
            {
                int which = random.Next(held.Count);
                bool touch = random.Next(2) == 0;
                table.Release(held[which].Row, touch, nowMs);
                model.Release(held[which].Key, touch, nowMs);
                held.RemoveAt(which);
                continue;
            }
            if (action < 4)
            {
                uint row = table.Find(bytes, nowMs);
                Assert.Equal(model.Lives(key, nowMs), row != StickTable.None);
                if (row == StickTable.None) continue;
                Assert.Equal(model.ValueOf(key), table.Counter(row, StickData.Gpc0));
                Assert.Equal(bytes, table.KeyOf(row));
                if (action == 0) Assert.Equal(model.TryRemove(key), table.TryRemove(row));
                else table.Release(row, touch: false, nowMs);
                continue;
            }
            uint entry = table.FindOrAdd(bytes, nowMs, out bool isNew);
            Assert.Equal(model.TryAdd(key, nowMs, out bool isNewInModel), entry != StickTable.None);
            Assert.Equal(isNewInModel, isNew);
            if (entry != StickTable.None)
            {
                Assert.Equal(isNew ? 0 : model.ValueOf(key), table.Counter(entry, StickData.Gpc0));
                table.Lock(entry);
                table.Counter(entry, StickData.Gpc0) = (uint)i;
                table.Unlock(entry, touch: true, nowMs);
                model.Set(key, (uint)i, nowMs);
                if (held.Count < size && random.Next(4) == 0) held.Add((key, entry));
                else
                {
                    table.Release(entry, touch: false, nowMs);
                    model.Release(key, touch: false, nowMs);
                }
            }
            if (isOneShard) Assert.Equal(model.Used, table.Used);
        }
    }
}
