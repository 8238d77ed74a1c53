using System;
using System.Buffers.Binary;
using System.Globalization;
using System.IO.Hashing;
using System.Threading;
using Engine.Data.Configuration;
using Engine.Data.Kernel;
using Engine.Data.Messages;

namespace Engine.Systems.Persist;

/// <summary>
/// <c>cookie ... dynamic</c>: the value that names a server is made from the backend's key and the server's address, so
/// that every balancer with the same key gives it the same one (manual section 4.2).
/// </summary>
public static class DynamicCookies
{
    /// <summary>Makes a server's value anew, or takes it away. One that its line gives is kept.</summary>
    /// <param name="backend">The backend, with its key.</param>
    /// <param name="server">The server.</param>
    /// <param name="address">Its address now; nothing but IPv4 and IPv6 makes a value.</param>
    public static void Renew(Proxy backend, Server server, in SocketAddress address)
    {
        if (!server.HasDynamicCookie && !server.Cookie.IsEmpty) return;
        bool made = backend.DynamicCookies && backend.DynamicCookieKey.Length > 0
            && address.Family is (AddressFamily.Inet or AddressFamily.Inet6);
        if (!made && !server.HasDynamicCookie) return;
        server.HasDynamicCookie = made;
        server.Cookie = made ? ByteView.Literal(Value(backend.DynamicCookieKey, address)) : default;
        Interlocked.Increment(ref backend.NamesVersion);
    }

    /// <summary>16 hexadecimal digits: XXH64 of the key, the address and the port in 32 bits, in network order.</summary>
    public static string Value(string key, in SocketAddress address)
    {
        byte[] keyBytes = System.Text.Encoding.UTF8.GetBytes(key);
        ReadOnlySpan<byte> ip = address.AddressBytes;
        byte[] bytes = new byte[keyBytes.Length + ip.Length + sizeof(uint)];
        keyBytes.CopyTo(bytes, 0);
        ip.CopyTo(bytes.AsSpan(keyBytes.Length));
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(keyBytes.Length + ip.Length), address.Port);
        return XxHash64.HashToUInt64(bytes).ToString("x16", CultureInfo.InvariantCulture);
    }
}
