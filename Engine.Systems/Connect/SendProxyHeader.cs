using System;
using System.Buffers.Binary;
using Engine.Data.Buffers;
using Engine.Data.Configuration;
using Engine.Data.Connections;
using Engine.Data.Health;
using Engine.Data.Kernel;
using Engine.Data.Messages;
using Engine.Data.Samples;
using Engine.Data.Shared;
using Engine.Data.Streams;
using Engine.Data.Text;
using Engine.Data.Worlds;
using Engine.Systems.Connections;
using Engine.Systems.Evaluate;
using Engine.Systems.Health;
using Engine.Systems.Logs;
using Engine.Systems.Preambles;

namespace Engine.Systems.Connect;

/// <summary>
/// <c>send-proxy</c>: a new connection to a server begins with a header that tells whom it is made for (PROXY
/// protocol section 2). It serves no other client afterwards.
/// </summary>
public static unsafe class SendProxyHeader
{
    private const int TlvHead = 3;
    private const byte VersionAndProxy = 0x21;
    private const byte VersionAndLocal = 0x20;
    private const byte TcpOverIpv4 = 0x11;
    private const byte TcpOverIpv6 = 0x21;

    /// <summary>False when there is no buffer for it.</summary>
    public static bool Run(
        World world, uint row, ref Connection server, ref Stream stream, ProxyHeaderSettings settings)
    {
        BufferSlab slab = world.Buffers;
        BufferRef buffer = slab.Take(BufferClass.Small);
        if (buffer.IsNone) return false;
        Span<byte> space = new(slab.Address(buffer), BufferSlab.SmallSize);
        ref ClientFacts client = ref world.Client[stream.Client];
        int length = !settings.Version2
            ? WriteV1(space, client.Source, client.Destination)
            : WriteV2(world, ref stream, server.Stream, space, settings);
        slab.Segment(buffer).Start = 0;
        slab.Segment(buffer).End = length;
        server.Out.Append(slab, buffer);
        server.Flags |= ConnectionFlags.Private;
        ListConnection.ToSend(world, row, ref server);
        return true;
    }

    /// <summary>The header of a check's connection. False when there is no buffer for it.</summary>
    public static bool OfCheck(World world, int number, ref CheckRow check, uint row, ref Connection connection)
    {
        BufferSlab slab = world.Buffers;
        BufferRef buffer = slab.Take(BufferClass.Small);
        if (buffer.IsNone) return false;
        Span<byte> space = new(slab.Address(buffer), BufferSlab.SmallSize);
        ProxyHeaderSettings settings =
            world.Configuration.Servers[number / SharedWorld.ChecksPerServer].ProxyHeader;
        CheckStep step = RunCheck.Settings(world, number).Program.Steps[check.Step];
        int length;
        if (!settings.Version2)
        {
            SocketAddress target = CheckConnection.Target(world, number, ref check, step);
            length = WriteV1(space, world.ServerSource[row], target);
        }
        else
        {
            length = WriteV2Addresses(space, default, default);
            if (world.Configuration.Globals.NeverSendsLocal) space[12] = VersionAndProxy;
            CheckScope.Begin(world, number, ref check, null, out Evaluation scope);
            length = WriteTlvs(ref scope, settings, space, length);
        }
        slab.Segment(buffer).Start = 0;
        slab.Segment(buffer).End = length;
        connection.Out.Append(slab, buffer);
        ListConnection.ToSend(world, row, ref connection);
        return true;
    }

    /// <summary>The readable header; addresses that are not both of one IP version are unknown ones.</summary>
    public static int WriteV1(Span<byte> space, in SocketAddress source, in SocketAddress destination)
    {
        bool isIp = source.Family is AddressFamily.Inet or AddressFamily.Inet6;
        if (!isIp || source.Family != destination.Family)
        {
            "PROXY UNKNOWN\r\n"u8.CopyTo(space);
            return "PROXY UNKNOWN\r\n"u8.Length;
        }
        bool isV4 = source.Family == AddressFamily.Inet;
        int at = Put(space, isV4 ? "PROXY TCP4 "u8 : "PROXY TCP6 "u8);
        at += WriteIp(space[at..], source);
        at += Put(space[at..], " "u8);
        at += WriteIp(space[at..], destination);
        at += Put(space[at..], " "u8);
        at += LogText.Number(space[at..], source.Port);
        at += Put(space[at..], " "u8);
        at += LogText.Number(space[at..], destination.Port);
        return at + Put(space[at..], "\r\n"u8);
    }

    private static int WriteV2(
        World world, ref Stream stream, uint number, Span<byte> space, ProxyHeaderSettings settings)
    {
        ref ClientFacts client = ref world.Client[stream.Client];
        int at = WriteV2Addresses(space, client.Source, client.Destination);
        if (world.Configuration.Globals.NeverSendsLocal) space[12] = VersionAndProxy;
        bool mayTell = settings.Tlvs.Length > 0 || settings.UniqueId || settings.Tls != ProxyHeaderTls.None
            || world.Tls != null;
        if (!mayTell && !settings.Checksum) return at;
        BuildScope.Run(world, number, ref stream, out Evaluation scope);
        scope.Request = stream.Head;
        return WriteTlvs(ref scope, settings, space, at);
    }

    /// <summary>All that follows the addresses, in the reference's order. What does not fit is left out.</summary>
    private static int WriteTlvs(ref Evaluation scope, ProxyHeaderSettings settings, Span<byte> space, int at)
    {
        const int checksumSize = TlvHead + sizeof(uint);
        foreach (ProxyHeaderTlv tlv in settings.Tlvs)
        {
            int room = space.Length - at - TlvHead - checksumSize;
            if (room <= 0) break;
            int length = WriteLogLine.Run(ref scope, tlv.Format, space.Slice(at + TlvHead, room));
            WriteTlvHead(space[at..], tlv.Type, length);
            at += TlvHead + length;
        }
        int checksumAt = at + TlvHead;
        if (settings.Checksum)
        {
            WriteTlvHead(space[at..], ProxyTlvs.Crc32c, sizeof(uint));
            space.Slice(checksumAt, sizeof(uint)).Clear();
            at += checksumSize;
        }
        at = WriteTlsTlvs.Names(ref scope, settings.Tls, space, at);
        // The id of the first request: the header is sent once for all that follow on the connection.
        ByteView id = default;
        bool hasId = settings.UniqueId && scope.Stream != null && UniqueId.TryTake(ref scope, out id);
        if (hasId && id.Length <= space.Length - at - TlvHead)
        {
            WriteTlvHead(space[at..], ProxyTlvs.UniqueId, id.Length);
            id.Span.CopyTo(space[(at + TlvHead)..]);
            at += TlvHead + id.Length;
        }
        at = WriteTlsTlvs.Session(ref scope, settings.Tls, space, at);
        BinaryPrimitives.WriteUInt16BigEndian(space[14..], (ushort)(at - ParseProxyV2.HeadLength));
        if (!settings.Checksum) return at;
        uint crc = ParseProxyV2.Checksum(space[..at], checksumAt);
        BinaryPrimitives.WriteUInt32BigEndian(space[checksumAt..], crc);
        return at;
    }

    /// <summary>The fixed part and the addresses; without addresses it is the connection of the proxy itself.</summary>
    public static int WriteV2Addresses(Span<byte> space, in SocketAddress source, in SocketAddress destination)
    {
        ParseProxyV2.Signature.CopyTo(space);
        bool isIp = IsIp(source) && IsIp(destination);
        bool isV4 = isIp && source.Family == AddressFamily.Inet && destination.Family == AddressFamily.Inet;
        space[12] = isIp ? VersionAndProxy : VersionAndLocal;
        space[13] = !isIp ? (byte)0 : isV4 ? TcpOverIpv4 : TcpOverIpv6;
        int at = ParseProxyV2.HeadLength;
        if (isIp)
        {
            at += PutAddress(space[at..], source, isV4);
            at += PutAddress(space[at..], destination, isV4);
            BinaryPrimitives.WriteUInt16BigEndian(space[at..], source.Port);
            BinaryPrimitives.WriteUInt16BigEndian(space[(at + 2)..], destination.Port);
            at += 4;
        }
        BinaryPrimitives.WriteUInt16BigEndian(space[14..], (ushort)(at - ParseProxyV2.HeadLength));
        return at;
    }

    private static bool IsIp(in SocketAddress address) =>
        address.Family is AddressFamily.Inet or AddressFamily.Inet6;

    /// <summary>An IPv4 address beside an IPv6 one is written as a mapped one (RFC 4291 section 2.5.5.2).</summary>
    private static int PutAddress(Span<byte> space, in SocketAddress address, bool isV4)
    {
        ReadOnlySpan<byte> bytes = address.AddressBytes;
        int width = isV4 ? 4 : 16;
        Span<byte> place = space[..width];
        place.Clear();
        bytes.CopyTo(place[(width - bytes.Length)..]);
        if (bytes.Length < width) place.Slice(10, 2).Fill(0xFF);
        return width;
    }

    private static void WriteTlvHead(Span<byte> space, byte type, int length)
    {
        space[0] = type;
        BinaryPrimitives.WriteUInt16BigEndian(space[1..], (ushort)length);
    }

    private static int WriteIp(Span<byte> space, in SocketAddress address) =>
        address.Family == AddressFamily.Inet
            ? WriteAddress.Ipv4(space, address.AddressBytes)
            : WriteAddress.Ipv6(space, address.AddressBytes);

    private static int Put(Span<byte> space, ReadOnlySpan<byte> text)
    {
        text.CopyTo(space);
        return text.Length;
    }
}
