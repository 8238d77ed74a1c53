using System;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Engine.Data.Kernel;

/// <summary>
/// An address as a connection keeps it: family, port (host order) and 16 bytes, an IPv4 address in the first four.
/// 24 bytes. A unix socket has only its family: the path stays in the configuration.
/// </summary>
public struct SocketAddress : IEquatable<SocketAddress>
{
    public AddressFamily Family;

    /// <summary>Port in host byte order; 0 for unix sockets.</summary>
    public ushort Port;

    /// <summary>IPv6 scope identifier (interface number), 0 where there is none.</summary>
    public uint Scope;

    public AddressBytes Bytes;

    [UnscopedRef]
    public readonly ReadOnlySpan<byte> AddressBytes =>
        Family switch
        {
            AddressFamily.Inet => ((ReadOnlySpan<byte>)Bytes)[..4],
            AddressFamily.Inet6 => Bytes,
            _ => default,
        };

    /// <summary>An address of IP that names no host.</summary>
    public readonly bool IsAny => Family != AddressFamily.Unix && !AddressBytes.ContainsAnyExcept((byte)0);

    public static SocketAddress Inet(ReadOnlySpan<byte> address, ushort port)
    {
        SocketAddress result = new() { Family = address.Length == 4 ? AddressFamily.Inet : AddressFamily.Inet6, Port = port };
        address.CopyTo(result.Bytes);
        return result;
    }

    public readonly bool Equals(SocketAddress other) =>
        Family == other.Family && Port == other.Port && Scope == other.Scope
        && ((ReadOnlySpan<byte>)Bytes).SequenceEqual(other.Bytes);

    public override readonly bool Equals(object? obj) => obj is SocketAddress other && Equals(other);

    public override readonly int GetHashCode() => HashCode.Combine(Family, Port, Scope, Bytes[0], Bytes[3], Bytes[15]);

    public static bool operator ==(SocketAddress left, SocketAddress right) => left.Equals(right);

    public static bool operator !=(SocketAddress left, SocketAddress right) => !left.Equals(right);
}
