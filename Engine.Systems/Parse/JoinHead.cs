using System;
using Engine.Data.Buffers;
using Engine.Data.Connections;
using Engine.Data.Worlds;

namespace Engine.Systems.Parse;

/// <summary>Makes the first bytes of an input contiguous, because an index points into one buffer.</summary>
public static unsafe class JoinHead
{
    /// <summary>
    /// Copies a head that arrived in several buffers into one standard buffer, as far as it fits. False when the slab
    /// has no buffer.
    /// </summary>
    public static bool Run(World world, ref BufferChain input)
    {
        if (input.Head == input.Tail) return true;
        BufferSlab slab = world.Buffers;
        BufferRef target = input.Head;
        int size = slab.SizeOf(BufferClass.Standard);
        if (target.Class == BufferClass.Small)
        {
            target = slab.Take(BufferClass.Standard);
            if (target.IsNone) return false;
            slab.Segment(target).Start = 0;
            slab.Segment(target).End = 0;
            slab.Segment(target).Next = input.Head;
            input.Head = target;
        }
        else if (target.Class == BufferClass.Large)
        {
            size = BufferSlab.LargeSize;
        }
        ref BufferSegment joined = ref slab.Segment(target);
        if (joined.Start > 0) MoveToStart(slab, target, ref joined);
        while (!joined.Next.IsNone && joined.End < size)
        {
            BufferRef next = joined.Next;
            ref BufferSegment segment = ref slab.Segment(next);
            int part = Math.Min(segment.Length, size - joined.End);
            Buffer.MemoryCopy(slab.Address(next) + segment.Start, slab.Address(target) + joined.End, part, part);
            joined.End += part;
            segment.Start += part;
            if (segment.Length > 0) break;
            joined.Next = segment.Next;
            slab.Return(next);
        }
        if (joined.Next.IsNone) input.Tail = target;
        return true;
    }

    private static void MoveToStart(BufferSlab slab, BufferRef buffer, ref BufferSegment segment)
    {
        byte* start = slab.Address(buffer);
        int length = segment.Length;
        Buffer.MemoryCopy(start + segment.Start, start, length, length);
        segment.Start = 0;
        segment.End = length;
    }
}
