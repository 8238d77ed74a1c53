using System;
using System.Runtime.CompilerServices;
using Engine.Data.Tables;

namespace Engine.Data.Buffers;

/// <summary>
/// The buffers of one thread: three classes of fixed slices in one reservation each, lent only while bytes are in
/// them and taken back LIFO, so that the next user finds them in the cache. A full class is an operating condition:
/// <see cref="Take"/> answers none and the caller waits or refuses.
/// </summary>
public sealed unsafe class BufferSlab
{
    public const int SmallSize = 4096;
    public const int LargeSize = 256 * 1024;

    private readonly Class[] classes;

    /// <param name="standardSize"><c>tune.bufsize</c>, bytes.</param>
    /// <param name="smallCount">Small buffers at most; likewise the two counts after it.</param>
    /// <param name="standardCount">Standard buffers at most.</param>
    /// <param name="largeCount">Large buffers at most.</param>
    public BufferSlab(int standardSize, uint smallCount, uint standardCount, uint largeCount)
    {
        classes =
        [
            new Class(SmallSize, smallCount),
            new Class(standardSize, standardCount),
            new Class(LargeSize, largeCount),
        ];
    }

    /// <summary>What a buffer is filled with when it is lent (<c>-dM</c>), so that nothing relies on what was in it; -1: nothing.</summary>
    public int Poison { get; set; } = -1;

    /// <summary>Buffers lent and not returned.</summary>
    public uint Lent => classes[0].Lent + classes[1].Lent + classes[2].Lent;

    public uint LentOf(BufferClass kind) => classes[(int)kind].Lent;

    public int SizeOf(BufferClass kind) => classes[(int)kind].Size;

    public int SizeOf(BufferRef buffer) => classes[(int)buffer.Class].Size;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public byte* Address(BufferRef buffer)
    {
        Class kind = classes[(int)buffer.Class];
        return kind.Base + (nuint)buffer.Number * (nuint)kind.Stride;
    }

    /// <summary>What a chain keeps about a buffer: which bytes are filled and which buffer follows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref BufferSegment Segment(BufferRef buffer) => ref classes[(int)buffer.Class].Segments[buffer.Number];

    /// <summary>Lends a buffer, or <see cref="BufferRef.None"/> when the class has no more.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public BufferRef Take(BufferClass kind)
    {
        Class slices = classes[(int)kind];
        uint number = slices.Take();
        if (number == Table.NoRow) return BufferRef.None;
        BufferRef buffer = new(kind, number);
        if (Poison >= 0) new Span<byte>(Address(buffer), slices.Size).Fill((byte)Poison);
        return buffer;
    }

    /// <summary>A class has no buffer left to lend.</summary>
    public bool IsExhausted(BufferClass kind) => classes[(int)kind].IsExhausted;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Return(BufferRef buffer)
    {
        Check.That(!buffer.IsNone);
        classes[(int)buffer.Class].Return(buffer.Number);
    }

    private sealed class Class
    {
        public readonly byte* Base;
        public readonly BufferSegment* Segments;
        public readonly int Size;
        public readonly int Stride;
        public uint Lent;
        private readonly uint* free;
        private readonly uint count;
        private uint freeCount;
        private uint everUsed;

        public Class(int size, uint count)
        {
            Check.That(size > 0);
            Check.That(count < Table.NoRow);
            Size = size;
            // One line more than a power of two: equal offsets of neighbouring buffers fall in different cache sets.
            Stride = ((size + 63) & ~63) + NativeRegion.CacheLine;
            this.count = count;
            Base = (byte*)NativeRegion.Reserve((nuint)Stride * count);
            Segments = (BufferSegment*)NativeRegion.Reserve((nuint)sizeof(BufferSegment) * count);
            free = (uint*)NativeRegion.Reserve(sizeof(uint) * (nuint)count);
        }

        public bool IsExhausted => freeCount == 0 && everUsed == count;

        public uint Take()
        {
            uint number;
            if (freeCount > 0) number = free[--freeCount];
            else if (everUsed < count) number = everUsed++;
            else return Table.NoRow;
            Lent++;
            Check.That(!Segments[number].Lent);
            Segments[number] = new BufferSegment { Lent = true };
            return number;
        }

        public void Return(uint number)
        {
            Check.That(number < everUsed);
            Check.That(Segments[number].Lent); // catches a buffer returned twice
            Segments[number].Lent = false;
            free[freeCount++] = number;
            Lent--;
        }
    }
}
