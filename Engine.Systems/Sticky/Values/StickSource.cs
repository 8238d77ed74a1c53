using Engine.Data.Kernel;
using Engine.Data.Messages;
using Engine.Data.Samples;
using Engine.Data.Sticky;

namespace Engine.Systems.Sticky.Values;

/// <summary>
/// The entry that a sample is about: one that the stream or its session tracks (<c>sc_</c>), that of the client's address
/// (<c>src_</c>) or that of a value (<c>table_</c>).
/// </summary>
internal static unsafe class StickSource
{
    /// <summary>What is tracked under a number: the stream's, or else its session's. False: nothing is.</summary>
    public static bool TryTracked(ref Evaluation scope, long number, out StickCounter tracked)
    {
        tracked = default;
        if (scope.SessionCounters == null || (ulong)number >= (ulong)scope.Configuration.StickCounters) return false;
        if (scope.StreamCounters != null) tracked = scope.StreamCounters[number];
        if (!tracked.IsSet) tracked = scope.SessionCounters[number];
        return tracked.IsSet;
    }

    /// <summary>Runs an operation on what is tracked, or on the entry of the same key in another table.</summary>
    /// <param name="scope">What is evaluated.</param>
    /// <param name="number">The number it is tracked under.</param>
    /// <param name="other">The other table's number, -1: none is named.</param>
    /// <param name="index">Element of an array, else 0.</param>
    /// <param name="sample">The answer; 0 where the other table has no such entry.</param>
    public static bool OfTracked<TOperation>(ref Evaluation scope, long number, int other, int index, ref Sample sample)
        where TOperation : struct, IStickOperation
    {
        if (!TryTracked(ref scope, number, out StickCounter tracked)) return false;
        StickTable table = scope.Shared!.StickTables[tracked.Table];
        if (other < 0 || other == tracked.Table)
            return TOperation.Run(ref scope, table, tracked.Row, index, ref sample);
        StickTable wanted = scope.Shared.StickTables[other];
        if (wanted.Settings.Type != table.Settings.Type) return false;
        return OfKey<TOperation>(ref scope, wanted, table.KeyOf(tracked.Row), index, creates: false, ref sample);
    }

    /// <summary>Runs an operation on the entry of the client's address.</summary>
    public static bool OfClient<TOperation>(ref Evaluation scope, int number, int index, ref Sample sample)
        where TOperation : struct, IStickOperation
    {
        if (scope.Shared is null || scope.Client == null) return false;
        StickTable table = scope.Shared.StickTables[number];
        Sample source = default;
        source.Type = scope.Client->Source.Family switch
        {
            AddressFamily.Inet => SampleType.Ipv4,
            AddressFamily.Inet6 => SampleType.Ipv6,
            _ => SampleType.None,
        };
        scope.Client->Source.AddressBytes.CopyTo(source.Address);
        int mark = scope.Scratch.Used;
        bool found = source.Type != SampleType.None && StickKey.TryMake(ref scope, table.Settings, ref source, out ByteView key)
            && OfKey<TOperation>(ref scope, table, key.Span, index, TOperation.Creates, ref sample);
        scope.Scratch.Rewind(mark);
        return found;
    }

    /// <summary>Runs an operation on the entry of a key; without one the answer is 0.</summary>
    public static bool OfKey<TOperation>(
        ref Evaluation scope, StickTable table, System.ReadOnlySpan<byte> key, int index, bool creates, ref Sample sample)
        where TOperation : struct, IStickOperation
    {
        uint row = creates ? table.FindOrAdd(key, scope.NowMs, out _) : table.Find(key, scope.NowMs);
        if (row == StickTable.None)
        {
            sample.SetInteger(0);
            return true;
        }
        bool stored = TOperation.Run(ref scope, table, row, index, ref sample);
        table.Release(row, touch: false, scope.NowMs);
        return stored;
    }
}
