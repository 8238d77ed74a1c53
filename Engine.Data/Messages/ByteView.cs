using System;
using System.Runtime.CompilerServices;
using System.Text;

namespace Engine.Data.Messages;

/// <summary>
/// Bytes in native memory that somebody else owns: part of a lent buffer, or a literal of the configuration.
/// 16 bytes, so it can stand in a component.
/// </summary>
public readonly unsafe struct ByteView(byte* start, int length)
{
    public readonly byte* Start = start;
    public readonly int Length = length;

    public bool IsEmpty => Length == 0;

    public ReadOnlySpan<byte> Span
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new(Start, Length);
    }

    public ByteView Slice(int from, int count) => new(Start + from, count);

    /// <summary>A copy in native memory that lives as long as the process: configuration literals.</summary>
    public static ByteView Literal(ReadOnlySpan<byte> bytes)
    {
        byte* copy = (byte*)System.Runtime.InteropServices.NativeMemory.Alloc((nuint)bytes.Length + 1);
        bytes.CopyTo(new Span<byte>(copy, bytes.Length));
        return new ByteView(copy, bytes.Length);
    }

    /// <summary>A configuration literal from text, one byte a char as the words of the configuration have it.</summary>
    public static ByteView Literal(string text)
    {
        // Not by the encoding: its vectors are compiled anew in each process, for a few bytes here and there.
        byte* copy = (byte*)System.Runtime.InteropServices.NativeMemory.Alloc((nuint)text.Length + 1);
        for (int i = 0; i < text.Length; i++) copy[i] = text[i] <= 0xFF ? (byte)text[i] : (byte)'?';
        return new ByteView(copy, text.Length);
    }

    public override string ToString() => Encoding.Latin1.GetString(Span);
}
