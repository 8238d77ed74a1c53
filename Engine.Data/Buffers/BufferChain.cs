using System;
using System.Runtime.CompilerServices;
using Engine.Data.Tables;

namespace Engine.Data.Buffers;

/// <summary>
/// A queue of bytes made of lent buffers, linked through the slab's segments. 12 bytes, so an empty chain costs an
/// idle connection nothing. Bytes leave at the head and arrive at the tail; whole buffers move between chains uncopied.
/// </summary>
public struct BufferChain
{
    public BufferRef Head;
    public BufferRef Tail;

    /// <summary>Filled bytes over all segments. 2 GiB is never reached: back-pressure stops reading far below.</summary>
    public int Length;

    public readonly bool IsEmpty => Length == 0;

    /// <summary>Appends a lent buffer whose segment says which bytes are filled.</summary>
    public void Append(BufferSlab slab, BufferRef buffer)
    {
        ref BufferSegment segment = ref slab.Segment(buffer);
        Check.That(segment.Length > 0);
        segment.Next = BufferRef.None;
        if (Head.IsNone) Head = buffer;
        else slab.Segment(Tail).Next = buffer;
        Tail = buffer;
        Length += segment.Length;
    }

    /// <summary>Detaches the first buffer; the caller owns it.</summary>
    public BufferRef TakeHead(BufferSlab slab)
    {
        BufferRef buffer = Head;
        Check.That(!buffer.IsNone);
        ref BufferSegment segment = ref slab.Segment(buffer);
        Length -= segment.Length;
        Head = segment.Next;
        if (Head.IsNone) Tail = BufferRef.None;
        segment.Next = BufferRef.None;
        return buffer;
    }

    /// <summary>Moves every buffer of another chain to the end of this one.</summary>
    public void AppendAll(BufferSlab slab, ref BufferChain other)
    {
        if (other.Head.IsNone) return;
        if (Head.IsNone) Head = other.Head;
        else slab.Segment(Tail).Next = other.Head;
        Tail = other.Tail;
        Length += other.Length;
        other = default;
    }

    /// <summary>Drops bytes from the front and returns the buffers that this empties.</summary>
    public void Consume(BufferSlab slab, int count)
    {
        Check.That(count >= 0);
        Check.That(count <= Length);
        Length -= count;
        while (count > 0)
        {
            ref BufferSegment segment = ref slab.Segment(Head);
            int part = Math.Min(count, segment.Length);
            segment.Start += part;
            count -= part;
            if (segment.Length > 0) break;
            BufferRef done = Head;
            Head = segment.Next;
            slab.Return(done);
        }
        if (Head.IsNone) Tail = BufferRef.None;
    }

    /// <summary>Keeps bytes at the front and returns the buffers that hold none of them.</summary>
    public void Truncate(BufferSlab slab, int length)
    {
        Check.That(length > 0);
        Check.That(length <= Length);
        Length = length;
        BufferRef last = Head;
        while (slab.Segment(last).Length < length)
        {
            length -= slab.Segment(last).Length;
            last = slab.Segment(last).Next;
        }
        ref BufferSegment segment = ref slab.Segment(last);
        segment.End = segment.Start + length;
        for (BufferRef buffer = segment.Next; !buffer.IsNone;)
        {
            BufferRef next = slab.Segment(buffer).Next;
            slab.Return(buffer);
            buffer = next;
        }
        segment.Next = BufferRef.None;
        Tail = last;
    }

    /// <summary>Returns every buffer.</summary>
    public void Clear(BufferSlab slab)
    {
        for (BufferRef buffer = Head; !buffer.IsNone;)
        {
            BufferRef next = slab.Segment(buffer).Next;
            slab.Return(buffer);
            buffer = next;
        }
        this = default;
    }

    /// <summary>The filled bytes of the first buffer.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly unsafe Span<byte> First(BufferSlab slab)
    {
        if (Head.IsNone) return default;
        ref BufferSegment segment = ref slab.Segment(Head);
        return new Span<byte>(slab.Address(Head) + segment.Start, segment.Length);
    }
}
