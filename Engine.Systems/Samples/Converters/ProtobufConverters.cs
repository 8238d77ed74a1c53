using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Globalization;
using System.Runtime.CompilerServices;
using Engine.Data.Messages;
using Engine.Data.Registries;
using Engine.Data.Samples;

namespace Engine.Systems.Samples.Converters;

/// <summary>Fields of Protocol Buffers messages, plain and in gRPC's frames (manual section 7.3.1).</summary>
internal static unsafe class ProtobufConverters
{
    private const int Varint = 0;
    private const int Fixed64 = 1;
    private const int Bytes = 2;
    private const int Fixed32 = 5;

    private enum Reading : byte
    {
        Raw = 0,
        Plain,
        ZigZag,
        Signed32,
        Single,
        Double,
    }

    private sealed class Path(uint[] fields)
    {
        public readonly uint[] Fields = fields;
        public int WireType = -1;
        public Reading Reading;
    }

    [ModuleInitializer]
    internal static void Register()
    {
        ArgumentSpec spec = new(1, ArgumentKind.ProtobufField, ArgumentKind.String);
        Words.Converters.Add(new("protobuf", spec, SampleType.Binary, SampleType.Binary, &OfMessage) { Prepare = &Prepare });
        Words.Converters.Add(new("ungrpc", spec, SampleType.Binary, SampleType.Binary, &OfFrames) { Prepare = &Prepare });
    }

    /// <summary>Whether a text is numbers with dots between them.</summary>
    internal static bool IsPath(string text) => Numbers(text) is not null;

    private static string? Prepare(ParsePlace place, Arguments arguments)
    {
        Path path = new(Numbers(arguments.Text(0).ToString())!);
        arguments.Prepared = path;
        if (!arguments.Has(1)) return null;
        string type = arguments.Text(1).ToString();
        (path.WireType, path.Reading) = type switch
        {
            "int32" or "int64" or "uint32" or "uint64" or "bool" or "enum" => (Varint, Reading.Plain),
            "sint32" or "sint64" => (Varint, Reading.ZigZag),
            "fixed64" or "sfixed64" => (Fixed64, Reading.Plain),
            "double" => (Fixed64, Reading.Double),
            "fixed32" => (Fixed32, Reading.Plain),
            "sfixed32" => (Fixed32, Reading.Signed32),
            "float" => (Fixed32, Reading.Single),
            _ => (-1, Reading.Raw),
        };
        return path.WireType < 0 ? $"Wrong protocol buffer type '{type}'" : null;
    }

    private static uint[]? Numbers(string text)
    {
        List<uint> numbers = [];
        foreach (string part in text.Split('.'))
        {
            if (!ulong.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out ulong number)) return null;
            numbers.Add((uint)Math.Min(number, uint.MaxValue)); // beyond 2^29 no field has such a number
        }
        return [.. numbers];
    }

    private static bool OfMessage(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        Find(Unsafe.As<Path>(arguments.Prepared!), sample.Bytes, ref sample);

    /// <summary>Each frame: a byte that says whether it is compressed, four of length, the message (gRPC over HTTP/2).</summary>
    private static bool OfFrames(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        const int header = 5;
        ByteView rest = sample.Bytes;
        while (rest.Length >= header)
        {
            uint length = BinaryPrimitives.ReadUInt32BigEndian(rest.Span[1..]);
            if (length > (uint)(rest.Length - header)) return false;
            if (Find(Unsafe.As<Path>(arguments.Prepared!), rest.Slice(header, (int)length), ref sample)) return true;
            int used = header + (int)length;
            rest = rest.Slice(used, rest.Length - used);
        }
        return false;
    }

    /// <summary>Goes down the path: each step the first field of its number, the last one of the wanted type.</summary>
    private static bool Find(Path path, ByteView message, ref Sample sample)
    {
        for (int depth = 0; depth < path.Fields.Length; depth++)
        {
            bool isLast = depth == path.Fields.Length - 1;
            if (!TryField(message, path.Fields[depth], out int wireType, out ByteView value)) return false;
            if (isLast) return Answer(path, wireType, value, ref sample);
            if (wireType != Bytes) return false;
            message = value;
        }
        return false;
    }

    private static bool TryField(ByteView message, uint wanted, out int wireType, out ByteView value)
    {
        ReadOnlySpan<byte> bytes = message.Span;
        int at = 0;
        wireType = 0;
        value = default;
        while (at < bytes.Length)
        {
            if (!TryVarint(bytes, ref at, out ulong key)) return false;
            wireType = (int)(key & 7);
            int from = at;
            switch (wireType)
            {
                case Varint:
                    if (!TryVarint(bytes, ref at, out _)) return false;
                    break;
                case Fixed64:
                    at += 8;
                    break;
                case Fixed32:
                    at += 4;
                    break;
                case Bytes:
                    if (!TryVarint(bytes, ref at, out ulong length) || length > (ulong)(bytes.Length - at)) return false;
                    from = at;
                    at += (int)length;
                    break;
                default:
                    return false;
            }
            if (at > bytes.Length) return false;
            if (key >> 3 != wanted) continue;
            value = message.Slice(from, at - from);
            return true;
        }
        return false;
    }

    private static bool Answer(Path path, int wireType, ByteView value, ref Sample sample)
    {
        if (path.WireType < 0)
        {
            sample.SetBinary(value);
            return true;
        }
        if (path.WireType != wireType) return false;
        int at = 0;
        ulong number = 0;
        if (wireType == Varint) TryVarint(value.Span, ref at, out number);
        else if (wireType == Fixed64) number = BinaryPrimitives.ReadUInt64LittleEndian(value.Span);
        else number = BinaryPrimitives.ReadUInt32LittleEndian(value.Span);
        sample.SetInteger(path.Reading switch
        {
            Reading.ZigZag => (long)(number >> 1) ^ -(long)(number & 1),
            Reading.Signed32 => (int)number,
            Reading.Single => (long)BitConverter.UInt32BitsToSingle((uint)number),
            Reading.Double => (long)BitConverter.UInt64BitsToDouble(number),
            _ => (long)number,
        });
        return true;
    }

    /// <summary>Seven bits a byte, the lowest first, ten bytes at most.</summary>
    private static bool TryVarint(ReadOnlySpan<byte> bytes, ref int at, out ulong value)
    {
        value = 0;
        for (int shift = 0; shift < 70; shift += 7)
        {
            if (at >= bytes.Length) return false;
            byte next = bytes[at++];
            value |= (ulong)(next & 0x7F) << shift;
            if ((next & 0x80) == 0) return true;
        }
        return false;
    }
}
