using System;
using Engine.Data.Kernel;

namespace Engine.Runtime.Kernel.Native;

/// <summary>TCP_MD5SIG (RFC 2385): the key that the kernel signs the segments of a socket with, and checks those of its peer.</summary>
internal static unsafe class SegmentSignature
{
    // struct tcp_md5sig: the peer's address in 128 bytes, flags, prefix length, key length, interface, key.
    private const int AddressSize = 128;
    private const int FlagsAt = AddressSize;
    private const int KeyLengthAt = AddressSize + 2;
    private const int KeyAt = AddressSize + 8;
    private const int Size = KeyAt + OutgoingSocket.SigningKeyMax;
    private const byte OfRange = 1; // TCP_MD5SIG_FLAG_PREFIX

    /// <summary>For the one peer a socket connects to. 0, or a negated errno.</summary>
    public static int Set(int fd, SocketAddress* peer, ReadOnlySpan<byte> key)
    {
        byte* setting = stackalloc byte[Size];
        Fill(setting, key);
        if (RawAddress.Write(peer, setting) == 0) return -Errno.Invalid;
        return Libc.Value(Libc.SetSocketOption(fd, Linux.LevelTcp, Linux.TcpMd5Signature, setting, Size));
    }

    /// <summary>For everyone who connects to a listening socket. 0, or a negated errno.</summary>
    public static int SetForAll(int fd, ReadOnlySpan<byte> key)
    {
        byte* setting = stackalloc byte[Size];
        Fill(setting, key);
        *(ushort*)setting = (ushort)ListeningSocket.LocalAddress(fd).Family;
        setting[FlagsAt] = OfRange; // of no bits: every address
        return Libc.Value(Libc.SetSocketOption(fd, Linux.LevelTcp, Linux.TcpMd5SignatureOfRange, setting, Size));
    }

    private static void Fill(byte* setting, ReadOnlySpan<byte> key)
    {
        new Span<byte>(setting, Size).Clear();
        *(ushort*)(setting + KeyLengthAt) = (ushort)key.Length;
        key.CopyTo(new Span<byte>(setting + KeyAt, OutgoingSocket.SigningKeyMax));
    }
}
