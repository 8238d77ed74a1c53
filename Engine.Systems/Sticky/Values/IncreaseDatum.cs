using Engine.Data.Samples;
using Engine.Data.Sticky;

namespace Engine.Systems.Sticky.Values;

/// <summary>Adds one to a counter and to its rate; the answer is the counter, 0 where only the rate is stored.</summary>
internal readonly struct IncreaseDatum<TCount, TRate> : IStickOperation
    where TCount : struct, IStickDatum
    where TRate : struct, IStickDatum
{
    public static bool Creates => true;

    public static bool Run(ref Evaluation scope, StickTable table, uint row, int index, ref Sample sample)
    {
        sample.SetInteger(Add(table, row, index, 1, scope.NowMs));
        return true;
    }

    /// <summary>Adds to whatever of the two is stored; answers the counter.</summary>
    public static uint Add(StickTable table, uint row, int index, uint amount, uint nowMs)
    {
        StickData count = TCount.Data;
        StickData rate = TRate.Data;
        int countIndex = index;
        int rateIndex = index;
        bool counts = table.Layout.TryResolve(ref count, ref countIndex);
        bool rates = table.Layout.TryResolve(ref rate, ref rateIndex);
        if (!counts && !rates) return 0;
        uint value = 0;
        table.Lock(row);
        if (rates) table.Rate(row, rate, rateIndex).Add(amount, table.Layout.PeriodOf(rate), nowMs);
        if (counts) value = table.Counter(row, count, countIndex) += amount;
        table.Unlock(row, touch: true, nowMs);
        return value;
    }
}
