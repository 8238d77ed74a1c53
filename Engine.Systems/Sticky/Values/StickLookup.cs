using System.Runtime.CompilerServices;
using Engine.Data.Messages;
using Engine.Data.Registries;
using Engine.Data.Samples;
using Engine.Data.Sticky;

namespace Engine.Systems.Sticky.Values;

/// <summary>
/// Converters that look a value up in a table (manual section 7.3.1): <c>in_table</c>, <c>table_expire</c>,
/// <c>table_idle</c>; and the fetches about the table itself, <c>table_avl</c> and <c>table_cnt</c>.
/// </summary>
internal static unsafe class StickLookup
{
    private const int SweepMost = 1000;

    [ModuleInitializer]
    internal static void Register()
    {
        ArgumentSpec table = new(1, ArgumentKind.Table);
        ArgumentSpec orElse = new(1, ArgumentKind.Table, ArgumentKind.Integer);
        Words.Converters.Add(new("in_table", table, SampleType.None, SampleType.Boolean, &IsIn));
        Words.Converters.Add(new("table_expire", orElse, SampleType.None, SampleType.Integer, &Expire));
        Words.Converters.Add(new("table_idle", orElse, SampleType.None, SampleType.Integer, &Idle));
        Words.Fetches.Add(new("table_avl", table, SampleType.Integer, SamplePlaces.Running, &Available));
        Words.Fetches.Add(new("table_cnt", table, SampleType.Integer, SamplePlaces.Running, &Count));
    }

    /// <summary>Runs an operation on the entry that has the sample as its key.</summary>
    public static bool Run<TOperation>(ref Evaluation scope, int number, int index, ref Sample sample)
        where TOperation : struct, IStickOperation
    {
        if (!TryKey(ref scope, number, ref sample, out StickTable table, out ByteView key)) return false;
        sample = default;
        return StickSource.OfKey<TOperation>(ref scope, table, key.Span, index, TOperation.Creates, ref sample);
    }

    private static bool TryKey(
        ref Evaluation scope, int number, ref Sample sample, out StickTable table, out ByteView key)
    {
        table = null!;
        key = default;
        if (scope.Shared is null) return false;
        table = scope.Shared.StickTables[number];
        return StickKey.TryMake(ref scope, table.Settings, ref sample, out key);
    }

    private static bool IsIn(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        if (!TryKey(ref scope, (int)arguments.Integer(0), ref sample, out StickTable table, out ByteView key)) return false;
        uint row = table.Find(key.Span, scope.NowMs);
        if (row != StickTable.None) table.Release(row, touch: false, scope.NowMs);
        sample = default;
        sample.SetBoolean(row != StickTable.None);
        return true;
    }

    private static bool Expire(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        Time(ref scope, arguments, ref sample, idle: false);

    private static bool Idle(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        Time(ref scope, arguments, ref sample, idle: true);

    private static bool Time(ref Evaluation scope, Arguments arguments, ref Sample sample, bool idle)
    {
        if (!TryKey(ref scope, (int)arguments.Integer(0), ref sample, out StickTable table, out ByteView key)) return false;
        sample = default;
        uint row = table.Find(key.Span, scope.NowMs);
        if (row == StickTable.None)
        {
            sample.SetInteger(arguments.Integer(1));
            return arguments.Has(1);
        }
        uint left = table.LeftMs(row, scope.NowMs);
        table.Release(row, touch: false, scope.NowMs);
        sample.SetInteger(idle && table.Settings.ExpireMs > 0 ? table.Settings.ExpireMs - left : left);
        return true;
    }

    private static bool Available(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        if (!Count(ref scope, arguments, ref sample)) return false;
        sample.Integer = scope.Shared!.StickTables[(int)arguments.Integer(0)].Settings.Size - sample.Integer;
        return true;
    }

    private static bool Count(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        if (scope.Shared is null) return false;
        StickTable table = scope.Shared.StickTables[(int)arguments.Integer(0)];
        table.Sweep(scope.NowMs, SweepMost);
        sample.SetInteger(table.Used);
        return true;
    }
}
