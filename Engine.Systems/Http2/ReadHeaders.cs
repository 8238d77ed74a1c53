using System;
using System.Buffers.Binary;
using Engine.Data.Buffers;
using Engine.Data.Connections;
using Engine.Data.Http2;
using Engine.Data.Worlds;

namespace Engine.Systems.Http2;

/// <summary>
/// HEADERS and CONTINUATION: a header block is put together and then read at once. A block has at most a buffer and a
/// bounded number of frames (THREATS.md B17).
/// </summary>
internal static unsafe class ReadHeaders
{
    private const int FragmentsMax = 64;

    /// <summary>From so many fragments on they must be worth their while.</summary>
    private const int FragmentsFree = 4;
    private const int FragmentWorth = 1024;

    private const int PrioritySize = 5;

    public static Http2Error First(
        World world, uint row, ref Connection connection, ref Http2Connection http2, in FrameHeader header, byte* payload)
    {
        if (header.Stream == 0) return Http2Error.Protocol;
        int length = header.Length;
        if (header.Has(FrameFlags.Padded))
        {
            if (length == 0) return Http2Error.FrameSize;
            int padding = *payload++;
            length--;
            if (padding > length) return Http2Error.Protocol;
            length -= padding;
        }
        if (header.Has(FrameFlags.Priority))
        {
            if (length < PrioritySize) return Http2Error.FrameSize;
            uint parent = BinaryPrimitives.ReadUInt32BigEndian(new ReadOnlySpan<byte>(payload, 4));
            // RFC 7540 section 5.3.1: nothing can come before itself.
            if ((parent & FrameHeader.Bits31) == header.Stream) return Http2Error.Protocol;
            payload += PrioritySize;
            length -= PrioritySize;
        }
        if (header.Has(FrameFlags.EndHeaders))
            return TakeBlock.Run(world, row, ref connection, ref http2, header.Stream, header.Flags, payload, length);
        http2.Block = world.Buffers.Take(BufferClass.Standard);
        if (http2.Block.IsNone) return Http2Error.Internal;
        http2.BlockLength = 0;
        http2.BlockStream = header.Stream;
        http2.BlockFlags = header.Flags;
        http2.BlockFragments = 0;
        http2.Flags |= Http2Flags.InBlock;
        return Append(world, ref http2, payload, length);
    }

    public static Http2Error Next(
        World world, uint row, ref Connection connection, ref Http2Connection http2, in FrameHeader header, byte* payload)
    {
        Http2Error error = Append(world, ref http2, payload, header.Length);
        if (error != Http2Error.None || !header.Has(FrameFlags.EndHeaders)) return error;
        http2.Flags &= ~Http2Flags.InBlock;
        BufferRef block = http2.Block;
        http2.Block = BufferRef.None;
        error = TakeBlock.Run(
            world, row, ref connection, ref http2, http2.BlockStream, http2.BlockFlags, world.Buffers.Address(block),
            http2.BlockLength);
        world.Buffers.Return(block);
        return error;
    }

    private static Http2Error Append(World world, ref Http2Connection http2, byte* payload, int length)
    {
        int room = world.Buffers.SizeOf(http2.Block) - http2.BlockLength;
        if (length > room || ++http2.BlockFragments > FragmentsMax) return Http2Error.EnhanceYourCalm;
        Buffer.MemoryCopy(payload, world.Buffers.Address(http2.Block) + http2.BlockLength, room, length);
        http2.BlockLength += length;
        if (http2.BlockFragments > FragmentsFree && http2.BlockLength < http2.BlockFragments * FragmentWorth)
            http2.Glitches++;
        return Http2Error.None;
    }
}
