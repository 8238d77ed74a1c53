using System;
using System.Buffers.Binary;
using Engine.Data.Kernel;
using Engine.Data.Messages;
using Engine.Data.Samples;
using Engine.Data.Text;

namespace Engine.Systems.Samples;

/// <summary>
/// The implicit casts between sample types (manual sections 7.1 and 7.3.1). Texts that have to be made go to the
/// scratch area.
/// </summary>
public static class CastSample
{
    /// <summary>Whether a cast between declared types can ever succeed; None stands for any type.</summary>
    public static bool IsPossible(SampleType from, SampleType to)
    {
        if (from == to || from == SampleType.None || to == SampleType.None) return true;
        return to switch
        {
            SampleType.Boolean => from is SampleType.Integer or SampleType.Ipv4 or SampleType.String,
            SampleType.Integer => from is SampleType.Boolean or SampleType.Ipv4 or SampleType.String,
            SampleType.Address or SampleType.Ipv4 or SampleType.Ipv6 =>
                from is SampleType.Address or SampleType.Ipv4 or SampleType.Ipv6 or SampleType.Integer
                    or SampleType.String,
            SampleType.Method => from is SampleType.String or SampleType.Binary,
            _ => true,
        };
    }

    /// <summary>Casts in place. False: the value cannot be had as that type.</summary>
    public static bool Run(ref Evaluation scope, ref Sample sample, SampleType to)
    {
        if (sample.Type == to || to == SampleType.None) return true;
        switch (to)
        {
            case SampleType.Boolean:
                if (!ToInteger(ref sample)) return false;
                sample.SetBoolean(sample.Integer != 0);
                return true;
            case SampleType.Integer:
                return ToInteger(ref sample);
            case SampleType.Address:
                return ToAddress(ref sample);
            case SampleType.Ipv4:
                return ToAddress(ref sample) && (sample.Type == SampleType.Ipv4 || TryNarrow(ref sample));
            case SampleType.Ipv6:
                return ToAddress(ref sample) && (sample.Type == SampleType.Ipv6 || Widen(ref sample));
            case SampleType.String:
                return ToString(ref scope, ref sample);
            case SampleType.Binary:
                return ToBinary(ref scope, ref sample);
            case SampleType.Method:
                return ToMethod(ref sample);
            default:
                return false;
        }
    }

    /// <summary>An IPv4 address in one of the three IPv6 dresses (mapped, compatible, 6to4) becomes IPv4.</summary>
    public static bool TryNarrow(ref Sample sample)
    {
        ReadOnlySpan<byte> bytes = sample.Address;
        int from;
        if (bytes[..10].IndexOfAnyExcept((byte)0) < 0
            && BinaryPrimitives.ReadUInt16BigEndian(bytes[10..]) is 0 or 0xFFFF)
        {
            from = 12;
        }
        else if (bytes[0] == 0x20 && bytes[1] == 0x02)
        {
            from = 2;
        }
        else
        {
            return false;
        }
        uint narrow = BinaryPrimitives.ReadUInt32BigEndian(bytes[from..]);
        sample.Type = SampleType.Ipv4;
        sample.Address = default;
        BinaryPrimitives.WriteUInt32BigEndian(sample.Address, narrow);
        return true;
    }

    private static bool ToInteger(ref Sample sample)
    {
        switch (sample.Type)
        {
            case SampleType.Boolean:
            case SampleType.Integer:
                break;
            case SampleType.Ipv4:
                sample.Integer = BinaryPrimitives.ReadUInt32BigEndian(sample.Address);
                break;
            case SampleType.String:
                if (sample.Bytes.IsEmpty) return false;
                ReadNumber.Leading(sample.Bytes.Span, out sample.Integer);
                break;
            default:
                return false;
        }
        sample.Type = SampleType.Integer;
        return true;
    }

    private static bool ToAddress(ref Sample sample)
    {
        switch (sample.Type)
        {
            case SampleType.Ipv4:
            case SampleType.Ipv6:
                return true;
            case SampleType.Integer:
                sample.Address = default;
                BinaryPrimitives.WriteUInt32BigEndian(sample.Address, (uint)sample.Integer);
                sample.Type = SampleType.Ipv4;
                return true;
            case SampleType.String:
                return ParseAddress(ref sample);
            default:
                return false;
        }
    }

    private static bool ParseAddress(ref Sample sample)
    {
        ReadOnlySpan<byte> text = sample.Bytes.Span;
        AddressBytes address = default;
        int colon = text.IndexOf((byte)':');

        // A port behind an IPv4 address is overlooked, so that Host and Forwarded values can be cast.
        ReadOnlySpan<byte> head = colon > 0 ? text[..colon] : text;
        if (ReadAddress.TryIpv4(head, ref address))
        {
            sample.Address = address;
            sample.Type = SampleType.Ipv4;
            return true;
        }
        address = default;
        if (!ReadAddress.TryIpv6(text, ref address)) return false;
        sample.Address = address;
        sample.Type = SampleType.Ipv6;
        return true;
    }

    private static bool Widen(ref Sample sample)
    {
        uint narrow = BinaryPrimitives.ReadUInt32BigEndian(sample.Address);
        sample.Type = SampleType.Ipv6;
        sample.Address = default;
        sample.Address[10] = 0xFF;
        sample.Address[11] = 0xFF;
        BinaryPrimitives.WriteUInt32BigEndian(((Span<byte>)sample.Address)[12..], narrow);
        return true;
    }

    private static bool ToString(ref Evaluation scope, ref Sample sample)
    {
        Span<byte> free;
        switch (sample.Type)
        {
            case SampleType.Binary:
                // A string ends at the first zero byte.
                int end = sample.Bytes.Span.IndexOf((byte)0);
                if (end >= 0) sample.Bytes = sample.Bytes.Slice(0, end);
                break;
            case SampleType.Boolean:
            case SampleType.Integer:
                free = scope.Scratch.Free;
                if (free.Length < WriteNumber.DecimalMax + 1) return false;
                sample.Bytes = scope.Scratch.Commit(Signed(free, sample.Integer));
                break;
            case SampleType.Ipv4:
                free = scope.Scratch.Free;
                if (free.Length < WriteAddress.Ipv4Max) return false;
                sample.Bytes = scope.Scratch.Commit(WriteAddress.Ipv4(free, sample.Address));
                break;
            case SampleType.Ipv6:
                free = scope.Scratch.Free;
                if (free.Length < WriteAddress.Ipv6Max) return false;
                sample.Bytes = scope.Scratch.Commit(WriteAddress.Ipv6(free, sample.Address));
                break;
            case SampleType.Method:
                sample.Bytes = MethodNames.Of(sample);
                break;
            default:
                return false;
        }
        sample.Type = SampleType.String;
        return true;
    }

    private static bool ToBinary(ref Evaluation scope, ref Sample sample)
    {
        Span<byte> bytes = stackalloc byte[16];
        switch (sample.Type)
        {
            case SampleType.String:
                break;
            case SampleType.Method:
                sample.Bytes = MethodNames.Of(sample);
                break;
            case SampleType.Boolean:
            case SampleType.Integer:
                BinaryPrimitives.WriteInt64BigEndian(bytes, sample.Integer);
                if (!scope.Scratch.TryCopy(bytes[..8], out sample.Bytes)) return false;
                break;
            case SampleType.Ipv4:
                if (!scope.Scratch.TryCopy(((ReadOnlySpan<byte>)sample.Address)[..4], out sample.Bytes)) return false;
                break;
            case SampleType.Ipv6:
                if (!scope.Scratch.TryCopy(sample.Address, out sample.Bytes)) return false;
                break;
            default:
                return false;
        }
        sample.Type = SampleType.Binary;
        return true;
    }

    private static bool ToMethod(ref Sample sample)
    {
        if (sample.Type is not (SampleType.String or SampleType.Binary)) return false;
        sample.Integer = (long)MethodNames.Find(sample.Bytes.Span);
        sample.Type = SampleType.Method;
        return true;
    }

    /// <summary>A signed decimal number.</summary>
    internal static int Signed(Span<byte> destination, long value)
    {
        if (value >= 0) return WriteNumber.Decimal(destination, (ulong)value);
        destination[0] = (byte)'-';
        return 1 + WriteNumber.Decimal(destination[1..], 0UL - (ulong)value);
    }
}
