using Engine.Data.Samples;
using Engine.Data.Sticky;

namespace Engine.Systems.Sticky.Values;

/// <summary>Bytes counted so far, in whole kilobytes.</summary>
internal readonly struct ReadKilobytes<TDatum> : IStickOperation
    where TDatum : struct, IStickDatum
{
    public static bool Creates => false;

    public static bool Run(ref Evaluation scope, StickTable table, uint row, int index, ref Sample sample)
    {
        if (!ReadDatum<TDatum>.Run(ref scope, table, row, index, ref sample)) return false;
        sample.Integer = (long)((ulong)sample.Integer >> 10);
        return true;
    }
}
