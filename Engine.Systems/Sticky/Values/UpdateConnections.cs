using Engine.Data.Samples;
using Engine.Data.Sticky;

namespace Engine.Systems.Sticky.Values;

/// <summary><c>src_updt_conn_cnt</c>: counts a connection where nothing tracks; the answer is their number.</summary>
internal readonly struct UpdateConnections : IStickOperation
{
    public static bool Creates => true;

    public static bool Run(ref Evaluation scope, StickTable table, uint row, int index, ref Sample sample)
    {
        if (!table.Layout.Has(StickData.ConnectionCount)) return false;
        table.Lock(row);
        sample.SetInteger(++table.Counter(row, StickData.ConnectionCount));
        table.Unlock(row, touch: true, scope.NowMs);
        return true;
    }
}
