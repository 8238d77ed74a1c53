using Engine.Data.Buffers;
using Engine.Data.Configuration;
using Engine.Data.Connections;
using Engine.Data.Kernel;
using Engine.Data.Messages;
using Engine.Data.Streams;
using Engine.Data.Worlds;
using Engine.Systems.Connections;
using Engine.Systems.Http1;
using Engine.Systems.Logs;
using Engine.Systems.Parse;
using Engine.Systems.Streams;

namespace Engine.Systems.Forward;

/// <summary>
/// Writes the response's head, as the rules left it, into the client connection's output and lets the
/// index go.
/// </summary>
public static unsafe class SerialiseResponse
{
    public static void Run(World world, uint row, ref Stream stream)
    {
        MessageHead* head = stream.Head;
        ref Connection server = ref world.Connection[stream.Server];
        ref Connection client = ref world.Connection[stream.Client];
        byte* room = stackalloc byte[KeepFraming.LengthTextMax];
        bool isRuled = KeepFraming.IsRuled(world, in stream, isRequest: false);
        bool fits = !isRuled || KeepFraming.OfResponse(ref stream, head, room);
        if (isRuled && KeepFraming.TakeClose(head)) stream.Flags &= ~StreamFlags.ClientKeepAlive;
        if (stream.Response.Kind == BodyKind.Tunnel) BeginTunnel(world, ref stream, ref client);
        else if (stream.Response.Kind == BodyKind.UntilClose) stream.Flags &= ~StreamFlags.ClientKeepAlive;
        if ((stream.Flags & StreamFlags.ClientHttp10) != 0 && stream.Response.Kind == BodyKind.Chunked)
        {
            // RFC 9112 section 7.1: an HTTP/1.0 client cannot read chunks; it gets the bytes and the end by close.
            if (stream.Response.Delivery == BodyDelivery.AsSent) stream.Response.Delivery = BodyDelivery.Decoded;
            stream.Flags &= ~StreamFlags.ClientKeepAlive;
            EditFields.Remove(head, KnownHeader.TransferEncoding);
        }
        if (stream.Response is { Kind: BodyKind.Chunked, Delivery: BodyDelivery.AsSent }
            && (world.Configuration.Proxies[stream.Frontend].Options & ProxyOptions.DropResponseTrailers) != 0)
        {
            stream.Response.Delivery = BodyDelivery.WithoutTrailers;
        }
        if (SpreadStop.EndsAll(world)) stream.Flags &= ~StreamFlags.ClientKeepAlive;
        int headLength = head->HeadLength;
        FieldCases? cases = SerialiseRequest.CasesOf(world, stream.Frontend, ProxyOptions.AdjustClientCase, in client);
        BufferRef buffer = !fits ? BufferRef.None : SerialiseRequest.WriteIntoBuffer(
            world, head, Said(ref stream, head), headLength, isRequest: false, cases);
        if (buffer.IsNone)
        {
            FailStream.Run(world, row, ref stream, 502, 'P', 'H');
            return;
        }
        stream.Status = head->Status;
        client.Out.Append(world.Buffers, buffer);
        server.In.Consume(world.Buffers, headLength);
        ReleaseHead.Run(world, ref stream);
        CountBytes.ToClient(world, row, ref stream, (ulong)headLength);
        ExchangeTimeouts.Progressed(ref server);
        if ((stream.Flags & StreamFlags.Tunnel) != 0) ExchangeTimeouts.Progressed(ref client);
        stream.Flags |= StreamFlags.ResponseStarted;
        LogStream.Early(world, row, ref stream);
        stream.State = StreamState.Relaying;
        ListConnection.ToSend(world, stream.Client, ref client);
        ListStream.ToForward(world, row, ref stream);
    }

    private static ConnectionSaid Said(ref Stream stream, MessageHead* head)
    {
        if ((stream.Flags & StreamFlags.Tunnel) != 0) return ConnectionSaid.Upgrade;
        if ((stream.Flags & StreamFlags.ClientKeepAlive) == 0) return ConnectionSaid.Close;
        // RFC 9110 section 15.5.22: 426 says which protocols it wants.
        if (head->Status == 426 && EditFields.Find(head, KnownHeader.Upgrade) >= 0) return ConnectionSaid.Upgrade;
        // RFC 9112 section 9.3: either side of 1.0 has to be told.
        bool isOld = (stream.Flags & StreamFlags.ClientHttp10) != 0 || head->Version < HttpVersion.Http11;
        return isOld ? ConnectionSaid.KeepAlive : ConnectionSaid.Nothing;
    }

    /// <summary>101 or 2xx to CONNECT: from here on both ways are bytes.</summary>
    private static void BeginTunnel(World world, ref Stream stream, ref Connection client)
    {
        stream.Flags |= StreamFlags.Tunnel;
        stream.Flags &= ~(StreamFlags.ClientKeepAlive | StreamFlags.ServerKeepAlive);
        stream.Request = default;
        stream.Request.Kind = BodyKind.Tunnel;
        if ((client.Flags & ConnectionFlags.ReceiveRepeats) != 0)
            ArmReceive.Cancel(world, stream.Client, ref client);
    }
}
