using System;
using System.Runtime.InteropServices;

namespace Engine.Data.Sticky;

/// <summary>
/// Keys that a stream writes its server's number under when the answer comes: a block of native memory, there only from
/// the first key to the end of the stream.
/// </summary>
public unsafe struct StoredKeys
{
    /// <summary>Bytes before each key: table and length.</summary>
    public const int HeaderSize = 8;

    /// <summary>Keys of a stream at most.</summary>
    public const int Most = 8;

    private byte* block;
    private int used;

    /// <summary>Keys that are kept.</summary>
    public int Count { get; private set; }

    /// <summary>Keeps a key.</summary>
    /// <param name="table">Number of the table.</param>
    /// <param name="key">Its bytes.</param>
    /// <param name="capacity">Bytes that a block of this configuration needs.</param>
    /// <returns>False: there are as many as may be.</returns>
    public bool TryAdd(int table, ReadOnlySpan<byte> key, int capacity)
    {
        if (Count == Most || used + HeaderSize + key.Length > capacity) return false;
        if (block == null) block = (byte*)NativeMemory.Alloc((nuint)capacity);
        MemoryMarshal.Write(new Span<byte>(block + used, 4), table);
        MemoryMarshal.Write(new Span<byte>(block + used + 4, 4), key.Length);
        key.CopyTo(new Span<byte>(block + used + HeaderSize, key.Length));
        used += HeaderSize + key.Length;
        Count++;
        return true;
    }

    /// <summary>Takes the keys one after the other.</summary>
    /// <param name="at">0 at first; moved on.</param>
    /// <param name="table">Number of the table.</param>
    /// <param name="key">Its bytes, until the keys are forgotten.</param>
    public readonly bool TryNext(ref int at, out int table, out ReadOnlySpan<byte> key)
    {
        table = 0;
        key = default;
        if (at >= used) return false;
        table = MemoryMarshal.Read<int>(new ReadOnlySpan<byte>(block + at, 4));
        int length = MemoryMarshal.Read<int>(new ReadOnlySpan<byte>(block + at + 4, 4));
        key = new ReadOnlySpan<byte>(block + at + HeaderSize, length);
        at += HeaderSize + length;
        return true;
    }

    /// <summary>Whether a key of a table is among those kept from a position on.</summary>
    /// <param name="table">Number of the table.</param>
    /// <param name="from">As <see cref="TryNext"/> moves it on; 0: all.</param>
    public readonly bool Has(int table, int from)
    {
        while (TryNext(ref from, out int other, out _))
            if (other == table) return true;
        return false;
    }

    /// <summary>Where the next key will stand.</summary>
    public readonly int End => used;

    public void Forget()
    {
        if (block != null) NativeMemory.Free(block);
        block = null;
        used = 0;
        Count = 0;
    }
}
