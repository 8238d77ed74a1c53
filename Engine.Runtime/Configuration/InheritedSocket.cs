using System;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using Engine.Data.Kernel;

namespace Engine.Runtime.Configuration;

/// <summary>What stands behind a descriptor that the parent process left open for us.</summary>
internal static unsafe partial class InheritedSocket
{
    private const int SocketAddressMax = 128;
    private const ushort FamilyUnix = 1;
    private const ushort FamilyInet = 2;
    private const ushort FamilyInet6 = 10;

    /// <summary>The address it is bound to. Null when it is a socket, else the system's reason.</summary>
    public static string? Describe(int fd, out SocketAddress address, out string? path, out bool isAbstract)
    {
        address = default;
        path = null;
        isAbstract = false;
        byte* raw = stackalloc byte[SocketAddressMax];
        int length = SocketAddressMax;
        if (GetSocketName(fd, raw, &length) != 0)
            return Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError());
        ReadOnlySpan<byte> name = new(raw, Math.Min(length, SocketAddressMax));
        ushort family = name.Length < 2 ? (ushort)0 : MemoryMarshal.Read<ushort>(name);
        switch (family)
        {
            case FamilyInet when name.Length >= 8:
                address = SocketAddress.Inet(name.Slice(4, 4), BinaryPrimitives.ReadUInt16BigEndian(name[2..]));
                return null;
            case FamilyInet6 when name.Length >= 24:
                address = SocketAddress.Inet(name.Slice(8, 16), BinaryPrimitives.ReadUInt16BigEndian(name[2..]));
                return null;
            case FamilyUnix:
                address.Family = AddressFamily.Unix;
                ReadOnlySpan<byte> text = name[2..];
                isAbstract = text.Length > 1 && text[0] == 0;
                if (isAbstract) text = text[1..];
                int nul = text.IndexOf((byte)0);
                path = Encoding.Latin1.GetString(nul < 0 ? text : text[..nul]);
                return null;
            default:
                return $"unsupported address family {family}";
        }
    }

    [LibraryImport("libc", EntryPoint = "getsockname", SetLastError = true)]
    private static partial int GetSocketName(int fd, byte* address, int* length);
}
