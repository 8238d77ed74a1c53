using System;
using System.Runtime.InteropServices;

namespace Tests.Runtime.Kernel;

/// <summary>Bytes at an address that stays, as operations need them.</summary>
internal sealed unsafe class NativeBytes : IDisposable
{
    public NativeBytes(int length)
    {
        Length = length;
        Start = (byte*)NativeMemory.AllocZeroed((nuint)length);
    }

    public NativeBytes(ReadOnlySpan<byte> content)
        : this(content.Length) => content.CopyTo(Span);

    public byte* Start { get; }

    public int Length { get; }

    public Span<byte> Span => new(Start, Length);

    /// <summary>
    /// Bytes whose value tells their place, so that lost, doubled or swapped ones are seen.
    /// </summary>
    public static NativeBytes Pattern(int length)
    {
        NativeBytes bytes = new(length);
        for (int i = 0; i < length; i++) bytes.Start[i] = (byte)((i * 31) ^ (i >> 8) ^ (i >> 16));
        return bytes;
    }

    public void Dispose() => NativeMemory.Free(Start);
}
