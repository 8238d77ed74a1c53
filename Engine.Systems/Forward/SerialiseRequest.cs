using System;
using Engine.Data.Buffers;
using Engine.Data.Configuration;
using Engine.Data.Connections;
using Engine.Data.Messages;
using Engine.Data.Streams;
using Engine.Data.Worlds;
using Engine.Systems.Http1;
using Engine.Systems.Replay;
using Engine.Systems.Streams;

namespace Engine.Systems.Forward;

/// <summary>Writes the request's head, as the rules left it, into the server connection's output and lets the index go.</summary>
public static unsafe class SerialiseRequest
{
    /// <summary>False when there was no room: the stream was failed.</summary>
    public static bool Run(World world, uint row, ref Stream stream, ref Connection server)
    {
        MessageHead* head = stream.Head;
        int headLength = head->HeadLength;
        ConnectionSaid said = Said(world, ref stream, head);
        ByteView nameField = world.Configuration.Proxies[stream.Backend].ServerNameField;
        bool fits = nameField.IsEmpty || TellName(world, in stream, head, nameField);
        byte* room = stackalloc byte[KeepFraming.LengthTextMax];
        if (fits && KeepFraming.IsRuled(world, in stream, isRequest: true)) fits = KeepFraming.OfRequest(in stream, head, room);
        FieldCases? cases = CasesOf(world, stream.Backend, ProxyOptions.AdjustServerCase, in server);
        BufferRef buffer = !fits ? BufferRef.None : WriteIntoBuffer(world, head, said, headLength, isRequest: true, cases);
        if (buffer.IsNone)
        {
            FailStream.Run(world, row, ref stream, 400, 'P', 'R');
            return false;
        }
        if (stream.Request is { Kind: BodyKind.Chunked, Delivery: BodyDelivery.AsSent }
            && (world.Configuration.Proxies[stream.Backend].Options & ProxyOptions.DropRequestTrailers) != 0)
        {
            stream.Request.Delivery = BodyDelivery.WithoutTrailers;
        }
        server.Out.Append(world.Buffers, buffer);
        KeepRequest.Begin(world, row, in stream, buffer);
        ref Connection client = ref world.Connection[stream.Client];
        client.In.Consume(world.Buffers, headLength);
        ReleaseHead.Run(world, ref stream);
        stream.Flags |= StreamFlags.RequestSent;
        bool keep = (stream.Flags & (StreamFlags.ServerReused | StreamFlags.Repeatable))
            == (StreamFlags.ServerReused | StreamFlags.Repeatable);
        if (keep) stream.Retained = buffer;
        world.ProxyCounters[stream.Backend].BackendBytesIn += (ulong)headLength;
        world.ProxyCounters[stream.Frontend].FrontendBytesIn += (ulong)headLength;
        world.ListenerOf(stream).BytesIn += (ulong)headLength;
        world.ServerCounters[stream.ServerNumber].BytesIn += (ulong)headLength;
        return true;
    }

    /// <summary>The server's own name goes with the request, and no other that came with it.</summary>
    private static bool TellName(World world, in Stream stream, MessageHead* head, ByteView field)
    {
        EditFields.Remove(head, field.Span);
        return EditFields.Add(head, field, world.Configuration.Servers[stream.ServerNumber].NameBytes);
    }

    private static ConnectionSaid Said(World world, ref Stream stream, MessageHead* head)
    {
        if ((head->Flags & HeadFlags.Upgrade) != 0) return ConnectionSaid.Upgrade;
        bool pretends = (world.Configuration.Proxies[stream.Backend].Options & ProxyOptions.PretendKeepAlive) != 0;
        if (!pretends && ClosesServer(world, ref stream)) return ConnectionSaid.Close;
        return head->Version < HttpVersion.Http11 ? ConnectionSaid.KeepAlive : ConnectionSaid.Nothing;
    }

    /// <summary>
    /// <c>option httpclose</c> closes the side it stands on, <c>http-server-close</c> the server's wherever it stands.
    /// </summary>
    public static bool ClosesServer(World world, ref Stream stream)
    {
        ProxyOptions back = world.Configuration.Proxies[stream.Backend].Options;
        ProxyOptions front = world.Configuration.Proxies[stream.Frontend].Options;
        return (back & ProxyOptions.HttpClose) != 0 || ((back | front) & ProxyOptions.HttpServerClose) != 0;
    }

    /// <summary>The case of names towards a peer of HTTP/1 that an option says to be wrong about it; null: as they are.</summary>
    public static FieldCases? CasesOf(World world, int proxy, ProxyOptions option, in Connection to)
    {
        FieldCases? cases = world.Configuration.Globals.FieldCases;
        if (cases == null || (to.Flags & ConnectionFlags.Http2Stream) != 0) return null;
        return (world.Configuration.Proxies[proxy].Options & option) != 0 ? cases : null;
    }

    /// <summary>A small buffer when the head surely fits, else a standard one; none when it fits in neither.</summary>
    public static BufferRef WriteIntoBuffer(
        World world, MessageHead* head, ConnectionSaid said, int headLength, bool isRequest, FieldCases? cases)
    {
        BufferSlab slab = world.Buffers;
        for (BufferClass kind = headLength < 3072 ? BufferClass.Small : BufferClass.Standard; ; kind++)
        {
            BufferRef buffer = slab.Take(kind);
            if (buffer.IsNone) return buffer;
            Span<byte> space = new(slab.Address(buffer), slab.SizeOf(kind));
            int written = isRequest ? WriteHead.Request(head, said, space) : WriteHead.Response(head, said, space);
            if (written > 0)
            {
                if (cases != null) AdjustCase.Run(cases, space[..written]);
                slab.Segment(buffer).End = written;
                return buffer;
            }
            slab.Return(buffer);
            if (kind == BufferClass.Standard) return BufferRef.None;
        }
    }
}
