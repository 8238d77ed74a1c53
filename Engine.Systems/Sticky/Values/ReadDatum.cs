using Engine.Data.Samples;
using Engine.Data.Sticky;

namespace Engine.Systems.Sticky.Values;

/// <summary>A counter, a rate over its period, or one of an array.</summary>
internal readonly struct ReadDatum<TDatum> : IStickOperation
    where TDatum : struct, IStickDatum
{
    public static bool Creates => false;

    public static bool Run(ref Evaluation scope, StickTable table, uint row, int index, ref Sample sample)
    {
        StickData data = TDatum.Data;
        if (!table.Layout.TryResolve(ref data, ref index)) return false;
        table.Lock(row);
        long value = StickValue.Read(table, row, data, index, scope.NowMs);
        table.Unlock(row, touch: false, scope.NowMs);
        sample.SetInteger(value);
        return true;
    }
}
