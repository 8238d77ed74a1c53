using System;
using Engine.Data.Buffers;
using Engine.Data.Messages;
using Engine.Data.Worlds;
using Engine.Systems.Http1;

namespace Engine.Systems.Forward;

/// <summary>
/// Moves the bytes of a body from one connection's input to the other's output: whole buffers change hands uncopied,
/// small pieces are copied behind what is there, chunks are checked on the way.
/// </summary>
public static unsafe class MoveBody
{
    /// <summary>Pieces up to this size are copied: a memcpy is cheaper than another vector in the send.</summary>
    private const int CopyMax = 2048;

    /// <summary>False when the body is malformed (a chunk that is none).</summary>
    public static bool Run(World world, ref BodyState body, ref BufferChain from, ref BufferChain to, out ulong moved)
    {
        moved = 0;
        BufferSlab slab = world.Buffers;
        while (!from.Head.IsNone && !body.Done)
        {
            bool good = body.Kind == BodyKind.Chunked
                ? MoveChunks(world, slab, ref body, ref from, ref to, ref moved, out bool stuck)
                : MovePlain(world, slab, ref body, ref from, ref to, ref moved, out stuck);
            if (!good) return false;
            if (stuck) break;
        }
        return true;
    }

    private static bool MovePlain(
        World world,
        BufferSlab slab,
        ref BodyState body,
        ref BufferChain from,
        ref BufferChain to,
        ref ulong moved,
        out bool stuck)
    {
        stuck = false;
        int length = slab.Segment(from.Head).Length;
        bool counted = body.Kind == BodyKind.Length;
        if (counted && (ulong)length > body.Remaining) length = (int)body.Remaining;
        if (body.Delivery == BodyDelivery.Dropped) from.Consume(slab, length);
        else stuck = !Pass(world, slab, ref from, ref to, ref length);
        if (stuck) return true;
        moved += (ulong)length;
        body.Passed += (ulong)length;
        if (counted)
        {
            body.Remaining -= (ulong)length;
            body.Done = body.Remaining == 0;
        }
        return true;
    }

    /// <summary>Passes so many bytes of the first buffer, or fewer: all of it where that is less work than copying.</summary>
    private static bool Pass(World world, BufferSlab slab, ref BufferChain from, ref BufferChain to, ref int length)
    {
        if (length == slab.Segment(from.Head).Length && !Fits(slab, ref to, length) && !IsLoose(slab, from, to, length))
        {
            to.Append(slab, from.TakeHead(slab));
            return true;
        }
        // In steps of a buffer: the slab need not have enough for all of it at once.
        length = Math.Min(length, slab.SizeOf(BufferClass.Standard));
        return Copy(world, slab, ref from, ref to, length, length);
    }

    private static bool MoveChunks(
        World world,
        BufferSlab slab,
        ref BodyState body,
        ref BufferChain from,
        ref BufferChain to,
        ref ulong moved,
        out bool stuck)
    {
        stuck = false;
        ref BufferSegment segment = ref slab.Segment(from.Head);
        ChunkResult result = ScanChunked.Run(ref body, from.First(slab), out int consumed, out int produced);
        if (result is not (ChunkResult.More or ChunkResult.Done)) return false;
        moved += (ulong)consumed;
        if (body.Delivery == BodyDelivery.Dropped)
        {
            from.Consume(slab, consumed);
            return true;
        }
        if (consumed == segment.Length && !Fits(slab, ref to, produced) && !IsLoose(slab, from, to, produced))
        {
            BufferRef buffer = from.TakeHead(slab);
            segment.End = segment.Start + produced;
            if (produced > 0) to.Append(slab, buffer);
            else slab.Return(buffer);
            return true;
        }
        // The decoder has run and cannot run again over these bytes: without a buffer the body is lost.
        return Copy(world, slab, ref from, ref to, consumed, produced)
            || Split(world, slab, ref from, ref to, consumed, produced);
    }

    /// <summary>Hands the buffer over and copies what follows the body instead, where that is less.</summary>
    private static bool Split(
        World world, BufferSlab slab, ref BufferChain from, ref BufferChain to, int consumed, int produced)
    {
        BufferChain rest = default;
        if (!AppendBytes.Run(world, ref rest, from.First(slab)[consumed..])) return false;
        BufferRef buffer = from.TakeHead(slab);
        ref BufferSegment segment = ref slab.Segment(buffer);
        segment.End = segment.Start + produced;
        rest.AppendAll(slab, ref from);
        from = rest;
        if (produced > 0) to.Append(slab, buffer);
        else slab.Return(buffer);
        return true;
    }

    private static bool Fits(BufferSlab slab, ref BufferChain to, int length)
    {
        if (length > CopyMax || to.Tail.IsNone) return false;
        return slab.SizeOf(to.Tail) - slab.Segment(to.Tail).End >= length;
    }

    /// <summary>Little in a large buffer, behind what has to wait: it may wait long, and then not in there.</summary>
    private static bool IsLoose(BufferSlab slab, in BufferChain from, in BufferChain to, int length) =>
        from.Head.Class == BufferClass.Large && !to.IsEmpty && length <= slab.SizeOf(BufferClass.Standard);

    private static bool Copy(
        World world, BufferSlab slab, ref BufferChain from, ref BufferChain to, int consumed, int produced)
    {
        if (!AppendBytes.Run(world, ref to, from.First(slab)[..produced])) return false;
        from.Consume(slab, consumed);
        return true;
    }
}
