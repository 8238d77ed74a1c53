using System;
using System.Text;

namespace Engine.Runtime.Admin;

/// <summary>Bytes on their way to the peer of a Runtime API connection. Grows as an answer needs.</summary>
public sealed class AdminOutput
{
    private byte[] bytes = new byte[4096];
    private int start;
    private int end;

    /// <summary>Bytes not sent yet.</summary>
    public ReadOnlySpan<byte> Waiting => bytes.AsSpan(start, end - start);

    public int Count => end - start;

    /// <summary>Adds text; each character is a byte, as in the configuration.</summary>
    public void Add(ReadOnlySpan<char> text)
    {
        Reserve(text.Length);
        end += Encoding.Latin1.GetBytes(text, bytes.AsSpan(end));
    }

    public void Add(StringBuilder text)
    {
        foreach (ReadOnlyMemory<char> part in text.GetChunks()) Add(part.Span);
    }

    public void Add(ReadOnlySpan<byte> text)
    {
        Reserve(text.Length);
        text.CopyTo(bytes.AsSpan(end));
        end += text.Length;
    }

    /// <summary>Adds text and a line end.</summary>
    public void AddLine(ReadOnlySpan<char> text)
    {
        Add(text);
        Add("\n"u8);
    }

    /// <summary>Takes away what was sent.</summary>
    public void Remove(int count)
    {
        start += count;
        if (start < end) return;
        start = 0;
        end = 0;
    }

    private void Reserve(int count)
    {
        if (bytes.Length - end >= count) return;
        int size = Math.Max(Count + count, Count * 2);
        byte[] target = size > bytes.Length || start == 0 ? new byte[Math.Max(size, bytes.Length)] : bytes;
        Waiting.CopyTo(target);
        end = Count;
        start = 0;
        bytes = target;
    }
}
