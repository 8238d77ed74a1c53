using System;
using System.Buffers.Binary;
using Engine.Data.Buffers;
using Engine.Data.Connections;
using Engine.Data.Http2;
using Engine.Data.Worlds;
using Engine.Systems.Connections;
using Engine.Systems.Forward;

namespace Engine.Systems.Http2;

/// <summary>
/// Appends frames to a connection's output. Want of buffers breaks the connection: a frame that is left out cannot be
/// made up for.
/// </summary>
internal static unsafe class WriteFrame
{
    private const int Size = FrameHeader.Size;

    /// <summary>A frame whose payload is short.</summary>
    public static void Control(
        World world,
        uint row,
        ref Connection connection,
        FrameType type,
        FrameFlags flags,
        uint stream,
        ReadOnlySpan<byte> payload)
    {
        Span<byte> frame = stackalloc byte[Size + 64];
        new FrameHeader(payload.Length, type, flags, stream).Write(frame);
        payload.CopyTo(frame[Size..]);
        Raw(world, row, ref connection, frame[..(Size + payload.Length)]);
    }

    public static void WindowUpdate(World world, uint row, ref Connection connection, uint stream, int bytes)
    {
        Span<byte> payload = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(payload, (uint)bytes);
        Control(world, row, ref connection, FrameType.WindowUpdate, FrameFlags.None, stream, payload);
    }

    public static void ResetStream(World world, uint row, ref Connection connection, uint stream, Http2Error error)
    {
        Span<byte> payload = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(payload, (uint)error);
        CountHttp2.Of(world, connection).ResetsSent++;
        Control(world, row, ref connection, FrameType.ResetStream, FrameFlags.None, stream, payload);
    }

    public static void GoAway(World world, uint row, ref Connection connection, uint lastStream, Http2Error error)
    {
        Span<byte> payload = stackalloc byte[8];
        BinaryPrimitives.WriteUInt32BigEndian(payload, lastStream);
        BinaryPrimitives.WriteUInt32BigEndian(payload[4..], (uint)error);
        if (error is not (Http2Error.None or Http2Error.Cancel)) CountHttp2.Of(world, connection).GoAwaysSent++;
        Control(world, row, ref connection, FrameType.GoAway, FrameFlags.None, 0, payload);
    }

    /// <summary>A header block, in as many frames as the peer's frame size makes of it.</summary>
    public static void Headers(
        World world, uint row, ref Connection connection, uint stream, ReadOnlySpan<byte> block, bool ends)
    {
        int most = world.Http2.Connection[row].PeerFrameMax;
        FrameType type = FrameType.Headers;
        FrameFlags flags = ends ? FrameFlags.EndStream : FrameFlags.None;
        Span<byte> header = stackalloc byte[Size];
        do
        {
            int part = Math.Min(block.Length, most);
            if (part == block.Length) flags |= FrameFlags.EndHeaders;
            new FrameHeader(part, type, flags, stream).Write(header);
            Raw(world, row, ref connection, header);
            Raw(world, row, ref connection, block[..part]);
            block = block[part..];
            type = FrameType.Continuation;
            flags = FrameFlags.None;
        }
        while (block.Length > 0);
    }

    public static void Raw(World world, uint row, ref Connection connection, ReadOnlySpan<byte> bytes)
    {
        if (connection.State != ConnectionState.Open) return;
        if (!AppendBytes.Run(world, ref connection.Out, bytes)) connection.Flags |= ConnectionFlags.Broken;
        ListConnection.ToSend(world, row, ref connection);
        if ((connection.Flags & ConnectionFlags.Broken) != 0) ListConnection.Received(world, row, ref connection);
    }

    /// <summary>
    /// Moves the front of a stream's output into one DATA frame; the caller has checked the windows. Answers the bytes
    /// moved, 0 when there is no buffer.
    /// </summary>
    /// <param name="world">The thread's world.</param>
    /// <param name="row">Row of the connection.</param>
    /// <param name="connection">The connection.</param>
    /// <param name="stream">Number of the stream.</param>
    /// <param name="from">The stream's output.</param>
    /// <param name="wanted">Bytes to move, 1 at least.</param>
    /// <param name="waiting">Bytes that will follow in other frames: how large a buffer is worth it.</param>
    /// <param name="flags">Where the frame's flags stand, for an end that is found only now.</param>
    public static int Data(
        World world,
        uint row,
        ref Connection connection,
        uint stream,
        ref BufferChain from,
        int wanted,
        int waiting,
        out byte* flags)
    {
        const int worthMin = 512;
        BufferSlab slab = world.Buffers;
        flags = null;
        BufferRef target = connection.Out.Tail;
        int room = target.IsNone ? 0 : slab.SizeOf(target) - slab.Segment(target).End - Size;
        bool isNew = room < Math.Min(wanted, worthMin);
        if (isNew)
        {
            target = TakeBuffer(slab, waiting + Size);
            if (target.IsNone) return 0;
            room = slab.SizeOf(target) - Size;
        }
        ref BufferSegment segment = ref slab.Segment(target);
        byte* at = slab.Address(target) + segment.End;
        int length = Math.Min(wanted, room);
        new FrameHeader(length, FrameType.Data, FrameFlags.None, stream).Write(new Span<byte>(at, Size));
        Copy(slab, ref from, at + Size, length);
        flags = at + 4;
        segment.End += length + Size;
        if (isNew) connection.Out.Append(slab, target);
        else connection.Out.Length += length + Size;
        ListConnection.ToSend(world, row, ref connection);
        return length;
    }

    private static BufferRef TakeBuffer(BufferSlab slab, int bytes)
    {
        BufferRef buffer = BufferRef.None;
        if (bytes > 4 * slab.SizeOf(BufferClass.Standard)) buffer = slab.Take(BufferClass.Large);
        if (buffer.IsNone && bytes > BufferSlab.SmallSize) buffer = slab.Take(BufferClass.Standard);
        return buffer.IsNone ? slab.Take(BufferClass.Small) : buffer;
    }

    private static void Copy(BufferSlab slab, ref BufferChain from, byte* to, int length)
    {
        while (length > 0)
        {
            Span<byte> first = from.First(slab);
            int part = Math.Min(first.Length, length);
            first[..part].CopyTo(new Span<byte>(to, part));
            from.Consume(slab, part);
            to += part;
            length -= part;
        }
    }
}
