using System;
using System.Globalization;
using System.Text;
using Engine.Data.Configuration;
using Engine.Data.Kernel;
using Engine.Data.Text;

namespace Engine.Runtime.Admin;

/// <summary>An admin socket's place as <c>show cli sockets</c> and messages give it.</summary>
public static class AdminSocketText
{
    /// <summary>Characters of an address with its port.</summary>
    public const int AddressMax = WriteAddress.Ipv6Max + 8;

    /// <summary>
    /// With its family before it; null for an inherited descriptor, which has no place of its own.
    /// </summary>
    public static string? Of(AdminSocket socket)
    {
        if (socket.InheritedFd >= 0) return null;
        if (socket.Path is not null) return (socket.Abstract ? "abns@" : "unix@") + socket.Path;
        return (socket.Address.Family == AddressFamily.Inet6 ? "ipv6@" : "ipv4@") + Address(socket.Address);
    }

    /// <summary><c>127.0.0.1:80</c> or <c>[::1]:80</c>.</summary>
    public static string Address(in SocketAddress address)
    {
        Span<char> text = stackalloc char[AddressMax];
        return text[..Write(address, text)].ToString();
    }

    /// <summary>The same into a buffer of <see cref="AddressMax"/>, and how long it is.</summary>
    public static int Write(in SocketAddress address, Span<char> to)
    {
        Span<byte> text = stackalloc byte[WriteAddress.Ipv6Max];
        bool isIpv6 = address.Family == AddressFamily.Inet6;
        int length = isIpv6
            ? WriteAddress.Ipv6(text, address.AddressBytes)
            : WriteAddress.Ipv4(text, address.AddressBytes);
        int end = 0;
        if (isIpv6) to[end++] = '[';
        end += Encoding.ASCII.GetChars(text[..length], to[end..]);
        if (isIpv6) to[end++] = ']';
        to[end++] = ':';
        address.Port.TryFormat(to[end..], out length, default, CultureInfo.InvariantCulture);
        return end + length;
    }
}
