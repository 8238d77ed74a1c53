using System;
using System.Buffers.Binary;
using Engine.Data.Buffers;
using Engine.Data.Connections;
using Engine.Data.Http2;
using Engine.Data.Tables;
using Engine.Data.Worlds;
using Engine.Systems.Connections;

namespace Engine.Systems.Http2;

/// <summary>Does what one whole frame at the front of the input says, and takes it out (RFC 9113 section 6).</summary>
internal static unsafe class ReadFrame
{
    /// <summary>None, or why the connection is over.</summary>
    public static Http2Error Run(
        World world, uint row, ref Connection connection, ref Http2Connection http2, in FrameHeader header)
    {
        if ((http2.Flags & Http2Flags.AwaitsSettings) != 0)
        {
            if (header.Type != FrameType.Settings || header.Has(FrameFlags.Ack)) return Http2Error.Protocol;
            http2.Flags &= ~Http2Flags.AwaitsSettings;
            // Requests that had to know what the server takes go on.
            BlockedStreams.Resume(world, ref http2);
        }
        bool inBlock = (http2.Flags & Http2Flags.InBlock) != 0;
        bool continues = header.Type == FrameType.Continuation;
        if (inBlock != continues || (inBlock && header.Stream != http2.BlockStream)) return Http2Error.Protocol;
        if (header.Type == FrameType.Data) return ReadData.Run(world, row, ref connection, ref http2, header);
        byte* payload = Payload(world, ref connection, header.Length);
        Http2Error error = header.Type switch
        {
            FrameType.Headers => ReadHeaders.First(world, row, ref connection, ref http2, header, payload),
            FrameType.Continuation => ReadHeaders.Next(world, row, ref connection, ref http2, header, payload),
            FrameType.Settings => ReadSettings.Run(world, row, ref connection, ref http2, header, payload),
            FrameType.WindowUpdate => UpdateWindow(world, row, ref connection, ref http2, header, payload),
            FrameType.ResetStream => ResetByPeer(world, row, ref connection, ref http2, header, payload),
            FrameType.Ping => AnswerPing(world, row, ref connection, header, payload),
            FrameType.GoAway => TakeGoAway(world, row, ref connection, ref http2, header, payload),
            FrameType.Priority => CheckPriority(world, row, ref connection, ref http2, header, payload),
            FrameType.PushPromise => Http2Error.Protocol,
            _ => Http2Error.None, // RFC 9113 section 5.5: what is not known is read over
        };
        if (error == Http2Error.None && connection.State == ConnectionState.Open && !connection.In.IsEmpty)
            connection.In.Consume(world.Buffers, FrameHeader.Size + header.Length);
        return error;
    }

    /// <summary>Where the payload stands in one piece: in the input, or copied.</summary>
    private static byte* Payload(World world, ref Connection connection, int length)
    {
        BufferSlab slab = world.Buffers;
        ref BufferSegment segment = ref slab.Segment(connection.In.Head);
        if (segment.Length >= FrameHeader.Size + length)
            return slab.Address(connection.In.Head) + segment.Start + FrameHeader.Size;
        DemuxFrames.Peek(
            world, ref connection.In, new Span<byte>(world.Http2.Frame, FrameHeader.Size + length));
        return world.Http2.Frame + FrameHeader.Size;
    }

    private static uint Number(byte* at) => BinaryPrimitives.ReadUInt32BigEndian(new ReadOnlySpan<byte>(at, 4));

    /// <summary>A frame may not be about a stream that nobody opened yet.</summary>
    public static bool IsIdle(in Connection connection, in Http2Connection http2, uint stream)
    {
        // Ours and the client's are odd; servers of ours must not push.
        return (stream & 1) == 0 || stream > http2.HighestStream;
    }

    private static Http2Error UpdateWindow(
        World world, uint row, ref Connection connection, ref Http2Connection http2, in FrameHeader header, byte* payload)
    {
        if (header.Length != 4) return Http2Error.FrameSize;
        int bytes = (int)(Number(payload) & FrameHeader.Bits31);
        if (header.Stream == 0)
        {
            if (bytes == 0) return Http2Error.Protocol;
            if ((long)http2.SendWindow + bytes > int.MaxValue) return Http2Error.FlowControl;
            bool wasShut = http2.SendWindow <= 0;
            http2.SendWindow += bytes;
            if (wasShut) BlockedStreams.Resume(world, ref http2);
            return Http2Error.None;
        }
        if (IsIdle(connection, http2, header.Stream)) return Http2Error.Protocol;
        uint number = world.Http2.Index.Find(row, header.Stream);
        if (number == Table.NoRow) return Http2Error.None; // it ended, which the peer may not know yet
        if (bytes == 0) StreamError(world, row, ref connection, ref http2, header.Stream, Http2Error.Protocol);
        if (bytes == 0) return Http2Error.None;
        ref Http2Stream stream = ref world.Http2.Stream[number];
        if ((long)stream.SendWindow + bytes > int.MaxValue)
        {
            StreamError(world, row, ref connection, ref http2, header.Stream, Http2Error.FlowControl);
            return Http2Error.None;
        }
        bool wasStuck = stream.SendWindow <= 0;
        stream.SendWindow += bytes;
        ref Connection own = ref world.Connection[number];
        if (wasStuck && !own.Out.IsEmpty) ListConnection.ToSend(world, number, ref own);
        return Http2Error.None;
    }

    private static Http2Error ResetByPeer(
        World world, uint row, ref Connection connection, ref Http2Connection http2, in FrameHeader header, byte* payload)
    {
        if (header.Length != 4) return Http2Error.FrameSize;
        if (header.Stream == 0 || IsIdle(connection, http2, header.Stream)) return Http2Error.Protocol;
        uint number = world.Http2.Index.Find(row, header.Stream);
        if (number == Table.NoRow) return Http2Error.None;
        Http2Error error = (Http2Error)Number(payload);
        ref Http2Stream stream = ref world.Http2.Stream[number];
        bool isServer = (connection.Flags & ConnectionFlags.ServerSide) != 0;
        CloseStream.CountOver(ref http2, ref stream);
        // RFC 9113 section 8.1: a server that has answered may not want the rest of the request.
        if (isServer && error == Http2Error.None && (stream.Flags & Http2StreamFlags.PeerEnded) != 0)
        {
            stream.Flags |= Http2StreamFlags.Reset;
            ref Connection own = ref world.Connection[number];
            own.Out.Clear(world.Buffers);
            own.Flags |= ConnectionFlags.SendShut;
            ListConnection.Received(world, number, ref own);
            return Http2Error.None;
        }
        if (isServer && error == Http2Error.RefusedStream) stream.Flags |= Http2StreamFlags.Refused;
        // Opened and given up before anything was done with it: the shape of rapid resets (THREATS.md B16).
        if (!isServer && (stream.Flags & Http2StreamFlags.HeadSent) == 0) http2.Glitches++;
        stream.Flags |= Http2StreamFlags.PeerReset;
        stream.ResetCode = (uint)error;
        CloseStream.Break(world, number);
        return Http2Error.None;
    }

    private static Http2Error AnswerPing(
        World world, uint row, ref Connection connection, in FrameHeader header, byte* payload)
    {
        if (header.Stream != 0) return Http2Error.Protocol;
        if (header.Length != 8) return Http2Error.FrameSize;
        if (!header.Has(FrameFlags.Ack))
        {
            WriteFrame.Control(
                world, row, ref connection, FrameType.Ping, FrameFlags.Ack, 0, new ReadOnlySpan<byte>(payload, 8));
        }
        return Http2Error.None;
    }

    private static Http2Error TakeGoAway(
        World world, uint row, ref Connection connection, ref Http2Connection http2, in FrameHeader header, byte* payload)
    {
        if (header.Stream != 0) return Http2Error.Protocol;
        if (header.Length < 8) return Http2Error.FrameSize;
        if ((connection.Flags & ConnectionFlags.ServerSide) == 0)
        {
            http2.Flags |= Http2Flags.Draining; // its streams go on
            if (http2.Streams == 0) DrainHttp2.End(world, row, ref connection);
            return Http2Error.None;
        }
        uint last = Number(payload) & FrameHeader.Bits31;
        http2.Flags |= Http2Flags.Draining;
        ServerConnections.Delist(world, row, ref connection);
        for (uint number = http2.FirstStream; number != Table.NoRow;)
        {
            ref Http2Stream stream = ref world.Http2.Stream[number];
            uint next = stream.Next;
            if (stream.Id > last && (stream.Flags & Http2StreamFlags.HeadRead) == 0) // what it answers it did process
            {
                stream.Flags |= Http2StreamFlags.Refused;
                CloseStream.Break(world, number);
            }
            number = next;
        }
        if (http2.Streams == 0) CloseConnection.Run(world, row);
        return Http2Error.None;
    }

    // Priorities themselves are of no use here (RFC 9113 section 5.3.2, THREATS.md B10).
    private static Http2Error CheckPriority(
        World world, uint row, ref Connection connection, ref Http2Connection http2, in FrameHeader header, byte* payload)
    {
        if (header.Stream == 0) return Http2Error.Protocol;
        if (header.Length != 5) StreamError(world, row, ref connection, ref http2, header.Stream, Http2Error.FrameSize);
        else if ((Number(payload) & FrameHeader.Bits31) == header.Stream)
            StreamError(world, row, ref connection, ref http2, header.Stream, Http2Error.Protocol);
        return Http2Error.None;
    }

    /// <summary>RFC 9113 section 5.4.2. Our own resets count as odd events too (THREATS.md B11, B18).</summary>
    public static void StreamError(
        World world, uint row, ref Connection connection, ref Http2Connection http2, uint id, Http2Error error)
    {
        http2.Glitches++;
        CountHttp2.Of(world, connection).StreamFaults++;
        WriteFrame.ResetStream(world, row, ref connection, id, error);
        CloseStream.Remember(ref http2, id);
        uint number = world.Http2.Index.Find(row, id);
        if (number == Table.NoRow) return;
        CloseStream.CountOver(ref http2, ref world.Http2.Stream[number]);
        CloseStream.Break(world, number);
    }

    /// <summary>Whether what came for a stream that is gone may have crossed a reset of ours.</summary>
    public static bool CrossedReset(in Http2Connection http2, uint id)
    {
        foreach (uint recent in http2.RecentResets)
        {
            if (recent == id) return true;
        }
        return false;
    }
}
