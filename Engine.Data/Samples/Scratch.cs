using System;
using Engine.Data.Messages;
using Engine.Data.Tables;

namespace Engine.Data.Samples;

/// <summary>A bounded piece of native memory handed out front to back. What does not fit is refused, never cut.</summary>
public unsafe struct Scratch(byte* start, int capacity)
{
    private readonly byte* start = start;
    private readonly int capacity = capacity;

    /// <summary>Over a part of another's <see cref="Free"/>.</summary>
    public static Scratch Over(Span<byte> free)
    {
        fixed (byte* first = free) return new Scratch(first, free.Length);
    }

    public readonly byte* Start => start;

    public int Used { get; private set; }

    /// <summary>The unused rest: write here, then <see cref="Commit"/>.</summary>
    public readonly Span<byte> Free => new(start + Used, capacity - Used);

    /// <summary>Keeps the first bytes of <see cref="Free"/>.</summary>
    public ByteView Commit(int count)
    {
        ByteView view = new(start + Used, count);
        Used += count;
        return view;
    }

    /// <summary>Gives back what was taken since <see cref="Used"/> had this value.</summary>
    public void Rewind(int used)
    {
        Check.That((uint)used <= (uint)Used);
        Used = used;
    }

    /// <summary>Leaves the first bytes alone: they were taken earlier.</summary>
    public void Resume(int used)
    {
        Check.That((uint)used <= (uint)capacity);
        Used = used;
    }

    /// <summary>Copies bytes in; false when they do not fit.</summary>
    public bool TryCopy(ReadOnlySpan<byte> bytes, out ByteView view)
    {
        if (bytes.Length > capacity - Used)
        {
            view = default;
            return false;
        }
        bytes.CopyTo(Free);
        view = Commit(bytes.Length);
        return true;
    }
}
