using System;
using Engine.Data.Buffers;
using Engine.Data.Configuration;
using Engine.Data.Connections;
using Engine.Data.Kernel;
using Engine.Data.Logs;
using Engine.Data.Messages;
using Engine.Data.Streams;
using Engine.Data.Tables;
using Engine.Data.Worlds;
using Engine.Systems.Connections;
using Engine.Systems.Evaluate;
using Engine.Systems.Http1;
using Engine.Systems.Http2;
using Engine.Systems.Logs;
using Engine.Systems.Sticky;
using Engine.Systems.Streams;
using Engine.Systems.Timers;

namespace Engine.Systems.Parse;

/// <summary>What a client connection received: the head of a request, its body, or its end.</summary>
public static unsafe class ReadRequest
{
    /// <summary>Bytes of the first line of HTTP/2's preface.</summary>
    private const int PrefaceLine = 16;

    public static void Run(World world, uint row, ref Connection connection)
    {
        if (connection.Stream == Table.NoRow)
        {
            if ((connection.Flags & ConnectionFlags.CloseWhenSent) != 0)
            {
                Discard(world, row, ref connection);
                return;
            }
            if (connection.In.IsEmpty)
            {
                EndIdle(world, row, ref connection);
                return;
            }
            Proxy frontend = world.Configuration.Proxies[world.Configuration.Listeners[connection.Owner].Frontend];
            if (StartStream.Http(world, row, ref connection, frontend) == Table.NoRow)
            {
                CloseConnection.Run(world, row);
                return;
            }
        }
        uint number = connection.Stream;
        ref Stream stream = ref world.Stream[number];
        switch (stream.State)
        {
            case StreamState.ReadingHead:
                ReadHead(world, row, ref connection, number, ref stream);
                break;
            case StreamState.Inspecting:
                HoldRules.Resume(world, row, ref connection, number, ref stream);
                break;
            case StreamState.Ending:
                break;
            default:
                ReadMore(world, row, ref connection, number, ref stream);
                break;
        }
    }

    /// <summary>
    /// Its last exchange is over and some of the answer is still to be taken: what else it says is no request. It is
    /// read all the same, for unread bytes would turn the close into a reset (RFC 9112 section 9.6).
    /// </summary>
    private static void Discard(World world, uint row, ref Connection connection)
    {
        connection.In.Clear(world.Buffers);
        if ((connection.Flags & ConnectionFlags.Broken) != 0) CloseConnection.Run(world, row);
        else ArmReceive.Small(world, row, ref connection, OperationFlags.None);
    }

    /// <summary>An idle connection ended, or its receive did.</summary>
    private static void EndIdle(World world, uint row, ref Connection connection)
    {
        if ((connection.Flags & (ConnectionFlags.PeerClosed | ConnectionFlags.Broken)) != 0)
        {
            if (!ProbeEnded.Run(world, row, ref connection)) CloseConnection.Run(world, row);
        }
        else
        {
            ArmReceive.Small(world, row, ref connection, OperationFlags.Repeat);
        }
    }

    private static void ReadHead(World world, uint row, ref Connection connection, uint number, ref Stream stream)
    {
        if (connection.In.IsEmpty || !JoinHead.Run(world, ref connection.In))
        {
            Incomplete(world, row, ref connection, number, ref stream);
            return;
        }
        if (stream.Head == null)
        {
            stream.Head = world.Heads.Take();
            if (stream.Head == null)
            {
                FailStream.Run(world, number, ref stream, 500, 'R', 'R');
                return;
            }
        }
        ref BufferSegment segment = ref world.Buffers.Segment(connection.In.Head);
        byte* start = world.Buffers.Address(connection.In.Head) + segment.Start;
        Proxy frontend = world.Configuration.Proxies[stream.Frontend];
        HeadLimits limits = Limits(world, (frontend.Options & ProxyOptions.AcceptUnsafeRequest) != 0) with
        {
            KeepsConnectPort = (connection.Flags & ConnectionFlags.Http2Stream) != 0,
        };
        HeadResult result = ParseRequestHead.Run(start, segment.Length, ref stream.Scanned, stream.Head, limits);
        if (result == HeadResult.Incomplete) Incomplete(world, row, ref connection, number, ref stream);
        else if (result == HeadResult.Ok && HasOddPayload(world, stream.Head, in connection)) Refuse(world, number, ref stream, 413);
        else if (result == HeadResult.Ok) Complete(world, row, ref connection, number, ref stream);
        else if (IsPreface(world, ref connection, ref stream, frontend)) BecomeHttp2(world, row, ref connection, number);
        else if (connection.In.First(world.Buffers).StartsWith(StartHttp2.Preface[..PrefaceLine]))
            Refuse(world, number, ref stream, 405); // HTTP/2, where it is not spoken
        else
        {
            CaptureMessage.Request(world, row, ref connection, ref stream, result);
            Refuse(world, number, ref stream, result.RequestStatus());
        }
    }

    public static HeadLimits Limits(World world, bool acceptUnsafe)
    {
        Globals globals = world.Configuration.Globals;
        return new HeadLimits
        {
            BytesMax = globals.BufferSize - globals.MaxRewrite,
            FieldsMax = globals.MaxHeaders,
            AcceptUnsafe = acceptUnsafe,
            KeepsInsecureCoding = globals.KeepsInsecureCoding,
        };
    }

    /// <summary>
    /// HTTP/1.0 does not say that these methods may have a body: one that does not look for it would take it for the
    /// next request.
    /// </summary>
    private static bool HasOddPayload(World world, MessageHead* head, in Connection connection)
    {
        if (head->Version >= HttpVersion.Http11 || head->Method is not (Method.Get or Method.Head or Method.Delete)) return false;
        bool announced = (head->Flags & HeadFlags.Chunked) != 0 || head->ContentLength > 0;
        return announced && !world.Configuration.Globals.AcceptsAnyPayload
            && (connection.Flags & ConnectionFlags.Http2Stream) == 0;
    }

    /// <summary>A client that knows beforehand that HTTP/2 is spoken here (RFC 9113 section 3.3), or begins to say so.</summary>
    private static bool IsPreface(World world, ref Connection connection, ref Stream stream, Proxy frontend)
    {
        ReadOnlySpan<byte> received = connection.In.First(world.Buffers);
        ReadOnlySpan<byte> preface = StartHttp2.Preface;
        int length = Math.Min(received.Length, preface.Length);
        if (!preface.StartsWith(received[..length]) || world.Client[stream.Client].Requests != 1) return false;
        return (frontend.Options & ProxyOptions.DisableH2Upgrade) == 0
            && world.Configuration.Listeners[connection.Owner].Protocol != WireProtocol.Http1
            && (connection.Flags & ConnectionFlags.Http2Stream) == 0;
    }

    /// <summary>The stream that was begun for it is none: nobody counted or logged it yet.</summary>
    private static void BecomeHttp2(World world, uint row, ref Connection connection, uint number)
    {
        ReleaseHead.Run(world, ref world.Stream[number]);
        world.Stream[number].State = StreamState.Free;
        world.Streams.Free(number);
        CountHttp1.BecameHttp2(world, ref connection);
        connection.Stream = Table.NoRow;
        world.Client[row].Requests = 0;
        StartHttp2.Run(world, row);
    }

    private static void Refuse(World world, uint number, ref Stream stream, ushort status)
    {
        CountFailedRequest.Run(world, in stream);
        CountTracked.BadRequest(world, number, in stream);
        if ((world.Connection[stream.Client].Flags & ConnectionFlags.Http2Stream) == 0)
            CountTracked.Glitches(world, stream.Client, 1);
        FailStream.Run(world, number, ref stream, status, 'P', 'R');
    }

    private static void Incomplete(World world, uint row, ref Connection connection, uint number, ref Stream stream)
    {
        if ((connection.Flags & (ConnectionFlags.PeerClosed | ConnectionFlags.Broken)) != 0)
        {
            CountFailedRequest.Run(world, in stream);
            CountTracked.BadRequest(world, number, in stream);
            FailStream.Run(world, number, ref stream, 400, 'C', 'R');
            return;
        }
        TimeHead.Run(world, row, ref connection, number);
        ArmReceive.Small(world, row, ref connection, OperationFlags.Repeat);
    }

    private static void Complete(World world, uint row, ref Connection connection, uint number, ref Stream stream)
    {
        MessageHead* head = stream.Head;
        if ((connection.Flags & ConnectionFlags.Http2Stream) != 0) MarkHttp2.Run(head);
        ref StreamLog log = ref world.Log[number];
        log.HeadNanoseconds = world.NowNanoseconds;
        log.BytesFromClient += (ulong)head->HeadLength;
        log.Version = head->Version;
        NumberRequest.Run(world, ref log);
        Proxy frontend = world.Configuration.Proxies[stream.Frontend];
        if (frontend.LogSteps != 0) LogStream.Step(world, number, ref stream, LogOrigin.Accept);
        if (frontend.LogFormat != null) log.RequestLine = world.LogTexts.Keep(number, head->StartLine);
        stream.Scanned = 0;
        connection.Flags &= ~ConnectionFlags.Bulky;
        stream.Method = head->Method;
        stream.Request = BodyFraming.OfRequest(head);
        world.ProxyCounters[stream.Frontend].Requests++;
        world.Counters->Requests++;
        StreamFlags flags = stream.Flags;
        if (head->Version == HttpVersion.Http10) flags |= StreamFlags.ClientHttp10;
        if (head->Method == Method.Head) flags |= StreamFlags.HeadRequest;
        if ((head->Flags & HeadFlags.Upgrade) != 0) flags |= StreamFlags.AsksUpgrade;
        if ((head->Flags & HeadFlags.ExpectContinue) != 0) flags |= StreamFlags.ExpectsContinue;
        if (SaysClose(head)) flags |= StreamFlags.ClientSaidClose;
        else if (KeepsAlive(world, frontend)) flags |= StreamFlags.ClientKeepAlive;
        if (stream.Request.Kind == BodyKind.None && IsRepeatable(head->Method)) flags |= StreamFlags.Repeatable;
        stream.Flags = flags;
        if (stream.Request.Kind == BodyKind.None)
        {
            stream.Request.Done = true;
            WatchClients.Later(world, row, ref connection);
        }
        else
        {
            ArmReceive.Cancel(world, row, ref connection); // bodies come in buffers of their own size
        }
        SetTimeout.Connection(world, row, ref connection, 0);
        if ((connection.Flags & ConnectionFlags.Http2Stream) != 0)
        {
            if ((connection.Flags & ConnectionFlags.Broken) != 0)
            {
                // Given up with the frames that asked: no rule runs for it.
                ClientGone.Run(world, number, ref stream);
                return;
            }
            GrantWindow.Run(world, row, ref connection); // its share of the buffer, whoever reads the body
        }
        if (frontend.LogSteps != 0) LogStream.Step(world, number, ref stream, LogOrigin.Request);
        ListStream.To(world.ToRule, StreamState.Ruling, number, ref stream);
    }

    /// <summary>Methods that RFC 9110 section 9.2.2 calls idempotent and that carry no body here.</summary>
    private static bool IsRepeatable(Method method) =>
        method is Method.Get or Method.Head or Method.Options or Method.Put or Method.Delete or Method.Trace;

    private static bool KeepsAlive(World world, Proxy frontend) =>
        !SpreadStop.EndsNow(world) && (frontend.Options & ProxyOptions.HttpClose) == 0;

    private static bool SaysClose(MessageHead* head)
    {
        if ((head->Flags & (HeadFlags.ConnectionClose | HeadFlags.CloseAfter)) != 0) return true;
        return head->Version < HttpVersion.Http11 && (head->Flags & HeadFlags.ConnectionKeepAlive) == 0;
    }

    /// <summary>The head was read before: this is body, a pipelined request, or the client's end.</summary>
    private static void ReadMore(World world, uint row, ref Connection connection, uint number, ref Stream stream)
    {
        if ((connection.Flags & ConnectionFlags.Broken) != 0)
        {
            ClientGone.Run(world, number, ref stream);
            return;
        }
        if ((stream.Flags & StreamFlags.Tunnel) == 0)
        {
            if ((connection.Flags & ConnectionFlags.PeerClosed) != 0)
            {
                ClientShut.Run(world, number, ref stream, ref connection);
                return;
            }
            // Pipelined requests wait in a bounded place (RFC 9112 section 9.3.2).
            if (stream.Request.Done && connection.In.Length >= world.Configuration.Globals.BufferSize)
                ArmReceive.Cancel(world, row, ref connection);
        }
        ListStream.ToForward(world, number, ref stream);
    }
}
