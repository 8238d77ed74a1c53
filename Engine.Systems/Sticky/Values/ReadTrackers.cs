using Engine.Data.Samples;
using Engine.Data.Sticky;

namespace Engine.Systems.Sticky.Values;

/// <summary>How many hold the entry at the moment, who asks included.</summary>
internal readonly struct ReadTrackers : IStickOperation
{
    public static bool Creates => false;

    public static bool Run(ref Evaluation scope, StickTable table, uint row, int index, ref Sample sample)
    {
        sample.SetInteger(table.HoldersOf(row));
        return true;
    }
}
