using System;
using Engine.Data.Buffers;
using Engine.Data.Connections;
using Engine.Data.Http2;
using Engine.Data.Tables;
using Engine.Data.Text;
using Engine.Data.Worlds;
using Engine.Systems.Connections;
using Engine.Systems.Forward;

namespace Engine.Systems.Http2;

/// <summary>DATA (RFC 9113 section 6.1): its payload goes into the input of the stream's row, in HTTP/1's framing.</summary>
internal static unsafe class ReadData
{
    public static Http2Error Run(
        World world, uint row, ref Connection connection, ref Http2Connection http2, in FrameHeader header)
    {
        if (header.Stream == 0 || ReadFrame.IsIdle(connection, http2, header.Stream)) return Http2Error.Protocol;
        if (header.Length > http2.ReceiveLeft) return Http2Error.FlowControl;
        http2.ReceiveLeft -= header.Length;
        if (http2.ReceiveLeft < StartHttp2.ConnectionWindow / 2)
        {
            WriteFrame.WindowUpdate(
                world, row, ref connection, 0, StartHttp2.ConnectionWindow - http2.ReceiveLeft);
            http2.ReceiveLeft = StartHttp2.ConnectionWindow;
        }
        connection.In.Consume(world.Buffers, FrameHeader.Size);
        int padding = 0;
        int length = header.Length;
        if (header.Has(FrameFlags.Padded))
        {
            if (length == 0) return Http2Error.FrameSize;
            padding = connection.In.First(world.Buffers)[0];
            connection.In.Consume(world.Buffers, 1);
            length--;
            if (padding > length) return Http2Error.Protocol;
            length -= padding;
        }
        if (length == 0 && !header.Has(FrameFlags.EndStream)) http2.Glitches++;
        uint number = world.Http2.Index.Find(row, header.Stream);
        Http2Error refused = number == Table.NoRow
            ? OfClosed(http2, header.Stream)
            : Refused(ref world.Http2.Stream[number], connection, length, header.Length);
        bool isGone = number == Table.NoRow || (world.Http2.Stream[number].Flags & Http2StreamFlags.Reset) != 0;
        if (refused != Http2Error.None || isGone)
        {
            connection.In.Consume(world.Buffers, length + padding);
            if (refused != Http2Error.None)
                ReadFrame.StreamError(world, row, ref connection, ref http2, header.Stream, refused);
            return Http2Error.None;
        }
        return Pass(world, row, ref connection, ref http2, header, number, length, padding);
    }

    private static Http2Error Pass(
        World world,
        uint row,
        ref Connection connection,
        ref Http2Connection http2,
        in FrameHeader header,
        uint number,
        int length,
        int padding)
    {
        ref Http2Stream stream = ref world.Http2.Stream[number];
        ref Connection own = ref world.Connection[number];
        stream.ReceiveLeft -= header.Length;
        if ((stream.Flags & Http2StreamFlags.Counted) != 0) stream.ReceiveLeftOfLength -= (ulong)length;
        bool chunks = (stream.Flags & Http2StreamFlags.Chunks) != 0 && length > 0;
        Span<byte> size = stackalloc byte[WriteNumber.HexMax + 2];
        bool fits = true;
        if (chunks)
        {
            int digits = WriteNumber.Hex(size, (ulong)length);
            size[digits] = (byte)'\r';
            size[digits + 1] = (byte)'\n';
            fits = AppendBytes.Run(world, ref own.In, size[..(digits + 2)]);
        }
        if (length >= BufferSlab.SmallSize) own.Flags |= ConnectionFlags.Bulky;
        fits = MovePayload(world, ref connection.In, ref own.In, length) && fits;
        connection.In.Consume(world.Buffers, padding);
        if (chunks) fits = fits && AppendBytes.Run(world, ref own.In, "\r\n"u8);
        if (!fits)
        {
            ReadFrame.StreamError(world, row, ref connection, ref http2, header.Stream, Http2Error.Internal);
            return Http2Error.None;
        }
        ListConnection.Received(world, number, ref own);
        if (own.Stream == Table.NoRow) GrantWindow.Run(world, number, ref own); // with its head: nobody has yet
        if (header.Has(FrameFlags.EndStream))
            TakeBlock.EndOfPeer(world, row, ref connection, ref http2, number, isAfterHead: false);
        return Http2Error.None;
    }

    private static Http2Error OfClosed(in Http2Connection http2, uint id) =>
        ReadFrame.CrossedReset(http2, id) ? Http2Error.None : Http2Error.StreamClosed;

    private static Http2Error Refused(ref Http2Stream stream, in Connection connection, int length, int counted)
    {
        const Http2StreamFlags over = Http2StreamFlags.PeerEnded | Http2StreamFlags.PeerReset;
        if ((stream.Flags & (Http2StreamFlags.Reset | Http2StreamFlags.PeerReset)) == Http2StreamFlags.Reset)
            return Http2Error.None; // it may have crossed ours
        if ((stream.Flags & over) != 0) return Http2Error.StreamClosed;
        // What a peer took from the usual window it may write behind its acknowledgement of ours: not less is a fault.
        if ((long)counted > (long)stream.ReceiveLeft + StartHttp2.InitialWindow) return Http2Error.FlowControl;
        bool isServer = (connection.Flags & ConnectionFlags.ServerSide) != 0;
        if (isServer && (stream.Flags & Http2StreamFlags.HeadRead) == 0) return Http2Error.Protocol;
        // THREATS.md B7: more than was promised would be the next request.
        bool surplus = (stream.Flags & Http2StreamFlags.Counted) != 0 && (ulong)length > stream.ReceiveLeftOfLength;
        return surplus ? Http2Error.Protocol : Http2Error.None;
    }

    /// <summary>Takes the payload out of the input in any case.</summary>
    private static bool MovePayload(World world, ref BufferChain from, ref BufferChain to, int length)
    {
        bool fits = true;
        while (length > 0)
        {
            ReadOnlySpan<byte> first = from.First(world.Buffers);
            int part = Math.Min(first.Length, length);
            fits = fits && AppendBytes.Run(world, ref to, first[..part]);
            from.Consume(world.Buffers, part);
            length -= part;
        }
        return fits;
    }
}
