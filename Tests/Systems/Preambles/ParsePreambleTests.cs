using System;
using System.Collections.Generic;
using System.Net;
using System.Text;
using Engine.Data.Connections;
using Engine.Data.Kernel;
using Engine.Systems.Connect;
using Engine.Systems.Preambles;
using Xunit;
using SocketAddress = Engine.Data.Kernel.SocketAddress;

namespace Tests.Systems.Preambles;

/// <summary>PROXY v1 and v2 and NetScaler headers: whole, cut at every byte, and malformed (THREATS.md D8).</summary>
public sealed class ParsePreambleTests
{
    private const int LengthMax = 16384;
    private const uint Magic = 0x1234_5678;
    private const string Signature = "0d0a0d0a000d0a515549540a";
    private const string Ports = "045708ae";
    private const string V4 = "0102030405060708" + Ports;
    private const string V6 = "20010db800000000000000000000000120010db8000000000000000000000002" + Ports;
    private const string Tcp = Ports + "00000001000000025002006400000000";
    private const string Ip4 = "450000280000000040060000" + "0102030405060708";
    private const string Ip6 = "600000000014064020010db800000000000000000000000120010db8000000000000000000000002";

    /// <summary>Header, and <c>source destination</c>; nothing where the addresses of the connection stay.</summary>
    public static TheoryData<string, string> Valid => new()
    {
        { "PROXY TCP4 1.2.3.4 5.6.7.8 1111 2222\r\n", "1.2.3.4:1111 5.6.7.8:2222" },
        { "PROXY TCP4 0.0.0.0 255.255.255.255 0 65535\r\n", "0.0.0.0:0 255.255.255.255:65535" },
        { "PROXY TCP6 2001:db8::1 ::1 1 80\r\n", "[2001:db8::1]:1 [::1]:80" },
        { "PROXY UNKNOWN\r\n", "" },
        { "PROXY UNKNOWN ffff::1 ffff::2 65535 65535\r\n", "" },
        { "PROXY UNKNOWN " + new string('x', 91) + "\r\n", "" },
        { Hex($"{Signature}2111000c{V4}"), "1.2.3.4:1111 5.6.7.8:2222" },
        { Hex($"{Signature}21210024{V6}"), "[2001:db8::1]:1111 [2001:db8::2]:2222" },
        { Hex($"{Signature}20000000"), "" },
        { Hex($"{Signature}2011000c{V4}"), "" },
        { Hex($"{Signature}20000003ffffff"), "" },
        { Hex($"{Signature}21000000"), "" },
        { Hex($"{Signature}21000002abcd"), "" },
        { Hex($"{Signature}21110013{V4}04000401020304"), "1.2.3.4:1111 5.6.7.8:2222" },
        { Hex($"{Signature}2111000f{V4}020000"), "1.2.3.4:1111 5.6.7.8:2222" },
    };

    public static TheoryData<string, PreambleFault> Invalid => new()
    {
        { "GET / HTTP/1.1\r\n", PreambleFault.ProxyNoHeader },
        { "proxy TCP4 1.2.3.4 5.6.7.8 1 2\r\n", PreambleFault.ProxyNoHeader },
        { "PROXY\tTCP4 1.2.3.4 5.6.7.8 1 2\r\n", PreambleFault.ProxyNoHeader },
        { "PROXY UDP4 1.2.3.4 5.6.7.8 1 2\r\n", PreambleFault.ProxyBadProtocol },
        { "PROXY UNKNOWNX\r\n", PreambleFault.ProxyBadProtocol },
        { "PROXY \r\n", PreambleFault.ProxyBadProtocol },
        { "PROXY TCP4 1.2.3.4 5.6.7.8 1 2\n", PreambleFault.ProxyBadHeader },
        { "PROXY TCP4 1.2.3.4 5.6.7.8 1 2\rX", PreambleFault.ProxyBadHeader },
        { "PROXY TCP4  1.2.3.4 5.6.7.8 1 2\r\n", PreambleFault.ProxyBadHeader },
        { "PROXY TCP4 1.2.3.4 5.6.7.8 1 2 \r\n", PreambleFault.ProxyBadHeader },
        { "PROXY TCP4 1.2.3.4 5.6.7.8 1 2 3\r\n", PreambleFault.ProxyBadHeader },
        { "PROXY TCP4 1.2.3.4 5.6.7.8 1\r\n", PreambleFault.ProxyBadHeader },
        { "PROXY TCP4 1.2.3.4 5.6.7.8 1 65536\r\n", PreambleFault.ProxyBadHeader },
        { "PROXY TCP4 1.2.3.4 5.6.7.8 01 2\r\n", PreambleFault.ProxyBadHeader },
        { "PROXY TCP4 1.2.3.4 5.6.7.8 +1 2\r\n", PreambleFault.ProxyBadHeader },
        { "PROXY TCP4 1.2.3 5.6.7.8 1 2\r\n", PreambleFault.ProxyBadHeader },
        { "PROXY TCP4 01.2.3.4 5.6.7.8 1 2\r\n", PreambleFault.ProxyBadHeader },
        { "PROXY TCP4 1.2.3.256 5.6.7.8 1 2\r\n", PreambleFault.ProxyBadHeader },
        { "PROXY TCP4 ::1 ::1 1 2\r\n", PreambleFault.ProxyBadHeader },
        { "PROXY TCP6 1.2.3.4 5.6.7.8 1 2\r\n", PreambleFault.ProxyBadHeader },
        { "PROXY UNKNOWN " + new string('x', 92) + "\r\n", PreambleFault.ProxyBadHeader },
        { "\r\n\r\n\0\r\nQUIX\n", PreambleFault.ProxyNoHeader },
        { "\r\nGET / HTTP/1.1\r\n", PreambleFault.ProxyNoHeader },
        { Hex($"{Signature}1111000c{V4}"), PreambleFault.ProxyNoHeader },
        { Hex($"{Signature}3111000c{V4}"), PreambleFault.ProxyNoHeader },
        { Hex($"{Signature}2211000c{V4}"), PreambleFault.ProxyBadHeader },
        { Hex($"{Signature}2112000c{V4}"), PreambleFault.ProxyBadHeader },
        { Hex($"{Signature}2131000c{V4}"), PreambleFault.ProxyBadHeader },
        { Hex($"{Signature}2111000b{V4}"), PreambleFault.ProxyBadHeader },
        { Hex($"{Signature}2121000c{V4}"), PreambleFault.ProxyBadHeader },
        { Hex($"{Signature}2111000d{V4}02"), PreambleFault.ProxyBadHeader },
        { Hex($"{Signature}2111000f{V4}020001"), PreambleFault.ProxyBadHeader },
        { Hex($"{Signature}21110010{V4}02ffff61"), PreambleFault.ProxyBadHeader },
        { Hex($"{Signature}21110012{V4}030003000000"), PreambleFault.ProxyBadHeader },
        { Hex($"{Signature}21110013{V4}03000400000000"), PreambleFault.ProxyBadHeader },
        { Hex($"{Signature}2111{15 + 256:x4}{V4}020100{Filler(256)}"), PreambleFault.ProxyBadHeader },
        { Hex($"{Signature}2111{15 + 129:x4}{V4}050081{Filler(129)}"), PreambleFault.ProxyBadHeader },
        { Hex($"{Signature}2111{15 + 1025:x4}{V4}200401{Filler(1025)}"), PreambleFault.ProxyBadHeader },
        { Hex($"{Signature}2111ffff{V4}"), PreambleFault.ProxyTruncated },
    };

    public static TheoryData<string, string> ValidNetScaler => new()
    {
        { Hex($"12345678{40:x8}{Ip4}{Tcp}"), "1.2.3.4:1111 5.6.7.8:2222" },
        { Hex($"12345678{60:x8}{Ip6}{Tcp}"), "[2001:db8::1]:1111 [2001:db8::2]:2222" },
        { Hex($"12345678{52:x8}0001{40:x4}{Ip4}{Tcp}"), "1.2.3.4:1111 5.6.7.8:2222" },
        { Hex($"12345678ffffffff0001{60:x4}{Ip6}{Tcp}"), "[2001:db8::1]:1111 [2001:db8::2]:2222" },
        { Hex($"12345678{48:x8}{Ip4}{Tcp}0000000000000000"), "1.2.3.4:1111 5.6.7.8:2222" },
        { Hex($"12345678{44:x8}46{Ip4[2..]}00000000{Tcp}"), "1.2.3.4:1111 5.6.7.8:2222" },
    };

    public static TheoryData<string, PreambleFault> InvalidNetScaler => new()
    {
        { Hex($"12345679{40:x8}{Ip4}{Tcp}"), PreambleFault.NetScalerBadMagic },
        { Hex("41"), PreambleFault.NetScalerBadMagic },
        { Hex($"12345678{513:x8}{Ip4}{Tcp}"), PreambleFault.NetScalerTruncated },
        { Hex($"12345678ffffffff{Ip4}{Tcp}"), PreambleFault.NetScalerTruncated },
        { Hex($"12345678{0:x8}{Ip4}{Tcp}"), PreambleFault.NetScalerBadProtocol },
        { Hex($"12345678{39:x8}{Ip4}{Tcp}"), PreambleFault.NetScalerBadProtocol },
        { Hex($"12345678{40:x8}{Ip4.Replace("4006", "4011")}{Tcp}"), PreambleFault.NetScalerBadProtocol },
        { Hex($"12345678{40:x8}5{Ip4[1..]}{Tcp}"), PreambleFault.NetScalerBadProtocol },
        { Hex($"12345678{40:x8}42{Ip4[2..]}{Tcp}"), PreambleFault.NetScalerBadProtocol },
        { Hex($"12345678{40:x8}4f{Ip4[2..]}{Tcp}"), PreambleFault.NetScalerBadProtocol },
        { Hex($"12345678{52:x8}0001{0:x4}{Ip4}{Tcp}"), PreambleFault.NetScalerBadProtocol },
    };

    [Theory]
    [MemberData(nameof(Valid))]
    public void Proxy_headers_are_read_at_every_split(string header, string addresses) =>
        ReadAtEverySplit(header, addresses, Proxy);

    [Theory]
    [MemberData(nameof(ValidNetScaler))]
    public void NetScaler_headers_are_read_at_every_split(string header, string addresses) =>
        ReadAtEverySplit(header, addresses, NetScaler);

    [Theory]
    [MemberData(nameof(Invalid))]
    public void Malformed_proxy_headers_are_refused(string header, PreambleFault fault) =>
        RefuseAtEverySplit(header, fault, Proxy);

    [Theory]
    [MemberData(nameof(InvalidNetScaler))]
    public void Malformed_NetScaler_headers_are_refused(string header, PreambleFault fault) =>
        RefuseAtEverySplit(header, fault, NetScaler);

    [Fact]
    public void A_header_longer_than_a_buffer_is_refused_before_it_came()
    {
        byte[] head = Convert.FromHexString($"{Signature}2111{LengthMax - 15:x4}");
        PreambleText text = default;
        Assert.True(ParseProxyV2.TryRun(head, LengthMax, ref text, out PreambleFault fault));
        Assert.Equal(PreambleFault.ProxyTruncated, fault);
        head[15]--;
        Assert.False(ParseProxyV2.TryRun(head, LengthMax, ref text, out _));
    }

    [Theory]
    [InlineData("1.2.3.4:1111", "5.6.7.8:2222", "PROXY TCP4 1.2.3.4 5.6.7.8 1111 2222\r\n")]
    [InlineData("[2001:db8::1]:1", "[::1]:65535", "PROXY TCP6 2001:db8::1 ::1 1 65535\r\n")]
    [InlineData("1.2.3.4:1111", "[::1]:2", "PROXY UNKNOWN\r\n")]
    [InlineData("", "", "PROXY UNKNOWN\r\n")]
    public void Readable_headers_are_written(string source, string destination, string header)
    {
        Span<byte> space = stackalloc byte[ParseProxyV1.LengthMax];
        int length = SendProxyHeader.WriteV1(space, AddressOf(source), AddressOf(destination));
        Assert.Equal(header, Encoding.Latin1.GetString(space[..length]));
    }

    [Theory]
    [InlineData("1.2.3.4:1111", "5.6.7.8:2222", "2111000c" + V4)]
    [InlineData("[2001:db8::1]:1111", "[2001:db8::2]:2222", "21210024" + V6)]
    [InlineData(
        "1.2.3.4:1111", "[::1]:2222",
        "21210024" + "00000000000000000000ffff01020304" + "00000000000000000000000000000001" + Ports)]
    [InlineData("", "", "20000000")]
    public void Binary_headers_are_written(string source, string destination, string header)
    {
        Span<byte> space = stackalloc byte[64];
        int length = SendProxyHeader.WriteV2Addresses(space, AddressOf(source), AddressOf(destination));
        Assert.Equal(Signature + header, Convert.ToHexStringLower(space[..length]));
    }

    [Fact]
    public void The_checksum_is_that_of_the_reference()
    {
        byte[] header = Convert.FromHexString(
            "0d0a0d0a000d0a515549540a211100257f0000017f000001b79c470f"
            + "20000b3132372e302e302e312d78ee000179030004ce934d31");
        Assert.Equal(0xce934d31, ParseProxyV2.Checksum(header, header.Length - 4));
        PreambleText text = default;
        Assert.True(ParseProxyV2.TryRun(header, LengthMax, ref text, out PreambleFault fault));
        Assert.Equal(PreambleFault.None, fault);
        header[20] ^= 1;
        Assert.True(ParseProxyV2.TryRun(header, LengthMax, ref text, out fault));
        Assert.Equal(PreambleFault.ProxyBadHeader, fault);
    }

    [Fact]
    public void Any_bytes_end_in_a_verdict()
    {
        Random random = new(20261127);
        byte[] good = Convert.FromHexString($"{Signature}21110013{V4}04000401020304");
        for (int round = 0; round < 20_000; round++)
        {
            byte[] bytes = (byte[])good.Clone();
            for (int i = random.Next(1, 4); i > 0; i--) bytes[random.Next(12, bytes.Length)] = (byte)random.Next(256);
            PreambleText text = default;
            if (!ParseProxyV2.TryRun(bytes, LengthMax, ref text, out PreambleFault fault)) continue;
            if (fault != PreambleFault.None) continue;
            Assert.InRange(text.Length, ParseProxyV2.HeadLength, bytes.Length);
            ProxyTlvs tlvs = new(bytes[text.Tlvs]);
            int count = 0;
            while (tlvs.Next()) count++;
            Assert.InRange(count, 0, bytes.Length);
        }
    }

    private delegate bool Parser(ReadOnlySpan<byte> bytes, ref PreambleText text, out PreambleFault fault);

    private static bool Proxy(ReadOnlySpan<byte> bytes, ref PreambleText text, out PreambleFault fault) =>
        bytes.Length > 0 && bytes[0] == '\r'
            ? ParseProxyV2.TryRun(bytes, LengthMax, ref text, out fault)
            : ParseProxyV1.TryRun(bytes, ref text, out fault);

    private static bool NetScaler(ReadOnlySpan<byte> bytes, ref PreambleText text, out PreambleFault fault) =>
        ParseNetScaler.TryRun(bytes, Magic, ref text, out fault);

    private static void ReadAtEverySplit(string header, string addresses, Parser parser)
    {
        byte[] bytes = Encoding.Latin1.GetBytes(header);
        for (int cut = 0; cut < bytes.Length; cut++)
        {
            PreambleText part = default;
            Assert.False(parser(bytes.AsSpan(0, cut), ref part, out PreambleFault none), $"cut at {cut}");
            Assert.Equal(PreambleFault.None, none);
        }
        PreambleText text = default;
        Assert.True(parser([.. bytes, .. "GET /"u8], ref text, out PreambleFault fault));
        Assert.Equal(PreambleFault.None, fault);
        Assert.Equal(bytes.Length, text.Length);
        Assert.Equal(addresses, text.HasAddresses ? $"{TextOf(text.Source)} {TextOf(text.Destination)}" : "");
    }

    /// <summary>No part is taken for a whole one, and the whole is refused.</summary>
    private static void RefuseAtEverySplit(string header, PreambleFault expected, Parser parser)
    {
        byte[] bytes = Encoding.Latin1.GetBytes(header);
        List<PreambleFault> seen = [];
        for (int cut = 0; cut <= bytes.Length; cut++)
        {
            PreambleText part = default;
            if (parser(bytes.AsSpan(0, cut), ref part, out PreambleFault fault)) seen.Add(fault);
        }
        Assert.NotEmpty(seen);
        Assert.All(seen, fault => Assert.Equal(expected, fault));
    }

    private static string Filler(int count) => new('6', count * 2);

    private static string Hex(string digits) => Encoding.Latin1.GetString(Convert.FromHexString(digits));

    private static SocketAddress AddressOf(string text)
    {
        if (text.Length == 0) return new SocketAddress { Family = AddressFamily.Unix };
        IPEndPoint point = IPEndPoint.Parse(text);
        return SocketAddress.Inet(point.Address.GetAddressBytes(), (ushort)point.Port);
    }

    private static string TextOf(SocketAddress address) =>
        new IPEndPoint(new IPAddress(address.AddressBytes), address.Port).ToString();
}
