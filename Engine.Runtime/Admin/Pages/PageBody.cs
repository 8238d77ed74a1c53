using System;
using System.Runtime.InteropServices;
using System.Text;

namespace Engine.Runtime.Admin.Pages;

/// <summary>
/// The bytes of a page, outside the heap: that of 50,000 servers would have it collected, which holds up all threads.
/// </summary>
/// <param name="firstSize">Bytes that there is room for at once.</param>
internal sealed unsafe class PageBody(int firstSize = PageBody.FirstSize)
{
    private const int FirstSize = 64 * 1024;

    private int size = firstSize;

    /// <summary>Somebody waits for it: the client may have gone while it is made.</summary>
    public Func<bool> IsWanted { get; init; } = static () => true;

    /// <summary>From NativeMemory: whoever is given the body frees it.</summary>
    public byte* Start { get; private set; } = (byte*)NativeMemory.Alloc((nuint)firstSize);

    public int Length { get; private set; }

    /// <summary>Each character is a byte, as in the configuration.</summary>
    public PageBody Add(ReadOnlySpan<char> text)
    {
        if (size - Length < text.Length) Reserve(Math.Max(text.Length, size));
        Length += Encoding.Latin1.GetBytes(text, new Span<byte>(Start + Length, size - Length));
        return this;
    }

    /// <summary>Takes the text over: what stood there can be used for more.</summary>
    public void Take(StringBuilder text)
    {
        foreach (ReadOnlyMemory<char> part in text.GetChunks()) Add(part.Span);
        text.Clear();
    }

    /// <summary>Takes a copy of another.</summary>
    public void Add(PageBody other)
    {
        Reserve(other.Length);
        NativeMemory.Copy(other.Start, Start + Length, (nuint)other.Length);
        Length += other.Length;
    }

    /// <summary>Makes room for so many bytes more.</summary>
    public void Reserve(int count)
    {
        if (size - Length >= count) return;
        size = checked(Length + count);
        Start = (byte*)NativeMemory.Realloc(Start, (nuint)size);
    }

    /// <summary>Nobody is given it.</summary>
    public void Free()
    {
        NativeMemory.Free(Start);
        Start = null;
    }
}
