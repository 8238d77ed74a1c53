using System;
using System.Runtime.InteropServices;
using Xunit;

namespace Tests.Systems.Http1;

/// <summary>
/// Native bytes whose end is the end of the readable memory: a parser that looks one byte too far does not
/// pass the tests but ends them.
/// </summary>
public sealed unsafe class GuardedBytes : IDisposable
{
    private const int PageSize = 4096;
    private const int ProtectNone = 0;
    private const int ProtectReadWrite = 3;
    private const int PrivateAnonymous = 0x22;

    private readonly byte* region;
    private readonly nuint size;

    public GuardedBytes(int capacity)
    {
        Capacity = (capacity + PageSize - 1) / PageSize * PageSize;
        size = (nuint)(Capacity + PageSize);
        region = (byte*)Map(0, size, ProtectReadWrite, PrivateAnonymous, -1, 0);
        Assert.NotEqual(-1, (nint)region);
        Assert.Equal(0, Protect(region + Capacity, PageSize, ProtectNone));
    }

    public int Capacity { get; }

    /// <summary>The bytes, copied so that they end where reading ends.</summary>
    public byte* Place(ReadOnlySpan<byte> bytes)
    {
        byte* start = region + Capacity - bytes.Length;
        bytes.CopyTo(new Span<byte>(start, bytes.Length));
        return start;
    }

    /// <summary>Makes whole pages unreadable, or readable again.</summary>
    public void SetReadable(byte* from, int pages, bool readable) =>
        Assert.Equal(0, Protect(from, (nuint)(pages * PageSize), readable ? ProtectReadWrite : ProtectNone));

    public byte* Page(int number) => region + number * PageSize;

    public void Dispose() => Unmap(region, size);

    [DllImport("libc", EntryPoint = "mmap")]
    private static extern nint Map(
        nint address, nuint length, int protection, int flags, int descriptor, nint offset);

    [DllImport("libc", EntryPoint = "mprotect")]
    private static extern int Protect(byte* address, nuint length, int protection);

    [DllImport("libc", EntryPoint = "munmap")]
    private static extern int Unmap(byte* address, nuint length);
}
