using Engine.Data.Buffers;
using Engine.Data.Configuration;
using Engine.Data.Connections;
using Engine.Data.Kernel;
using Engine.Data.Messages;
using Engine.Data.Streams;
using Engine.Data.Tables;
using Engine.Data.Worlds;
using Engine.Systems.Connections;
using Engine.Systems.Evaluate;
using Engine.Systems.Forward;
using Engine.Systems.Health;
using Engine.Systems.Http1;
using Engine.Systems.Http2;
using Engine.Systems.Replay;
using Engine.Systems.Sticky;
using Engine.Systems.Streams;

namespace Engine.Systems.Parse;

/// <summary>What a server connection received: the head of a response, its body, or its end.</summary>
public static unsafe class ReadResponse
{
    private const ConnectionFlags Ended = ConnectionFlags.PeerClosed | ConnectionFlags.Broken;

    public static void Run(World world, uint row, ref Connection connection)
    {
        if (connection.Stream == Table.NoRow)
        {
            if ((connection.Flags & ConnectionFlags.Check) != 0)
            {
                RunCheck.Received(world, row, ref connection);
                return;
            }
            // Idle: a server has nothing to say here but its end (THREATS.md A31: surplus bytes are never a response).
            if ((connection.Flags & Ended) != 0 || !connection.In.IsEmpty) CloseConnection.Run(world, row);
            else ArmReceive.Answer(world, row, ref connection);
            return;
        }
        uint number = connection.Stream;
        ref Stream stream = ref world.Stream[number];
        if (stream.State != StreamState.AwaitingResponse)
        {
            ListStream.ToForward(world, number, ref stream);
            return;
        }
        if (HoldRules.HoldsResponse(in stream))
        {
            ListStream.To(world.ToRuleResponse, StreamState.Ruling, number, ref stream);
            return;
        }
        if ((stream.Flags & StreamFlags.Tcp) != 0)
        {
            Proxy relayed = world.Configuration.Proxies[stream.Backend];
            if (relayed.TcpResponseRules != null || relayed.StickResponseRules.Length > 0)
            {
                ListStream.To(world.ToRuleResponse, StreamState.Ruling, number, ref stream);
                return;
            }
            stream.State = StreamState.Relaying;
            ListStream.ToForward(world, number, ref stream);
            return;
        }
        // Each turn consumes an interim head, so the loop ends with the input.
        while (stream.State == StreamState.AwaitingResponse && !connection.In.IsEmpty)
        {
            if (world.Connection[stream.Client].Out.Length >= OutputRoom.SoftMax) return; // until it takes some
            if (!ReadHead(world, row, ref connection, number, ref stream)) return;
        }
        if (stream.State == StreamState.AwaitingResponse) AwaitMore(world, row, ref connection, number, ref stream);
    }

    private static void AwaitMore(World world, uint row, ref Connection connection, uint number, ref Stream stream)
    {
        if ((connection.Flags & Ended) != 0) ServerGone.BeforeResponse(world, number, ref stream);
        else ArmReceive.Small(world, row, ref connection, OperationFlags.None);
    }

    /// <summary>Parses one head. False when nothing more is to be done now.</summary>
    private static bool ReadHead(World world, uint row, ref Connection connection, uint number, ref Stream stream)
    {
        if (!JoinHead.Run(world, ref connection.In)) return false;
        if (stream.Head == null)
        {
            stream.Head = world.Heads.Take();
            if (stream.Head == null)
            {
                FailStream.Run(world, number, ref stream, 500, 'R', 'H');
                return false;
            }
        }
        ref BufferSegment segment = ref world.Buffers.Segment(connection.In.Head);
        byte* start = world.Buffers.Address(connection.In.Head) + segment.Start;
        Proxy backend = world.Configuration.Proxies[stream.Backend];
        HeadLimits limits = ReadRequest.Limits(world, (backend.Options & ProxyOptions.AcceptUnsafeResponse) != 0);
        HeadResult result = ParseResponseHead.Run(start, segment.Length, ref stream.Scanned, stream.Head, limits);
        if (result == HeadResult.Incomplete)
        {
            AwaitMore(world, row, ref connection, number, ref stream);
            return false;
        }
        if (result != HeadResult.Ok)
        {
            CaptureMessage.Response(world, ref connection, ref stream, result);
            if (SendAgain.TryRun(world, number, ref stream, RetryEvents.JunkResponse)) return false;
            ObserveTraffic.ResponseInvalid(world, stream.ServerNumber);
            world.ProxyCounters[stream.Backend].FailedResponses++;
            world.ServerCounters[stream.ServerNumber].FailedResponses++;
            CountTracked.Failure(world, number, in stream);
            FailStream.Run(world, number, ref stream, 502, 'P', 'H');
            return false;
        }
        stream.Scanned = 0;
        ReleaseRetained.Run(world, ref stream, ref connection);
        ushort status = stream.Head->Status;
        if (status == 101 && !MaySwitch(world, in stream))
        {
            world.ProxyCounters[stream.Backend].FailedResponses++;
            FailStream.Run(world, number, ref stream, 502, 'P', 'H');
            return false;
        }
        if (status is >= 100 and < 200 && status != 101)
        {
            PassInterim.Run(world, number, ref stream, ref connection);
            return true;
        }
        if (SendAgain.TryRun(world, number, ref stream, SendAgain.OfStatus(status))) return false;
        KeepRequest.Drop(world, number);
        Complete(world, ref connection, number, ref stream);
        return false;
    }

    /// <summary>
    /// A switch that nobody asked for, or in the middle of a request (THREATS.md A25), would make the client read the
    /// server's bytes as it pleases.
    /// </summary>
    private static bool MaySwitch(World world, in Stream stream) =>
        (stream.Flags & StreamFlags.AsksUpgrade) != 0 && stream.Request.Done && OwnHandshake.IsAnswered(world, in stream);

    private static void Complete(World world, ref Connection connection, uint number, ref Stream stream)
    {
        MessageHead* head = stream.Head;
        ref StreamLog log = ref world.Log[number];
        log.ResponseNanoseconds = world.NowNanoseconds;
        log.ResponseVersion = head->Version;
        stream.Response = BodyFraming.OfResponse(head, stream.Method);
        if (((stream.Flags & StreamFlags.HeadRequest) != 0) != (stream.Method == Method.Head)) SettleOtherMethod(ref stream, head);
        if (stream.Response.Kind == BodyKind.None) stream.Response.Done = true;
        if (connection.In.Length < BufferSlab.SmallSize && stream.Response.Remaining < BufferSlab.SmallSize)
            connection.Flags &= ~ConnectionFlags.Bulky;
        connection.Flags &= ~ConnectionFlags.Torrent;
        if (stream.Response.Kind == BodyKind.Length && stream.Response.Remaining >= SpliceBody.WorthBytes)
            connection.Flags |= ConnectionFlags.Torrent;
        if (KeepsAlive(world, head, ref stream)) stream.Flags |= StreamFlags.ServerKeepAlive;
        Proxy backend = world.Configuration.Proxies[stream.Backend];
        CountStatus.OfServer(world, ref stream, head->Status);
        CountTracked.Answer(world, number, in stream, head->Status);
        log.ServerStatus = head->Status;
        if (head->Status is 401 or 407 && AuthenticatesConnection.Run(head))
        {
            connection.Flags |= ConnectionFlags.Private;
            world.Link[stream.Server].KnowsClient = true;
        }
        Proxy frontend = world.Configuration.Proxies[stream.Frontend];
        if (frontend.Captures is { } captures) CaptureFields.OfResponse(captures, world.Captures.Of(number), head);
        bool persists = (stream.Flags & StreamFlags.HasPersistence) != 0;
        bool sticks = world.Configuration.StoredKeysSize > 0
            && (backend.StickResponseRules.Length > 0 || world.StoredKeys[number].Count > 0);
        if (!persists && !sticks && !HasRules(backend) && !HasRules(frontend) && backend.TcpResponseRules == null
            && frontend.Captures?.ResponseCookie is null)
            SerialiseResponse.Run(world, number, ref stream);
        else
            ListStream.To(world.ToRuleResponse, StreamState.Ruling, number, ref stream);
    }

    /// <summary>
    /// <c>set-method</c> made another method of HEAD, or HEAD of another. In the first case the body ends here, and the
    /// server's connection is free behind it; in the second the client is announced what does not come, and only a
    /// close tells it so.
    /// </summary>
    private static void SettleOtherMethod(ref Stream stream, MessageHead* head)
    {
        if (stream.Method != Method.Head) stream.Response.Delivery = BodyDelivery.Dropped;
        else if (head->Status is not (204 or 304)) stream.Flags &= ~StreamFlags.ClientKeepAlive;
    }

    private static bool HasRules(Proxy proxy) =>
        proxy.HttpResponseRules != null || proxy.HttpAfterResponseRules != null
        || (proxy.Options & ProxyOptions.CheckCache) != 0;

    private static bool KeepsAlive(World world, MessageHead* head, ref Stream stream)
    {
        if (SerialiseRequest.ClosesServer(world, ref stream)) return false;
        if ((stream.Flags & StreamFlags.ServerTainted) != 0) return false;
        if (stream.Response.Kind is BodyKind.UntilClose or BodyKind.Tunnel) return false;
        if ((head->Flags & (HeadFlags.ConnectionClose | HeadFlags.CloseAfter)) != 0) return false;
        // RFC 9110 section 15.3.5: a body announced with 204 may follow all the same (THREATS.md A30).
        if (head->Status == 204 && (head->Flags & (HeadFlags.HasContentLength | HeadFlags.Chunked)) != 0) return false;
        return head->Version >= HttpVersion.Http11 || (head->Flags & HeadFlags.ConnectionKeepAlive) != 0;
    }
}
