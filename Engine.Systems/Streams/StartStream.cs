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
using Engine.Systems.Logs;
using Engine.Systems.Timers;

namespace Engine.Systems.Streams;

/// <summary>Gives a client connection the stream that carries its next request, or its TCP session.</summary>
public static unsafe class StartStream
{
    /// <summary>The first byte of a request has come. Answers the row, or none when no stream can be had.</summary>
    public static uint Http(World world, uint client, ref Connection connection, Proxy frontend)
    {
        uint row = Take(world, client, ref connection, frontend);
        if (row == Table.NoRow) return row;
        CountHttp1.ExchangeBegun(world, connection);
        ref Stream stream = ref world.Stream[row];
        stream.State = StreamState.ReadingHead;
        ref ClientFacts facts = ref world.Client[client];
        ref StreamLog log = ref world.Log[row];
        log.RequestWallMicroseconds = world.WallMicroseconds;
        log.FirstByteNanoseconds = world.NowNanoseconds;
        bool first = facts.Requests == 0;
        facts.Requests++;
        // Keep-alive: the wait for the first byte was idle time, the head has its own time from here (manual 4.2).
        if (!first) SetTimeout.Connection(world, client, ref connection, frontend.Timeouts.HttpRequestMs);
        return row;
    }

    /// <summary>A TCP client was accepted: its session goes to a server at once.</summary>
    public static void Tcp(World world, uint client, ref Connection connection, Proxy frontend)
    {
        uint row = Take(world, client, ref connection, frontend);
        if (row == Table.NoRow)
        {
            CloseConnection.Run(world, client);
            return;
        }
        ref Stream stream = ref world.Stream[row];
        stream.Flags |= StreamFlags.Tcp | StreamFlags.Tunnel;
        stream.Request.Kind = BodyKind.Tunnel;
        stream.Response.Kind = BodyKind.Tunnel;
        ref StreamLog log = ref world.Log[row];
        log.RequestWallMicroseconds = world.WallMicroseconds;
        log.FirstByteNanoseconds = world.NowNanoseconds;
        log.HeadNanoseconds = world.NowNanoseconds;
        world.Client[client].Requests++;
        NumberRequest.Run(world, ref log);
        LogStream.Step(world, row, ref stream, LogOrigin.Accept);
        ArmReceive.Small(world, client, ref connection, OperationFlags.None);
        SetTimeout.Connection(world, client, ref connection, frontend.Timeouts.ClientMs);
        ListStream.To(world.ToRule, StreamState.Ruling, row, ref stream);
    }

    private static uint Take(World world, uint client, ref Connection connection, Proxy frontend)
    {
        uint row = world.Streams.Take();
        if (row == Table.NoRow) return row;
        ref Stream stream = ref world.Stream[row];
        stream = default;
        stream.Client = client;
        stream.Server = Table.NoRow;
        stream.Frontend = frontend.Number;
        stream.Backend = -1;
        stream.ServerNumber = -1;
        stream.FailedServer = -1;
        stream.Flags = StreamFlags.LogDue;
        if ((connection.Flags & ConnectionFlags.Http2Stream) != 0) stream.Flags |= StreamFlags.NoSplice;
        connection.Stream = row;
        if (frontend.Captures is not null) *world.Captures.Of(row) = 0;
        if (frontend.UniqueIdFormat is not null) *world.UniqueIds.Of(row) = 0;
        ref StreamLog log = ref world.Log[row];
        log = default;
        world.Profile.Forget(row);
        if (world.Configuration.Globals.KeepsRequests) world.KeptRequests[row] = new KeptRequest { Copy = BufferRef.None };
        if (world.TracksBytes) world.CountedBytes[row] = default;
        ref ClientFacts facts = ref world.Client[client];
        if (world.Configuration.Globals.SetsAddresses)
            world.KeptAddresses[client] = new KeptAddresses { Source = facts.Source, Destination = facts.Destination };
        log.AcceptedWallMicroseconds = facts.AcceptedWallMicroseconds;
        log.StartedNanoseconds = facts.IdleSinceNanoseconds;
        log.HandshakeNanoseconds = facts.HandshakeNanoseconds;
        log.EndCause = (byte)'-';
        log.EndState = (byte)'-';
        return row;
    }
}
