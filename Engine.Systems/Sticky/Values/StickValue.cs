using Engine.Data.Sticky;

namespace Engine.Systems.Sticky.Values;

/// <summary>A datum as a number.</summary>
public static class StickValue
{
    /// <summary>Under the entry's lock. Rates of bytes are bytes again, whatever their counters' factor.</summary>
    public static long Read(StickTable table, uint row, StickData data, int index, uint nowMs) =>
        StickDataRow.All[(int)data].Kind switch
        {
            StickDataKind.LongCounter => (long)table.LongCounter(row, data),
            StickDataKind.Signed => (int)table.Counter(row, data, index),
            StickDataKind.Rate => table.Rate(row, data, index).Read(table.Layout.PeriodOf(data), nowMs) * Factor(table, data),
            _ => table.Counter(row, data, index),
        };

    private static long Factor(StickTable table, StickData data) =>
        data is StickData.BytesInRate or StickData.BytesOutRate ? table.Settings.BytesFactor : 1;
}
