using System.Runtime.CompilerServices;
using Engine.Data.Configuration;
using Engine.Data.Connections;
using Engine.Data.Counters;
using Engine.Data.Streams;
using Engine.Data.Tables;
using Engine.Data.Time;
using Engine.Data.Worlds;
using Engine.Systems.Accept;
using Engine.Systems.Connect;
using Engine.Systems.Connections;
using Engine.Systems.Evaluate;
using Engine.Systems.Health;
using Engine.Systems.Http2;
using Engine.Systems.Parse;
using Engine.Systems.Preambles;
using Engine.Systems.Queue;
using Engine.Systems.Replay;
using Engine.Systems.Sticky;
using Engine.Systems.Streams;
using Engine.Systems.Tls;

namespace Engine.Systems.Timers;

/// <summary>Ends what waited too long: every timeout of the manual's section 4.2 comes true here.</summary>
public static unsafe class ExpireTimers
{
    /// <summary>Timers handled in one tick at most; the rest follows in the next.</summary>
    private const uint BatchMax = 1024;

    [SkipLocalsInit] // room for a whole batch, of which most ticks need nothing
    public static void Run(World world)
    {
        if (world.Wheel.NowMs == world.NowMs) return;
        uint* expired = stackalloc uint[(int)BatchMax];
        uint count = world.Wheel.Expire(world.NowMs, expired, BatchMax);
        for (uint i = 0; i < count; i++)
        {
            uint row = (expired[i] - 1) >> 1;
            if (((expired[i] - 1) & 1) == TimerWheel.ConnectionKind) ExpireConnection(world, row);
            else ExpireStream(world, row);
        }
        ServerPools.Purge(world);
        if (world.RetryAcceptNanoseconds != 0 && world.NowNanoseconds >= world.RetryAcceptNanoseconds)
        {
            world.RetryAcceptNanoseconds = 0;
            world.AdmitHeld = true;
        }
    }

    /// <summary>What an earlier one of the batch did may have ended the wait, or begun another.</summary>
    private static bool IsDue(World world, in Timer timer) => timer.Due != 0 && (int)(world.NowMs - timer.Due) >= 0;

    private static void ExpireConnection(World world, uint row)
    {
        if (!world.Connections.IsTaken(row)) return;
        ref Connection connection = ref world.Connection[row];
        if (!IsDue(world, connection.Timer)) return;
        connection.Timer.Due = 0;
        if (HasJustSpoken(world, in connection))
        {
            SetTimeout.Connection(world, row, ref connection, 1);
            return;
        }
        if ((connection.Flags & ConnectionFlags.Check) != 0) RunCheck.TimedOut(world, row, ref connection);
        else if (connection.State == ConnectionState.Lingering) CloseConnection.Run(world, row);
        else if (connection.State != ConnectionState.Open) return;
        else if ((connection.Flags & ConnectionFlags.AwaitsPreamble) != 0)
            ReadPreamble.TooLate(world, row, ref connection);
        else if ((connection.Flags & ConnectionFlags.Handshaking) != 0) Handshake.TooLate(world, row, ref connection);
        else if (connection.Stream == Table.NoRow) IdleTooLong(world, row, ref connection);
        else if ((connection.Flags & ConnectionFlags.ServerSide) != 0) ServerTooLate(world, connection.Stream);
        else ClientTooLate(world, connection.Stream);
    }

    /// <summary>
    /// The bytes that it owed came with this tick, and nobody has looked at them yet: when the thread itself was late, the
    /// time was over for it alone. What they do not put off ends a millisecond later.
    /// </summary>
    private static bool HasJustSpoken(World world, in Connection connection)
    {
        if ((connection.Flags & ConnectionFlags.ListedReceived) == 0 || connection.Stream == Table.NoRow) return false;
        return world.Stream[connection.Stream].State is StreamState.AwaitingResponse or StreamState.Relaying;
    }

    /// <summary>A kept-alive client is closed without a word; one that never spoke is told 408 (manual, http-request).</summary>
    private static void IdleTooLong(World world, uint row, ref Connection connection)
    {
        bool server = (connection.Flags & ConnectionFlags.ServerSide) != 0;
        bool closing = (connection.Flags & ConnectionFlags.CloseWhenSent) != 0;
        if ((connection.Flags & ConnectionFlags.Http2) != 0 && !server && !closing)
        {
            DrainHttp2.Run(world, row, ref connection);
            return;
        }
        if (server || closing || world.Client[row].Requests > 0) CloseConnection.Run(world, row, reset: closing);
        else NeverSpoke.Run(world, row, ref connection);
    }

    private static void ClientTooLate(World world, uint number)
    {
        ref Stream stream = ref world.Stream[number];
        if (stream.State == StreamState.ReadingHead)
        {
            CountFailedRequest.Run(world, in stream);
            CountTracked.Request(world, number, in stream);
            FailStream.Run(world, number, ref stream, 408, 'c', 'R');
        }
        else if (stream.State == StreamState.Answering)
        {
            FailStream.SetEnd(ref world.Log[number], 'c', 'D');
            stream.Flags &= ~StreamFlags.ClientKeepAlive;
            stream.Flags |= StreamFlags.ClientReset;
            stream.Literal = default;
            ListStream.ToEnd(world, number, ref stream);
        }
        else if (stream.State == StreamState.Inspecting)
        {
            FailStream.Run(world, number, ref stream, 408, 'c', 'R');
        }
        else
        {
            // What it did not take in time it will not take later; what it was sent must not look whole.
            if (!world.Connection[stream.Client].Out.IsEmpty && (stream.Flags & StreamFlags.Tunnel) != 0)
                stream.Flags |= StreamFlags.ClientReset;
            (ushort status, char state) = OfClient(in stream);
            if (stream.Backend >= 0) world.ProxyCounters[stream.Backend].ClientAborts++;
            if (stream.ServerNumber >= 0) world.ServerCounters[stream.ServerNumber].ClientAborts++;
            FailStream.Run(world, number, ref stream, status, 'c', state);
        }
    }

    /// <summary>What a client that is too late is told, and at what the exchange stood (manual section 8.5).</summary>
    private static (ushort Status, char State) OfClient(in Stream stream)
    {
        if ((stream.Flags & StreamFlags.Tunnel) != 0) return (408, 'D');
        if (stream.State == StreamState.AwaitingResponse) return (400, 'H');
        return (408, stream.State == StreamState.Relaying && stream.Response.Done ? 'L' : 'D');
    }

    private static void ServerTooLate(World world, uint number)
    {
        ref Stream stream = ref world.Stream[number];
        if (IsQuietTunnel(world, ref stream))
        {
            ClientTooLate(world, number);
            return;
        }
        bool held = HoldRules.HoldsResponse(in stream);
        bool waiting = stream.State == StreamState.AwaitingResponse && !held && (stream.Flags & StreamFlags.Tcp) == 0;
        if (waiting && SendAgain.TryRun(world, number, ref stream, RetryEvents.ResponseTimeout)) return;
        if (waiting) ObserveTraffic.ResponseLate(world, stream.ServerNumber);
        ref ProxyCounters backend = ref world.ProxyCounters[stream.Backend];
        ref ServerCounters server = ref world.ServerCounters[stream.ServerNumber];
        if (waiting || held)
        {
            backend.FailedResponses++;
            server.FailedResponses++;
        }
        else
        {
            backend.ServerAborts++;
            server.ServerAborts++;
        }
        CountTracked.Failure(world, number, in stream);
        // An answer that began to come and was held back is not replaced by another.
        if (held) stream.Status = stream.Head->Status;
        FailStream.Run(world, number, ref stream, held ? (ushort)0 : (ushort)504, 's', waiting ? 'H' : 'D');
    }

    /// <summary>Both sides of a tunnel wait for the same time; that neither spoke is taken for the client's end.</summary>
    private static bool IsQuietTunnel(World world, ref Stream stream)
    {
        if ((stream.Flags & StreamFlags.Tunnel) == 0) return false;
        bool isSame = StreamTimeouts.Tunnel(world, ref stream) != 0
            || StreamTimeouts.Client(world, ref stream) == StreamTimeouts.Server(world, ref stream);
        if (!isSame) return false;
        const ConnectionFlags shut = ConnectionFlags.SendShut | ConnectionFlags.ShutWhenSent;
        ConnectionFlags either = world.Connection[stream.Client].Flags | world.Connection[stream.Server].Flags;
        return (either & shut) == 0 && world.Connection[stream.Server].Out.IsEmpty && !stream.Request.Done;
    }

    /// <summary>Who waited for one server alone failed there.</summary>
    private static void QueuedTooLong(World world, uint row, ref Stream stream)
    {
        world.ProxyCounters[stream.Backend].FailedConnections++;
        WaitForServer.Name(world, ref stream);
        if (stream.ServerNumber >= 0) world.ServerCounters[stream.ServerNumber].FailedConnections++;
        world.Log[row].QueuedNanoseconds = world.NowNanoseconds;
        FailStream.Run(world, row, ref stream, 503, 's', 'Q');
    }

    private static void ExpireStream(World world, uint row)
    {
        if (!world.Streams.IsTaken(row)) return;
        ref Stream stream = ref world.Stream[row];
        if (!IsDue(world, stream.Timer)) return;
        stream.Timer.Due = 0;
        switch (stream.State)
        {
            case StreamState.Queued:
                QueuedTooLong(world, row, ref stream);
                break;
            case StreamState.Inspecting or StreamState.AwaitingResponse:
                HoldRules.Expire(world, row, ref stream);
                break;
            case StreamState.Connecting:
                RetryConnect.Run(world, row, ref stream, timedOut: true);
                break;
            case StreamState.Relaying:
                ClientShut.TooLate(world, row, ref stream);
                break;
            case StreamState.Pausing:
                ListStream.To(world.ToConnect, StreamState.Connecting, row, ref stream);
                break;
        }
    }
}
