using System;
using System.Runtime.InteropServices;
using System.Text;

namespace Engine.Runtime.Admin.Pages;

/// <summary>
/// The bytes of a page, outside the heap: that of 50,000 servers would have it collected, which holds up all threads.
/// </summary>
internal sealed unsafe class PageBody
{
    private const int FirstSize = 64 * 1024;

    private int size = FirstSize;

    /// <summary>From NativeMemory: whoever is given the body frees it.</summary>
    public byte* Start { get; private set; } = (byte*)NativeMemory.Alloc(FirstSize);

    public int Length { get; private set; }

    /// <summary>Each character is a byte, as in the configuration.</summary>
    public PageBody Add(ReadOnlySpan<char> text)
    {
        if (size - Length < text.Length)
        {
            size = checked(Math.Max(size + text.Length, size * 2));
            Start = (byte*)NativeMemory.Realloc(Start, (nuint)size);
        }
        Length += Encoding.Latin1.GetBytes(text, new Span<byte>(Start + Length, size - Length));
        return this;
    }

    /// <summary>Takes the text over: what stood there can be used for more.</summary>
    public void Take(StringBuilder text)
    {
        foreach (ReadOnlyMemory<char> part in text.GetChunks()) Add(part.Span);
        text.Clear();
    }

    /// <summary>Nobody is given it.</summary>
    public void Free() => NativeMemory.Free(Start);
}
