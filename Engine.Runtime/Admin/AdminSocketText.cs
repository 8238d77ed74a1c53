using System.Globalization;
using Engine.Data.Configuration;
using Engine.Data.Kernel;

namespace Engine.Runtime.Admin;

/// <summary>An admin socket's place as <c>show cli sockets</c> and messages give it.</summary>
public static class AdminSocketText
{
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
        System.Net.IPAddress ip = new(address.AddressBytes);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{(address.Family == AddressFamily.Inet6 ? $"[{ip}]" : ip)}:{address.Port}");
    }
}
