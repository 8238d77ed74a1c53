using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Engine.Data.Messages;
using Engine.Data.Registries;
using Engine.Data.Samples;
using Engine.Data.Sticky;

namespace Engine.Systems.Sticky.Values;

/// <summary><c>sc_tracked</c> and <c>sc_key</c>: whether something is tracked, and what (manual section 7.3.3).</summary>
internal static unsafe class TrackedFetches
{
    [ModuleInitializer]
    internal static void Register()
    {
        ArgumentSpec numbered = new(1, ArgumentKind.Integer, ArgumentKind.Table);
        ArgumentSpec optional = new(0, ArgumentKind.Table);
        Words.Fetches.Add(new("sc_tracked", numbered, SampleType.Boolean, SamplePlaces.Running, &OfNumber));
        Words.Fetches.Add(new("sc0_tracked", optional, SampleType.Boolean, SamplePlaces.Running, &OfFirst));
        Words.Fetches.Add(new("sc1_tracked", optional, SampleType.Boolean, SamplePlaces.Running, &OfSecond));
        Words.Fetches.Add(new("sc2_tracked", optional, SampleType.Boolean, SamplePlaces.Running, &OfThird));
        ArgumentSpec number = new(1, ArgumentKind.Integer);
        Words.Fetches.Add(new("sc_key", number, SampleType.None, SamplePlaces.Running, &KeyOfNumber));
        Words.Fetches.Add(new("sc0_key", ArgumentSpec.None, SampleType.None, SamplePlaces.Running, &KeyOfFirst));
        Words.Fetches.Add(new("sc1_key", ArgumentSpec.None, SampleType.None, SamplePlaces.Running, &KeyOfSecond));
        Words.Fetches.Add(new("sc2_key", ArgumentSpec.None, SampleType.None, SamplePlaces.Running, &KeyOfThird));
    }

    private static bool OfNumber(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        IsTracked(ref scope, arguments.Integer(0), (int)arguments.Integer(1, -1), ref sample);

    private static bool OfFirst(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        IsTracked(ref scope, 0, (int)arguments.Integer(0, -1), ref sample);

    private static bool OfSecond(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        IsTracked(ref scope, 1, (int)arguments.Integer(0, -1), ref sample);

    private static bool OfThird(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        IsTracked(ref scope, 2, (int)arguments.Integer(0, -1), ref sample);

    /// <summary>Another table is asked for the same key.</summary>
    private static bool IsTracked(ref Evaluation scope, long number, int other, ref Sample sample)
    {
        bool tracked = StickSource.TryTracked(ref scope, number, out StickCounter counter);
        if (tracked && other >= 0 && other != counter.Table)
        {
            StickTable table = scope.Shared!.StickTables[counter.Table];
            StickTable wanted = scope.Shared.StickTables[other];
            uint row = wanted.Settings.Type == table.Settings.Type
                ? wanted.Find(table.KeyOf(counter.Row), scope.NowMs)
                : StickTable.None;
            if (row != StickTable.None) wanted.Release(row, touch: false, scope.NowMs);
            tracked = row != StickTable.None;
        }
        sample.SetBoolean(tracked);
        return true;
    }

    private static bool KeyOfNumber(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        Key(ref scope, arguments.Integer(0), ref sample);

    private static bool KeyOfFirst(ref Evaluation scope, Arguments arguments, ref Sample sample) => Key(ref scope, 0, ref sample);

    private static bool KeyOfSecond(ref Evaluation scope, Arguments arguments, ref Sample sample) => Key(ref scope, 1, ref sample);

    private static bool KeyOfThird(ref Evaluation scope, Arguments arguments, ref Sample sample) => Key(ref scope, 2, ref sample);

    private static bool Key(ref Evaluation scope, long number, ref Sample sample)
    {
        if (!StickSource.TryTracked(ref scope, number, out StickCounter counter)) return false;
        StickTable table = scope.Shared!.StickTables[counter.Table];
        System.ReadOnlySpan<byte> key = table.KeyOf(counter.Row);
        switch (table.Settings.Type)
        {
            case StickKeyType.Integer:
                sample.SetInteger(MemoryMarshal.Read<uint>(key));
                return true;
            case StickKeyType.Ipv4 or StickKeyType.Ipv6:
                sample.Type = StickKey.TypeOf(table.Settings);
                sample.Address = default;
                key.CopyTo(sample.Address);
                return true;
            default:
                if (!key.TryCopyTo(scope.Scratch.Free)) return false;
                sample.Type = StickKey.TypeOf(table.Settings);
                sample.Bytes = scope.Scratch.Commit(key.Length);
                return true;
        }
    }
}
