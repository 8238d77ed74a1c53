using System;
using Engine.Data.Sticky;
using Engine.Data.Worlds;

namespace Engine.Systems.Sticky;

/// <summary>Begins and ends the tracking of entries by sessions and streams.</summary>
internal static unsafe class TrackEntry
{
    /// <summary>Has a place track an entry from now on: one connection more. A place that tracks keeps what it has.</summary>
    /// <param name="table">The table.</param>
    /// <param name="place">The place, not set.</param>
    /// <param name="key">The entry's key; the entry is made where there is none.</param>
    /// <param name="nowMs">Monotonic milliseconds, wrapping.</param>
    /// <returns>False: the table is full.</returns>
    public static bool Begin(StickTable table, StickCounter* place, ReadOnlySpan<byte> key, uint nowMs)
    {
        uint row = table.FindOrAdd(key, nowMs, out _);
        if (row == StickTable.None) return false;
        StickLayout layout = table.Layout;
        table.Lock(row);
        if (layout.Has(StickData.ConnectionsNow)) table.Counter(row, StickData.ConnectionsNow)++;
        if (layout.Has(StickData.ConnectionCount)) table.Counter(row, StickData.ConnectionCount)++;
        if (layout.Has(StickData.ConnectionRate))
            table.Rate(row, StickData.ConnectionRate).Add(1, layout.PeriodOf(StickData.ConnectionRate), nowMs);
        table.Unlock(row, touch: true, nowMs);
        place->Table = table.Settings.Number;
        place->Row = row;
        return true;
    }

    /// <summary>A stream is over.</summary>
    public static void EndStream(World world, uint row) => End(world, world.StreamCounters.Of(row));

    /// <summary>A connection is over.</summary>
    public static void EndSession(World world, uint client) => End(world, world.SessionCounters.Of(client));

    private static void End(World world, StickCounter* places)
    {
        if (places == null) return;
        for (int i = 0; i < world.StreamCounters.Each; i++)
        {
            StickCounter* place = places + i;
            if (!place->IsSet) continue;
            StickTable table = world.Shared.StickTables[place->Table];
            bool counts = table.Layout.Has(StickData.ConnectionsNow);
            if (counts)
            {
                table.Lock(place->Row);
                ref uint connections = ref table.Counter(place->Row, StickData.ConnectionsNow);
                if (connections > 0) connections--; // commands may have set it to anything
                table.Unlock(place->Row, touch: false, world.NowMs);
            }
            table.Release(place->Row, touch: counts, world.NowMs);
            place->Row = StickTable.None;
        }
    }
}
