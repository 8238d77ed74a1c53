using System;
using System.Collections.Generic;
using Engine.Data.Sticky;
using Xunit;

namespace Tests.Data.Sticky;

public sealed class StickLayoutTests
{
    private const int HeaderSize = 32;

    [Fact]
    public void Nothing_overlaps_and_all_is_aligned_whatever_is_stored()
    {
        Random random = new(1);
        for (int i = 0; i < 2000; i++)
        {
            StickLayout layout = new();
            foreach (StickDataRow row in StickDataRow.All)
                if (random.Next(2) == 0) layout.Store(row.Data, row.IsArray ? 1 + random.Next(StickDataRow.ArrayMax) : 1, 1000);
            int keyLength = 1 + random.Next(70);
            int key = layout.Place(keyLength);
            List<(int From, int To)> places = [(0, HeaderSize), (key, key + keyLength)];
            foreach (StickDataRow row in StickDataRow.All)
            {
                if (!layout.Has(row.Data)) continue;
                int at = layout.OffsetOf(row.Data);
                Assert.Equal(0, at % (row.Kind == StickDataKind.LongCounter ? 8 : 4));
                places.Add((at, at + (row.Size * layout.CountOf(row.Data))));
            }
            places.Sort();
            for (int p = 1; p < places.Count; p++) Assert.True(places[p - 1].To <= places[p].From, $"{i}: {places[p]}");
            Assert.InRange(places[^1].To, layout.EntrySize - 7, layout.EntrySize);
            Assert.Equal(0, layout.EntrySize % 8);
        }
    }

    [Fact]
    public void An_address_with_one_rate_takes_48_bytes()
    {
        StickLayout layout = new();
        layout.Store(StickData.RequestRate, 1, 10_000);
        layout.Place(4);
        Assert.Equal(48, layout.EntrySize);
    }

    [Theory]
    [InlineData(StickData.Gpc0, StickData.Gpc, 0)]
    [InlineData(StickData.Gpc1, StickData.Gpc, 1)]
    [InlineData(StickData.Gpc0Rate, StickData.GpcRate, 0)]
    [InlineData(StickData.Gpc1Rate, StickData.GpcRate, 1)]
    [InlineData(StickData.Gpt0, StickData.Gpt, 0)]
    public void Elements_of_arrays_stand_for_single_data(StickData asked, StickData array, int element)
    {
        StickLayout layout = new();
        StickData data = asked;
        int index = 0;
        Assert.False(layout.TryResolve(ref data, ref index));
        if (element > 0)
        {
            layout.Store(array, element, 1000); // one too few
            Assert.False(layout.TryResolve(ref data, ref index));
        }
        layout.Store(array, element + 1, 1000);
        Assert.True(layout.TryResolve(ref data, ref index));
        Assert.Equal((array, element), (data, index));
    }

    [Fact]
    public void Elements_beyond_an_array_are_not_there()
    {
        StickLayout layout = new();
        layout.Store(StickData.Gpc, 3, 0);
        StickData data = StickData.Gpc;
        int last = 2;
        int beyond = 3;
        Assert.True(layout.TryResolve(ref data, ref last));
        Assert.False(layout.TryResolve(ref data, ref beyond));
        Assert.False(layout.Has(StickData.GpcRate));
    }

    [Theory]
    [InlineData(StickData.BytesInCount, true)]
    [InlineData(StickData.BytesOutRate, true)]
    [InlineData(StickData.RequestCount, false)]
    public void Tables_know_whether_they_count_bytes(StickData data, bool counts)
    {
        StickLayout layout = new();
        layout.Store(data, 1, 1000);
        Assert.Equal(counts, layout.CountsBytes);
    }

    [Fact]
    public void Every_datum_is_found_by_its_word()
    {
        for (int i = 0; i < StickDataRow.All.Length; i++)
        {
            Assert.Equal(i, (int)StickDataRow.All[i].Data);
            Assert.True(StickDataRow.TryFind(StickDataRow.All[i].Name, out StickDataRow? row));
            Assert.Same(StickDataRow.All[i], row);
        }
        Assert.False(StickDataRow.TryFind("gpc2", out _));
    }
}
