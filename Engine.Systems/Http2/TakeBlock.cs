using Engine.Data.Configuration;
using Engine.Data.Connections;
using Engine.Data.Http2;
using Engine.Data.Messages;
using Engine.Data.Tables;
using Engine.Data.Worlds;
using Engine.Systems.Connections;
using Engine.Systems.Forward;

namespace Engine.Systems.Http2;

/// <summary>
/// A whole header block: a request, a response, or trailers. It is decoded whatever becomes of it, or the tables of
/// both ends would differ.
/// </summary>
internal static unsafe class TakeBlock
{
    public static Http2Error Run(
        World world,
        uint row,
        ref Connection connection,
        ref Http2Connection http2,
        uint id,
        FrameFlags flags,
        byte* block,
        int length)
    {
        bool ends = (flags & FrameFlags.EndStream) != 0;
        bool isServer = (connection.Flags & ConnectionFlags.ServerSide) != 0;
        uint number = world.Http2.Index.Find(row, id);
        if (number == Table.NoRow)
        {
            if (!ReadFrame.IsIdle(connection, http2, id)) return OfClosed(world, ref http2, id, block, length);
            if (isServer || (id & 1) == 0) return Http2Error.Protocol;
            return OfNew(world, row, ref connection, ref http2, id, ends, block, length);
        }
        ref Http2Stream stream = ref world.Http2.Stream[number];
        if ((stream.Flags & (Http2StreamFlags.PeerEnded | Http2StreamFlags.Reset)) != 0)
        {
            Http2Error fault = ReadTrailerBlock.Run(world.Http2, ref http2.Table, block, length).Fault;
            if (fault != Http2Error.None) return fault;
            const Http2StreamFlags resets = Http2StreamFlags.Reset | Http2StreamFlags.PeerReset;
            if ((stream.Flags & resets) == Http2StreamFlags.Reset) return Http2Error.None; // it may have crossed ours
            ReadFrame.StreamError(world, row, ref connection, ref http2, id, Http2Error.StreamClosed);
            return Http2Error.None;
        }
        bool isResponse = isServer && (stream.Flags & Http2StreamFlags.HeadRead) == 0;
        return isResponse
            ? OfResponse(world, row, ref connection, ref http2, number, ends, block, length)
            : OfTrailers(world, row, ref connection, ref http2, number, ends, block, length);
    }

    private static Http2Error OfClosed(World world, ref Http2Connection http2, uint id, byte* block, int length)
    {
        Http2Error fault = ReadTrailerBlock.Run(world.Http2, ref http2.Table, block, length).Fault;
        if (fault != Http2Error.None) return fault;
        return ReadFrame.CrossedReset(http2, id) ? Http2Error.None : Http2Error.StreamClosed;
    }

    private static Http2Error OfNew(
        World world,
        uint row,
        ref Connection connection,
        ref Http2Connection http2,
        uint id,
        bool ends,
        byte* block,
        int length)
    {
        http2.HighestStream = id;
        http2.TotalStreams++;
        HeadText head = ReadRequestBlock.Run(world.Http2, ref http2.Table, block, length, ends);
        if (head.Fault != Http2Error.None) return head.Fault;
        Globals globals = world.Configuration.Globals;
        Http2Side side = globals.Http2.Frontend;
        uint atOnce = (uint)globals.Http2.StreamsMaxOf(side);
        // Manual section 3.2, tune.h2.fe.max-total-streams: behind that many the client is asked to leave. What may be
        // on its way is still taken, and who does not listen is made to go.
        bool isLimited = side.TotalStreamsMax > 0;
        if (isLimited && http2.TotalStreams > (uint)side.TotalStreamsMax + atOnce) return Http2Error.EnhanceYourCalm;
        if ((http2.Flags & Http2Flags.GoAwaySent) != 0 && id > http2.LastTaken)
        {
            http2.Glitches++;
            return Refuse(world, row, ref connection, ref http2, id);
        }
        if (head.Length == world.Http2.TextSize) http2.Glitches++; // too large: it will be answered so
        if (head.Malformed)
        {
            ReportBadFrames.Stream(world, row, ref connection);
            ReadFrame.StreamError(world, row, ref connection, ref http2, id, Http2Error.Protocol);
        }
        else if (http2.OpenStreams >= globals.Http2.StreamsMaxOf(side)
            || !OpenStream.OfClient(world, row, ref connection, ref http2, id, head, ends))
        {
            http2.Glitches++;
            Refuse(world, row, ref connection, ref http2, id);
        }
        if (isLimited && http2.TotalStreams >= side.TotalStreamsMax)
            DrainHttp2.Run(world, row, ref connection, underWay: atOnce);
        return Http2Error.None;
    }

    private static Http2Error Refuse(
        World world, uint row, ref Connection connection, ref Http2Connection http2, uint id)
    {
        WriteFrame.ResetStream(world, row, ref connection, id, Http2Error.RefusedStream);
        CloseStream.Remember(ref http2, id);
        return Http2Error.None;
    }

    private static Http2Error OfResponse(
        World world,
        uint row,
        ref Connection connection,
        ref Http2Connection http2,
        uint number,
        bool ends,
        byte* block,
        int length)
    {
        ref Http2Stream stream = ref world.Http2.Stream[number];
        HeadText head = ReadResponseBlock.Run(
            world.Http2, ref http2.Table, block, length, ends, stream, world.Http2.Accepts[number].Bytes,
            world.Http2.Upgrades[number].Text);
        if (head.Fault != Http2Error.None) return head.Fault;
        ref Connection own = ref world.Connection[number];
        bool isInterim = head.Status is >= 100 and < 200 and not 101;
        // No window bounds heads: who sends them faster than the client takes them is left.
        bool fits = !head.Malformed && !(isInterim && own.In.Length > world.Configuration.Globals.BufferSize)
            && AppendBytes.Run(world, ref own.In, new System.ReadOnlySpan<byte>(world.Http2.Text, head.Length));
        if (!fits)
        {
            Http2Error error = head.Malformed ? Http2Error.Protocol
                : isInterim ? Http2Error.EnhanceYourCalm : Http2Error.Internal;
            if (head.Malformed) stream.Flags |= Http2StreamFlags.Malformed;
            ReadFrame.StreamError(world, row, ref connection, ref http2, stream.Id, error);
            return Http2Error.None;
        }
        if (!isInterim)
        {
            stream.Flags |= Http2StreamFlags.HeadRead;
            bool tunnel = head.Status == 101 || (stream.Method == Method.Connect && head.Status < 300);
            bool bodiless = stream.Method == Method.Head || head.Status is 204 or 304;
            if (tunnel) stream.Flags |= Http2StreamFlags.Tunnel;
            else if (head.HasLength || bodiless) stream.Flags |= Http2StreamFlags.Counted;
            else stream.Flags |= Http2StreamFlags.Chunks;
            stream.ReceiveLeftOfLength = head.ContentLength;
        }
        ListConnection.Received(world, number, ref own);
        if (ends) EndOfPeer(world, row, ref connection, ref http2, number, isAfterHead: true);
        return Http2Error.None;
    }

    private static Http2Error OfTrailers(
        World world,
        uint row,
        ref Connection connection,
        ref Http2Connection http2,
        uint number,
        bool ends,
        byte* block,
        int length)
    {
        ref Http2Stream stream = ref world.Http2.Stream[number];
        HeadText head = ReadTrailerBlock.Run(world.Http2, ref http2.Table, block, length);
        if (head.Fault != Http2Error.None) return head.Fault;
        bool counts = (stream.Flags & Http2StreamFlags.Counted) != 0 && stream.ReceiveLeftOfLength != 0;
        if (!ends || head.Malformed || counts || (stream.Flags & Http2StreamFlags.Tunnel) != 0)
        {
            if (head.Malformed) ReportBadFrames.Stream(world, row, ref connection);
            ReadFrame.StreamError(world, row, ref connection, ref http2, stream.Id, Http2Error.Protocol);
            return Http2Error.None;
        }
        ref Connection own = ref world.Connection[number];
        stream.Flags |= Http2StreamFlags.PeerEnded;
        if ((stream.Flags & Http2StreamFlags.Ended) != 0) CloseStream.CountOver(ref http2, ref stream);
        // Behind a body whose length was told HTTP/1 has no place for trailers.
        if ((stream.Flags & Http2StreamFlags.Chunks) != 0
            && !AppendBytes.Run(world, ref own.In, new System.ReadOnlySpan<byte>(world.Http2.Text, head.Length)))
        {
            ReadFrame.StreamError(world, row, ref connection, ref http2, stream.Id, Http2Error.Internal);
            return Http2Error.None;
        }
        ListConnection.Received(world, number, ref own);
        return Http2Error.None;
    }

    /// <summary>END_STREAM: what was promised must have come (THREATS.md B7).</summary>
    public static void EndOfPeer(
        World world,
        uint row,
        ref Connection connection,
        ref Http2Connection http2,
        uint number,
        bool isAfterHead)
    {
        ref Http2Stream stream = ref world.Http2.Stream[number];
        ref Connection own = ref world.Connection[number];
        bool cut = (stream.Flags & Http2StreamFlags.Counted) != 0 && stream.ReceiveLeftOfLength != 0;
        bool lost = !cut && !isAfterHead && (stream.Flags & Http2StreamFlags.Chunks) != 0
            && !AppendBytes.Run(world, ref own.In, "0\r\n\r\n"u8);
        if (cut || lost)
        {
            Http2Error error = cut ? Http2Error.Protocol : Http2Error.Internal;
            ReadFrame.StreamError(world, row, ref connection, ref http2, stream.Id, error);
            return;
        }
        stream.Flags |= Http2StreamFlags.PeerEnded;
        if ((stream.Flags & Http2StreamFlags.Ended) != 0) CloseStream.CountOver(ref http2, ref stream);
        if ((stream.Flags & Http2StreamFlags.Tunnel) != 0) own.Flags |= ConnectionFlags.PeerClosed;
        ListConnection.Received(world, number, ref own);
    }
}
