using System;
using Engine.Data.Buffers;
using Engine.Data.Connections;
using Engine.Data.Http2;
using Engine.Data.Messages;
using Engine.Data.Tables;
using Engine.Data.Text;
using Engine.Data.Worlds;
using Engine.Systems.Http1;
using Engine.Systems.Http2.Hpack;
using Engine.Systems.Parse;
using Engine.Systems.Send;

namespace Engine.Systems.Http2;

/// <summary>The head at the front of a stream's output becomes a header block.</summary>
internal static unsafe class WriteMessageHead
{
    /// <summary>False when it is none. Nothing is taken before all of it is there.</summary>
    public static bool Run(World world, uint row, ref Connection own, ref Http2Stream stream, uint parent)
    {
        MessageHead* head = world.Heads.Take();
        if (head == null) return false;
        bool isRequest = (own.Flags & ConnectionFlags.ServerSide) != 0;
        HeadResult result = Parse(world, ref own.Out, head, isRequest);
        if (result == HeadResult.Incomplete && JoinHead.Run(world, ref own.Out))
            result = Parse(world, ref own.Out, head, isRequest);
        bool good = result is HeadResult.Ok or HeadResult.Incomplete;
        if (result == HeadResult.Ok)
        {
            good = isRequest
                ? WriteRequest(world, row, ref own, ref stream, parent, head)
                : WriteResponse(world, row, ref own, ref stream, parent, head);
        }
        world.Heads.Return(head);
        return good;
    }

    private static HeadResult Parse(World world, ref BufferChain output, MessageHead* head, bool isRequest)
    {
        ref BufferSegment segment = ref world.Buffers.Segment(output.Head);
        byte* start = world.Buffers.Address(output.Head) + segment.Start;
        HeadLimits limits = new()
        {
            BytesMax = BufferSlab.LargeSize,
            FieldsMax = head->FieldCapacity,
            AcceptUnsafe = true, // whoever wrote it has looked at it
        };
        int scanned = 0;
        return isRequest
            ? ParseRequestHead.Run(start, segment.Length, ref scanned, head, limits)
            : ParseResponseHead.Run(start, segment.Length, ref scanned, head, limits);
    }

    private static bool WriteResponse(
        World world, uint row, ref Connection own, ref Http2Stream stream, uint parent, MessageHead* head)
    {
        int status = head->Status;
        bool switches = status == 101;
        if (switches && (stream.Flags & Http2StreamFlags.ExtendedConnect) == 0) return false;
        BodyState body = BodyFraming.OfResponse(head, stream.Method);
        HpackWriter writer = new(world.Http2.Block, world.Http2.BlockSize);
        writer.Status(switches ? 200 : status);
        WriteFields(head, ref writer, switches);
        if (writer.Length < 0) return false;
        bool isInterim = status < 200 && !switches;
        bool ends = !isInterim && body.Kind == BodyKind.None;
        if (!isInterim) Begin(ref stream, body);
        Send(world, row, ref own, ref stream, parent, head->HeadLength, writer.Length, ends);
        return true;
    }

    private static bool WriteRequest(
        World world, uint row, ref Connection own, ref Http2Stream stream, uint parent, MessageHead* head)
    {
        ref Http2Connection http2 = ref world.Http2.Connection[parent];
        bool upgrades = (head->Flags & HeadFlags.Upgrade) != 0;
        if (upgrades && (http2.Flags & Http2Flags.AwaitsSettings) != 0)
        {
            // Whether the server takes it stands in its SETTINGS.
            BlockedStreams.Add(world, row, ref stream, ref http2);
            return true;
        }
        if (upgrades && ((http2.Flags & Http2Flags.PeerTakesConnect) == 0 || !TakeProtocol(world, row, head))) return false;
        stream.Method = upgrades ? Method.Get : head->Method;
        BodyState body = upgrades || head->Method == Method.Connect
            ? new BodyState { Kind = BodyKind.Tunnel }
            : BodyFraming.OfRequest(head);
        if (upgrades) stream.Flags |= Http2StreamFlags.ExtendedConnect;
        HpackWriter writer = new(world.Http2.Block, world.Http2.BlockSize);
        WriteLine(ref stream, head, ref writer, upgrades ? world.Http2.Upgrades[row].Text : default);
        WriteFields(head, ref writer, upgrades);
        if (writer.Length < 0) return false;
        Begin(ref stream, body);
        Send(world, row, ref own, ref stream, parent, head->HeadLength, writer.Length, body.Kind == BodyKind.None);
        return true;
    }

    /// <summary>
    /// Keeps what the request is to turn to, for its answer. False when HTTP/2 cannot ask for it: one protocol, and a
    /// request without a body (RFC 8441 section 4).
    /// </summary>
    private static bool TakeProtocol(World world, uint row, MessageHead* head)
    {
        int field = EditFields.Find(head, KnownHeader.Upgrade);
        if (field < 0 || BodyFraming.OfRequest(head).Kind != BodyKind.None) return false;
        bool isWebSocket = (head->Flags & HeadFlags.WebSocket) != 0;
        ReadOnlySpan<byte> name = isWebSocket ? "websocket"u8 : MessageHead.FieldArray(head)[field].ValueSpan;
        if (name.Length > UpgradeName.LengthMax || !CheckField.IsToken(name)) return false;
        world.Http2.Upgrades[row].Set(name);
        int key = isWebSocket ? EditFields.Find(head, KnownHeader.SecWebSocketKey) : -1;
        if (key >= 0) AcceptKey.Run(MessageHead.FieldArray(head)[key].ValueSpan, world.Http2.Accepts[row].Bytes);
        return true;
    }

    private static void Begin(ref Http2Stream stream, in BodyState body)
    {
        stream.Flags |= Http2StreamFlags.HeadSent;
        stream.SendKind = body.Kind;
        stream.SendLeft = body.Remaining;
        stream.ChunkStep = 0;
        // A chunk's size is counted up from nothing.
        if (body.Kind == BodyKind.Chunked) stream.SendLeft = 0;
    }

    private static void Send(
        World world,
        uint row,
        ref Connection own,
        ref Http2Stream stream,
        uint parent,
        int headLength,
        int blockLength,
        bool ends)
    {
        FinishSends.TakeHead(world, ref own, headLength);
        WriteFrame.Headers(
            world, parent, ref world.Connection[parent], stream.Id,
            new ReadOnlySpan<byte>(world.Http2.Block, blockLength), ends);
        if (ends) MuxStream.NoteEnd(ref world.Http2.Connection[parent], ref stream);
    }

    private static void WriteLine(
        ref Http2Stream stream, MessageHead* head, ref HpackWriter writer, ReadOnlySpan<byte> protocol)
    {
        const int methodGet = 2;
        const int methodPost = 3;
        const int methodName = 2;
        const int schemeHttp = 6;
        const int schemeHttps = 7;
        const int pathName = 4;
        const int authorityName = 1;
        if (protocol.Length > 0) writer.Named(methodName, "CONNECT"u8);
        else if (head->Method == Method.Get) writer.Indexed(methodGet);
        else if (head->Method == Method.Post) writer.Indexed(methodPost);
        else writer.Named(methodName, head->MethodName.Span);
        bool plainConnect = head->Method == Method.Connect;
        if (!plainConnect)
        {
            writer.Indexed((stream.Flags & Http2StreamFlags.Https) != 0 ? schemeHttps : schemeHttp);
            writer.Named(pathName, PathOf(head));
        }
        int host = EditFields.Find(head, KnownHeader.Host);
        if (plainConnect) writer.Named(authorityName, head->Target.Span);
        else if (host >= 0) writer.Named(authorityName, MessageHead.FieldArray(head)[host].ValueSpan);
        else if (!head->Authority.IsEmpty) writer.Named(authorityName, head->Authority.Span);
        if (protocol.Length > 0) writer.Literal(KnownHeader.None, ":protocol"u8, protocol);
    }

    private static ReadOnlySpan<byte> PathOf(MessageHead* head)
    {
        ReadOnlySpan<byte> path = head->PathAndQuery.Span;
        return path.Length > 0 && path[0] != '?' ? path : "/"u8;
    }

    /// <summary>All but what is about a connection of HTTP/1 (RFC 9113 section 8.2.2).</summary>
    private static void WriteFields(MessageHead* head, ref HpackWriter writer, bool switches)
    {
        foreach (ref HeaderField field in MessageHead.Fields(head))
        {
            if (field.Removed) continue;
            switch (field.Known)
            {
                case KnownHeader.Host when head->Status == 0:
                case KnownHeader.Connection:
                case KnownHeader.KeepAlive:
                case KnownHeader.ProxyConnection:
                case KnownHeader.TransferEncoding:
                case KnownHeader.Upgrade:
                case KnownHeader.Http2Settings:
                case KnownHeader.SecWebSocketKey when switches:
                case KnownHeader.SecWebSocketAccept when switches:
                    continue;
                case KnownHeader.Te when !AsciiCase.Equals(field.ValueSpan, "trailers"u8):
                    continue;
            }
            Check.That(field.NameLength > 0);
            writer.Literal(field.Known, field.NameSpan, field.ValueSpan);
        }
    }
}
