using System;
using System.Buffers.Binary;
using Engine.Data.Kernel;

namespace Engine.Runtime.Kernel.Native;

/// <summary>struct sockaddr in its forms, and back.</summary>
internal static unsafe class RawAddress
{
    /// <summary>Room for the longest form, sockaddr_un of 110 bytes, rounded up.</summary>
    public const int SizeMax = 112;

    public const int InetSize = 16;
    public const int Inet6Size = 28;

    /// <summary>
    /// Writes an address, for family Unix a <see cref="UnixSocketAddress"/>. Returns its length in bytes, 0
    /// for a family that has no form.
    /// </summary>
    public static uint Write(SocketAddress* address, byte* raw)
    {
        new Span<byte>(raw, SizeMax).Clear();
        *(ushort*)raw = (ushort)address->Family;
        switch (address->Family)
        {
            case AddressFamily.Inet:
                WritePort(address, raw);
                address->AddressBytes.CopyTo(new Span<byte>(raw + 4, 4));
                return InetSize;
            case AddressFamily.Inet6:
                WritePort(address, raw);
                address->AddressBytes.CopyTo(new Span<byte>(raw + 8, 16));
                *(uint*)(raw + 24) = address->Scope;
                return Inet6Size;
            case AddressFamily.Unix:
                ReadOnlySpan<byte> path = ((UnixSocketAddress*)address)->PathBytes;
                path.CopyTo(new Span<byte>(raw + 2, UnixSocketAddress.PathMax));
                // A file path is terminated by the cleared byte behind it; an abstract name is as long as it
                // is.
                return (uint)(2 + path.Length + (path.Length > 0 && path[0] != 0 ? 1 : 0));
            default:
                return 0;
        }
    }

    /// <summary>
    /// Reads what accept4, getpeername or getsockname left. A unix address keeps its family only.
    /// </summary>
    public static void Read(byte* raw, out SocketAddress address)
    {
        address = default;
        AddressFamily family = (AddressFamily)(*(ushort*)raw);
        address.Family = family;
        if (family == AddressFamily.Inet)
        {
            address.Port = BinaryPrimitives.ReverseEndianness(*(ushort*)(raw + 2));
            new ReadOnlySpan<byte>(raw + 4, 4).CopyTo(address.Bytes);
        }
        else if (family == AddressFamily.Inet6)
        {
            address.Port = BinaryPrimitives.ReverseEndianness(*(ushort*)(raw + 2));
            new ReadOnlySpan<byte>(raw + 8, 16).CopyTo(address.Bytes);
            address.Scope = *(uint*)(raw + 24);
        }
    }

    private static void WritePort(SocketAddress* address, byte* raw) =>
        *(ushort*)(raw + 2) = BinaryPrimitives.ReverseEndianness(address->Port);
}
