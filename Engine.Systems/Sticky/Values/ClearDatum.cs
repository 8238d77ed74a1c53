using Engine.Data.Samples;
using Engine.Data.Sticky;

namespace Engine.Systems.Sticky.Values;

/// <summary>Sets a counter to 0; the answer is what it was.</summary>
internal readonly struct ClearDatum<TDatum> : IStickOperation
    where TDatum : struct, IStickDatum
{
    public static bool Creates => false;

    public static bool Run(ref Evaluation scope, StickTable table, uint row, int index, ref Sample sample)
    {
        StickData data = TDatum.Data;
        if (!table.Layout.TryResolve(ref data, ref index)) return false;
        table.Lock(row);
        ref uint counter = ref table.Counter(row, data, index);
        sample.SetInteger(counter);
        counter = 0;
        table.Unlock(row, touch: true, scope.NowMs);
        return true;
    }
}
