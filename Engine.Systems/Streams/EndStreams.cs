using System;
using System.Threading;
using Engine.Data.Buffers;
using Engine.Data.Configuration;
using Engine.Data.Connections;
using Engine.Data.Kernel;
using Engine.Data.Profiling;
using Engine.Data.Streams;
using Engine.Data.Tables;
using Engine.Data.Time;
using Engine.Data.Worlds;
using Engine.Systems.Connections;
using Engine.Systems.Forward;
using Engine.Systems.Logs;
using Engine.Systems.Queue;
using Engine.Systems.Replay;
using Engine.Systems.Sticky;
using Engine.Systems.Timers;

namespace Engine.Systems.Streams;

/// <summary>Logs and counts the streams that are over, parts them from their connections and frees them.</summary>
public static unsafe class EndStreams
{
    private const StreamFlags StillListed = StreamFlags.Listed | StreamFlags.ListedForward;

    public static void Run(World world)
    {
        RowList list = world.ToEnd;
        uint kept = 0;
        for (uint i = 0; i < list.Count; i++)
        {
            uint row = list[i];
            ref Stream stream = ref world.Stream[row];
            if ((stream.Flags & StillListed) != 0) list[kept++] = row; // a list of this tick still names it
            else EndOne(world, list, row, ref stream);
        }
        list.Truncate(kept);
    }

    private static void EndOne(World world, RowList list, uint row, ref Stream stream)
    {
        world.Profile.Begin(WorkKind.EndStreams, list, row);
        End(world, row, ref stream);
        world.Profile.End();
    }

    private static void End(World world, uint row, ref Stream stream)
    {
        world.Log[row].EndedNanoseconds = world.NowNanoseconds;
        CountEnd(world, ref stream);
        CountUnsent(world, row, ref stream);
        CountExchange.Run(world, row, ref stream);
        try
        {
            LogStream.Run(world, row, ref stream);
        }
        catch (Exception fault)
        {
            world.Counters->Faults++;
            world.LastFault = fault; // the line is lost, the stream is not
        }
        ReleaseHead.Run(world, ref stream);
        world.StreamVariables.Clear(row);
        if (world.StreamCounters.Each > 0)
        {
            CountTracked.Bytes(world, row, in stream);
            TrackEntry.EndStream(world, row);
        }
        if (world.Configuration.Globals.KeepsRequests) KeepRequest.Drop(world, row);
        if (world.Configuration.StoredKeysSize > 0) world.StoredKeys[row].Forget();
        world.Wheel.Remove(TimerWheel.StreamKind, row, ref stream.Timer);
        if ((stream.Flags & StreamFlags.Counted) != 0)
            Interlocked.Decrement(ref world.Shared.Proxy(stream.Backend).BackendConnections);
        SpliceBody.End(world, row, ref stream);
        PartServer.Run(world, row, ref stream);
        if ((stream.Flags & StreamFlags.LeftServer) != 0) world.Pools[(uint)stream.ServerNumber].Left--;
        PartClient(world, ref stream);
        stream.State = StreamState.Free;
        world.Streams.Free(row);
    }

    private static void CountEnd(World world, ref Stream stream)
    {
        if (stream.Status == 0) return;
        int hundreds = stream.Status / 100;
        if (hundreds is < 1 or > 5) hundreds = 0;
        world.ProxyCounters[stream.Frontend].FrontendStatus[hundreds]++;
        if ((stream.Flags & StreamFlags.Counted) != 0) world.ProxyCounters[stream.Backend].BackendStatus[hundreds]++;
    }

    /// <summary>A request that no server got was received all the same.</summary>
    private static void CountUnsent(World world, uint row, ref Stream stream)
    {
        if ((stream.Flags & (StreamFlags.RequestSent | StreamFlags.Tcp)) != 0) return;
        ulong bytes = world.Log[row].BytesFromClient;
        world.ProxyCounters[stream.Frontend].FrontendBytesIn += bytes;
        world.ListenerOf(stream).BytesIn += bytes;
        if ((stream.Flags & StreamFlags.Counted) != 0) world.ProxyCounters[stream.Backend].BackendBytesIn += bytes;
    }

    private static void PartClient(World world, ref Stream stream)
    {
        uint row = stream.Client;
        ref Connection client = ref world.Connection[row];
        CountHttp1.ExchangeEnded(world, client);
        client.Stream = Table.NoRow;
        if (client.State != ConnectionState.Open) return;
        if (world.Configuration.Globals.SetsAddresses)
        {
            world.Client[row].Source = world.KeptAddresses[row].Source;
            world.Client[row].Destination = world.KeptAddresses[row].Destination;
        }
        if ((client.Flags & ConnectionFlags.Http2Stream) != 0)
        {
            PartHttp2Stream(world, ref stream, ref client);
            return;
        }
        const ConnectionFlags spoilt = ConnectionFlags.Broken | ConnectionFlags.SendShut;
        bool keepAlive = (stream.Flags & StreamFlags.ClientKeepAlive) != 0 && (client.Flags & spoilt) == 0
            && stream.Request.Done && !SpreadStop.EndsAll(world);
        if (keepAlive)
        {
            GoIdle(world, row, ref client);
        }
        else if ((stream.Flags & StreamFlags.ClientReset) != 0 || (client.Flags & ConnectionFlags.Broken) != 0
            || ((client.Flags & ConnectionFlags.PeerClosed) != 0 && EndsInReset.OfClient(world, stream)))
        {
            CloseConnection.Run(world, row, reset: true);
        }
        else if (!client.Out.IsEmpty || (client.Flags & (ConnectionFlags.SendInFlight | ConnectionFlags.Encrypted)) != 0)
        {
            client.Flags |= ConnectionFlags.CloseWhenSent;
            SetTimeout.Connection(
                world, row, ref client, world.Configuration.Proxies[stream.Frontend].Timeouts.ClientMs);
            ListConnection.ToSend(world, row, ref client);
        }
        else if (!stream.Request.Done || !client.In.IsEmpty || (stream.Flags & StreamFlags.ClientSaidClose) == 0)
        {
            // More of it may be on its way: a pipelined request that crosses our close must not end in a reset.
            LingerClose.Run(world, row, ref client);
        }
        else
        {
            // The FIN first: a close that finds bytes unread drops what the kernel still holds back of the answer.
            ShutSend.Run(world, row, ref client);
            CloseConnection.Run(world, row);
        }
    }

    /// <summary>The stream of an HTTP/2 connection carries one exchange.</summary>
    private static void PartHttp2Stream(World world, ref Stream stream, ref Connection client)
    {
        bool reset = (stream.Flags & StreamFlags.ClientReset) != 0 || (client.Flags & ConnectionFlags.Broken) != 0;
        if (reset || client.Out.IsEmpty)
        {
            CloseConnection.Run(world, stream.Client, reset);
            return;
        }
        client.Flags |= ConnectionFlags.CloseWhenSent;
        SetTimeout.Connection(
            world, stream.Client, ref client, world.Configuration.Proxies[stream.Frontend].Timeouts.ClientMs);
        ListConnection.ToSend(world, stream.Client, ref client);
    }

    private static void GoIdle(World world, uint row, ref Connection client)
    {
        Proxy frontend = world.Configuration.Proxies[world.Configuration.Listeners[client.Owner].Frontend];
        ref ClientFacts facts = ref world.Client[row];
        facts.IdleSinceNanoseconds = world.NowNanoseconds;
        facts.HandshakeNanoseconds = 0; // it was the first request's
        SetTimeout.Connection(world, row, ref client, SpreadStop.IdleMs(world, frontend.Timeouts.HttpKeepAliveMs));
        if (!client.In.IsEmpty || (client.Flags & ConnectionFlags.PeerClosed) != 0)
            ListConnection.Received(world, row, ref client);
        else
            ArmReceive.Small(world, row, ref client, OperationFlags.Repeat);
    }
}
