using System;
using System.Runtime.InteropServices;
using Engine.Data.Kernel;
using Engine.Data.Messages;
using Engine.Data.Samples;
using Engine.Data.Sticky;
using Engine.Systems.Samples;

namespace Engine.Systems.Sticky;

/// <summary>Makes the key of an entry from a value, by the implicit casts (manual section 11.1, <c>type</c>).</summary>
internal static class StickKey
{
    /// <summary>The type that values become before they are keys.</summary>
    public static SampleType TypeOf(StickTableSettings table) =>
        table.Type switch
        {
            StickKeyType.Ipv4 => SampleType.Ipv4,
            StickKeyType.Ipv6 => SampleType.Ipv6,
            StickKeyType.Integer => SampleType.Integer,
            StickKeyType.String => SampleType.String,
            _ => SampleType.Binary,
        };

    /// <summary>Takes a value as the key of a table. False: it cannot be one.</summary>
    /// <param name="scope">Where the key may be made; it lives as long as the scratch of the scope is not rewound.</param>
    /// <param name="table">The table.</param>
    /// <param name="sample">The value, cast.</param>
    /// <param name="key">Its key.</param>
    public static bool TryMake(ref Evaluation scope, StickTableSettings table, ref Sample sample, out ByteView key)
    {
        key = default;
        if (!CastSample.Run(ref scope, ref sample, TypeOf(table))) return false;
        ReadOnlySpan<byte> address = sample.Address;
        switch (table.Type)
        {
            case StickKeyType.Ipv4:
                return TryKeep(ref scope, address[..4], out key);
            case StickKeyType.Ipv6:
                return TryKeep(ref scope, address[..16], out key);
            case StickKeyType.Integer:
                uint number = (uint)sample.Integer;
                return TryKeep(ref scope, MemoryMarshal.AsBytes(new ReadOnlySpan<uint>(ref number)), out key);
            case StickKeyType.String:
                key = sample.Bytes.Length > table.KeyLength ? sample.Bytes.Slice(0, table.KeyLength) : sample.Bytes;
                return true;
            default:
                if (sample.Bytes.Length < table.KeyLength) return TryPad(ref scope, table, sample.Bytes.Span, out key);
                key = sample.Bytes.Slice(0, table.KeyLength);
                return true;
        }
    }

    private static bool TryKeep(ref Evaluation scope, scoped ReadOnlySpan<byte> bytes, out ByteView key)
    {
        key = default;
        if (!bytes.TryCopyTo(scope.Scratch.Free)) return false;
        key = scope.Scratch.Commit(bytes.Length);
        return true;
    }

    private static bool TryPad(ref Evaluation scope, StickTableSettings table, ReadOnlySpan<byte> bytes, out ByteView key)
    {
        key = default;
        Span<byte> free = scope.Scratch.Free;
        if (free.Length < table.KeyLength) return false;
        bytes.CopyTo(free);
        free[bytes.Length..table.KeyLength].Clear();
        key = scope.Scratch.Commit(table.KeyLength);
        return true;
    }
}
