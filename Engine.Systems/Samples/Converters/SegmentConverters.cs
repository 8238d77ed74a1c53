using System;
using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using Engine.Data.Registries;
using Engine.Data.Samples;

namespace Engine.Systems.Samples.Converters;

/// <summary>Readers of TCP headers as <c>ip.data</c> gives them, and the fingerprint of a SYN (manual section 7.3.1).</summary>
internal static unsafe class SegmentConverters
{
    private const byte MaximumSegment = 2;
    private const byte WindowScale = 3;
    private const byte SelectiveAck = 4;
    private const byte Timestamp = 8;
    private const int OptionsMax = 40;

    [ModuleInitializer]
    internal static void Register()
    {
        Add("tcp.dst", &DestinationPort);
        Add("tcp.flags", &Flags);
        Add("tcp.options.mss", &SegmentSize);
        Add("tcp.options.sack", &HasSack);
        Add("tcp.options.tsopt", &HasTimestamp);
        Add("tcp.options.tsval", &TimestampValue);
        Add("tcp.options.wscale", &Scale);
        Add("tcp.options.wsopt", &HasScale);
        Add("tcp.seq", &Sequence);
        Add("tcp.src", &SourcePort);
        Add("tcp.win", &Window);
        Words.Converters.Add(new(
            "tcp.options_list", ArgumentSpec.None, SampleType.Binary, SampleType.Binary, &OptionKinds));
        Words.Converters.Add(new(
            "ip.fp", new ArgumentSpec(0, ArgumentKind.Integer), SampleType.Binary, SampleType.Binary, &Fingerprint));
    }

    private static void Add(string word, delegate*<ref Evaluation, Arguments, ref Sample, bool> convert) =>
        Words.Converters.Add(new(word, ArgumentSpec.None, SampleType.Binary, SampleType.Integer, convert));

    private static bool Number(ref Sample sample, long value)
    {
        sample.SetInteger(value);
        return true;
    }

    private static bool SourcePort(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        TcpSegment.TryRead(sample.Bytes.Span, out TcpSegment segment) && Number(ref sample, segment.SourcePort);

    private static bool DestinationPort(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        TcpSegment.TryRead(sample.Bytes.Span, out TcpSegment segment) && Number(ref sample, segment.DestinationPort);

    private static bool Sequence(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        TcpSegment.TryRead(sample.Bytes.Span, out TcpSegment segment) && Number(ref sample, segment.Sequence);

    private static bool Flags(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        TcpSegment.TryRead(sample.Bytes.Span, out TcpSegment segment) && Number(ref sample, segment.Flags);

    private static bool Window(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        TcpSegment.TryRead(sample.Bytes.Span, out TcpSegment segment) && Number(ref sample, segment.Window);

    private static bool SegmentSize(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        TcpSegment.TryRead(sample.Bytes.Span, out TcpSegment segment) && Number(ref sample, SegmentSizeOf(segment));

    private static bool Scale(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        TcpSegment.TryRead(sample.Bytes.Span, out TcpSegment segment)
        && Number(ref sample, segment.TryOption(WindowScale, 1, out ReadOnlySpan<byte> value) ? value[0] : 0);

    private static bool HasScale(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        Has(WindowScale, 1, ref sample);

    private static bool HasSack(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        Has(SelectiveAck, 0, ref sample);

    private static bool HasTimestamp(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        Has(Timestamp, 8, ref sample);

    private static bool Has(byte kind, int lengthMin, ref Sample sample) =>
        TcpSegment.TryRead(sample.Bytes.Span, out TcpSegment segment)
        && Number(ref sample, segment.TryOption(kind, lengthMin, out _) ? 1 : 0);

    private static bool TimestampValue(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        TcpSegment.TryRead(sample.Bytes.Span, out TcpSegment segment)
        && Number(
            ref sample,
            segment.TryOption(Timestamp, 8, out ReadOnlySpan<byte> value) ? BinaryPrimitives.ReadUInt32BigEndian(value) : 0);

    private static ushort SegmentSizeOf(in TcpSegment segment) =>
        segment.TryOption(MaximumSegment, 2, out ReadOnlySpan<byte> value)
            ? BinaryPrimitives.ReadUInt16BigEndian(value)
            : (ushort)0;

    private static bool OptionKinds(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        if (scope.Scratch.Free.Length < OptionsMax) return false;
        if (!TcpSegment.TryRead(sample.Bytes.Span, out TcpSegment segment)) return false;
        sample.SetBinary(scope.Scratch.Commit(segment.WriteKinds(scope.Scratch.Free[..OptionsMax])));
        return true;
    }

    /// <summary>Eight bytes that hosts behind one address differ in, laid out as the manual has it, and what is asked for more.</summary>
    private static bool Fingerprint(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        const int plain = 8;
        if (scope.Scratch.Free.Length < plain + 1 + OptionsMax + 16) return false;
        ReadOnlySpan<byte> bytes = sample.Bytes.Span;
        if (!IpPacket.TryRead(bytes, out IpPacket packet)) return false;
        if (!TcpSegment.TryRead(bytes[packet.HeaderLength..], out TcpSegment segment)) return false;
        Span<byte> print = scope.Scratch.Free;
        bool hasData = bytes.Length > packet.HeaderLength + segment.HeaderLength;
        int ttlClass = packet.TimeToLive switch { <= 32 => 0, <= 64 => 1, <= 128 => 2, _ => 3 };
        print[0] = packet.Service;
        print[1] = (byte)((packet.IsIpv6 ? 0x80 : 0) | (packet.IsWhole ? 0x40 : 0) | (ttlClass << 4)
            | (packet.HasOptions ? 8 : 0) | (hasData ? 4 : 0) | (segment.Flags >> 6 & 3));
        int scale = segment.TryOption(WindowScale, 1, out ReadOnlySpan<byte> value) ? value[0] + 1 : 0;
        print[2] = (byte)((segment.HeaderLength / 4 << 4) | Math.Min(scale, 15));
        BinaryPrimitives.WriteUInt16BigEndian(print[3..], segment.Window);
        BinaryPrimitives.WriteUInt16BigEndian(print[5..], SegmentSizeOf(segment));
        Span<byte> kinds = stackalloc byte[OptionsMax];
        kinds = kinds[..segment.WriteKinds(kinds)];
        print[7] = 0;
        foreach (byte kind in kinds)
        {
            if (kind is >= 2 and <= 8) print[7] |= (byte)(1 << (kind - 2));
            else if (kind > 8) print[7] |= 0x80;
        }
        int length = plain;
        long more = arguments.Integer(0);
        if ((more & 1) != 0) print[length++] = packet.TimeToLive;
        if ((more & 2) != 0)
        {
            kinds.CopyTo(print[length..]);
            length += kinds.Length;
        }
        if ((more & 4) != 0)
        {
            packet.Source.CopyTo(print[length..]);
            length += packet.Source.Length;
        }
        sample.SetBinary(scope.Scratch.Commit(length));
        return true;
    }
}
