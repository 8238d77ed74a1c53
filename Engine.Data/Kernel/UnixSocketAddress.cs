using System;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Text;
using Engine.Data.Tables;

namespace Engine.Data.Kernel;

/// <summary>
/// What <see cref="OperationKind.Connect"/> and a listener point to for a unix socket: an address of family
/// Unix followed by its path. A first byte of 0 names the abstract name space, where every byte up to
/// <see cref="PathLength"/> counts; a file path is not terminated here.
/// </summary>
public unsafe struct UnixSocketAddress
{
    /// <summary>sizeof(sun_path), bytes.</summary>
    public const int PathMax = 108;

    /// <summary>Only the family is set. First, so that a pointer to this is a pointer to a SocketAddress.</summary>
    public SocketAddress Address;

    public ushort PathLength;

    public fixed byte Path[PathMax];

    /// <param name="path">At most 107 bytes for a file, at most 108 with the leading 0 for an abstract name.</param>
    public UnixSocketAddress(ReadOnlySpan<byte> path)
    {
        Check.That(path.Length > 0);
        Check.That(path.Length <= (path[0] == 0 ? PathMax : PathMax - 1));
        Address.Family = AddressFamily.Unix;
        PathLength = (ushort)path.Length;
        fixed (byte* target = Path) path.CopyTo(new Span<byte>(target, PathMax));
    }

    /// <summary>
    /// Bytes of a path or, with zeros behind it that fill sun_path and are part of it unless it is exact, of an abstract name.
    /// </summary>
    public static byte[] BytesOf(string path, bool isAbstract, bool isExact = false)
    {
        byte[] bytes = new byte[!isAbstract ? path.Length : isExact ? path.Length + 1 : PathMax];
        Encoding.Latin1.GetBytes(path, 0, path.Length, bytes, isAbstract ? 1 : 0);
        return bytes;
    }

    [UnscopedRef]
    public readonly ReadOnlySpan<byte> PathBytes =>
        MemoryMarshal.CreateReadOnlySpan(in Path[0], PathLength);
}
