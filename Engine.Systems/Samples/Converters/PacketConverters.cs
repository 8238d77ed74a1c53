using System;
using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using Engine.Data.Registries;
using Engine.Data.Samples;

namespace Engine.Systems.Samples.Converters;

/// <summary>
/// Readers of frames and of IP packets, as <c>fc_saved_syn</c> gives them (manual section 7.3.1; RFC 791, RFC 8200,
/// IEEE 802.1Q). What is cut short has no value.
/// </summary>
internal static unsafe class PacketConverters
{
    [ModuleInitializer]
    internal static void Register()
    {
        Add("eth.data", SampleType.Binary, &FrameData);
        Add("eth.dst", SampleType.Binary, &FrameDestination);
        Add("eth.hdr", SampleType.Binary, &FrameHeader);
        Add("eth.proto", SampleType.Integer, &FrameProtocol);
        Add("eth.src", SampleType.Binary, &FrameSource);
        Add("eth.vlan", SampleType.Integer, &FrameVlan);
        Add("ip.data", SampleType.Binary, &PacketData);
        Add("ip.df", SampleType.Integer, &PacketWhole);
        Add("ip.dst", SampleType.Address, &PacketDestination);
        Add("ip.hdr", SampleType.Binary, &PacketHeader);
        Add("ip.proto", SampleType.Integer, &PacketProtocol);
        Add("ip.src", SampleType.Address, &PacketSource);
        Add("ip.tos", SampleType.Integer, &PacketService);
        Add("ip.ttl", SampleType.Integer, &PacketTimeToLive);
        Add("ip.ver", SampleType.Integer, &PacketVersion);
    }

    private static void Add(
        string word, SampleType output, delegate*<ref Evaluation, Arguments, ref Sample, bool> convert) =>
        Words.Converters.Add(new(word, ArgumentSpec.None, SampleType.Binary, output, convert));

    private static bool Slice(ref Sample sample, int from, int count)
    {
        sample.SetBinary(sample.Bytes.Slice(from, count));
        return true;
    }

    private static bool Number(ref Sample sample, long value)
    {
        sample.SetInteger(value);
        return true;
    }

    /// <summary>Bytes of the header with its VLAN tags; the place of the last tag, 0 for none. False: cut short.</summary>
    private static bool TryFrame(ReadOnlySpan<byte> frame, out int header, out int tag)
    {
        const int plain = 14;
        header = plain;
        tag = 0;
        while (frame.Length >= header)
        {
            if (BinaryPrimitives.ReadUInt16BigEndian(frame[(header - 2)..]) is not (0x8100 or 0x88A8)) return true;
            tag = header;
            header += 4;
        }
        return false;
    }

    private static bool FrameData(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        TryFrame(sample.Bytes.Span, out int header, out _)
        && Slice(ref sample, header, sample.Bytes.Length - header);

    private static bool FrameHeader(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        TryFrame(sample.Bytes.Span, out int header, out _) && Slice(ref sample, 0, header);

    private static bool FrameDestination(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        sample.Bytes.Length >= 6 && Slice(ref sample, 0, 6);

    private static bool FrameSource(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        sample.Bytes.Length >= 12 && Slice(ref sample, 6, 6);

    private static bool FrameProtocol(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        TryFrame(sample.Bytes.Span, out int header, out _)
        && Number(ref sample, BinaryPrimitives.ReadUInt16BigEndian(sample.Bytes.Span[(header - 2)..]));

    /// <summary>The low 12 bits of the last tag; without one there is no value.</summary>
    private static bool FrameVlan(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        TryFrame(sample.Bytes.Span, out _, out int tag) && tag != 0
        && Number(ref sample, BinaryPrimitives.ReadUInt16BigEndian(sample.Bytes.Span[tag..]) & 0xFFF);

    private static bool PacketData(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        IpPacket.TryRead(sample.Bytes.Span, out IpPacket packet)
        && Slice(ref sample, packet.HeaderLength, sample.Bytes.Length - packet.HeaderLength);

    private static bool PacketHeader(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        IpPacket.TryRead(sample.Bytes.Span, out IpPacket packet) && Slice(ref sample, 0, packet.HeaderLength);

    private static bool PacketProtocol(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        IpPacket.TryRead(sample.Bytes.Span, out IpPacket packet) && Number(ref sample, packet.Protocol);

    private static bool PacketWhole(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        IpPacket.TryRead(sample.Bytes.Span, out IpPacket packet) && Number(ref sample, packet.IsWhole ? 1 : 0);

    private static bool PacketService(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        IpPacket.TryRead(sample.Bytes.Span, out IpPacket packet) && Number(ref sample, packet.Service);

    private static bool PacketTimeToLive(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        IpPacket.TryRead(sample.Bytes.Span, out IpPacket packet) && Number(ref sample, packet.TimeToLive);

    private static bool PacketVersion(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        !sample.Bytes.IsEmpty && Number(ref sample, sample.Bytes.Span[0] >> 4);

    private static bool PacketSource(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        IpPacket.TryRead(sample.Bytes.Span, out IpPacket packet) && Address(ref sample, packet.Source);

    private static bool PacketDestination(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        IpPacket.TryRead(sample.Bytes.Span, out IpPacket packet) && Address(ref sample, packet.Destination);

    private static bool Address(ref Sample sample, ReadOnlySpan<byte> address)
    {
        sample.Address = default;
        address.CopyTo(sample.Address);
        sample.Type = address.Length == 4 ? SampleType.Ipv4 : SampleType.Ipv6;
        return true;
    }
}
