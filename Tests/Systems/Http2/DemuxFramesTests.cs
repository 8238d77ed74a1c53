using System;
using System.Collections.Generic;
using System.Linq;
using Engine.Data.Configuration;
using Engine.Data.Connections;
using Engine.Data.Http2;
using Engine.Data.Profiling;
using Engine.Data.Shared;
using Engine.Data.Tables;
using Engine.Data.Worlds;
using Engine.Systems.Connections;
using Engine.Systems.Forward;
using Engine.Systems.Http2;
using Engine.Systems.Parse;
using Tests.EndToEnd.Harness;
using Xunit;
using Proxy = Engine.Data.Configuration.Proxy;

namespace Tests.Systems.Http2;

/// <summary>The order in which a thread works on what HTTP/2 connections received.</summary>
public sealed class DemuxFramesTests : IDisposable
{
    private readonly RegionLease lease = RegionLease.Begin();
    private readonly World world;

    public DemuxFramesTests()
    {
        Proxy proxy = new() { Name = "f", Mode = ProxyMode.Http, Capabilities = ProxyCapabilities.Frontend };
        Listener listener = new() { Number = 0, Frontend = 0, Protocol = WireProtocol.Http2 };
        CompiledConfiguration configuration = new() { Proxies = [proxy], Listeners = [listener] };
        world = new World(configuration, new SharedWorld(configuration, 1, 16), 0, WorldSizes.For(16, 100), 1);
        lease.End();
    }

    public void Dispose() => lease.Dispose();

    private uint NewConnection(bool isHttp2)
    {
        uint row = world.Connections.Take();
        ref Connection connection = ref world.Connection[row];
        connection = default;
        connection.Fd = 100 + (int)row;
        connection.Stream = Table.NoRow;
        connection.State = ConnectionState.Open;
        world.Client[row] = new ClientFacts { ReservedServer = Table.NoRow };
        if (!isHttp2) return row;
        StartHttp2.Run(world, row);
        Receive(row, [.. StartHttp2.Preface, .. Http2Wire.Frame(FrameType.Settings, 0, 0, [])]);
        DemuxFrames.Run(world);
        world.Received.Clear();
        return row;
    }

    private void Receive(uint row, byte[] bytes)
    {
        ref Connection connection = ref world.Connection[row];
        Assert.True(AppendBytes.Run(world, ref connection.In, bytes));
        ListConnection.Received(world, row, ref connection);
    }

    private static byte[] Request(uint stream) => Http2Wire.Frame(
        FrameType.Headers, FrameFlags.EndHeaders | FrameFlags.EndStream, stream,
        Http2Wire.Block(":method: GET", ":scheme: http", ":path: /"));

    /// <summary>Streams by their numbers, other connections as "-row": those that ran, then those that will.</summary>
    private List<string> Order() =>
    [
        .. world.ToRule.Rows.ToArray().Select(row => world.Stream[row].Client)
            .Concat(world.Received.Rows.ToArray())
            .Select(row =>
                (world.Connection[row].Flags & ConnectionFlags.Http2Stream) != 0
                    ? $"{world.Http2.Stream[row].Connection}/{world.Http2.Stream[row].Id}"
                    : $"-{row}"),
    ];

    [Fact]
    public unsafe void A_profile_tells_how_long_streams_waited_behind_their_frames()
    {
        world.Profile.Start(&Count);
        world.Profile.Set(ProfilingMode.On);
        uint row = NewConnection(isHttp2: true);
        Receive(row, [.. Request(1), .. Request(3), .. Request(5)]);
        DemuxFrames.Run(world);
        ParseHeads.Run(world);
        WorkEntry entry = world.Profile.Entry(WorkKind.ParseHeads, WorkKind.DemuxFrames);
        Assert.Equal(3UL, entry.Calls);
        Assert.InRange(entry.LatencyNanoseconds, 3UL, 30UL); // readings of the clock
    }

    private static long readings;

    private static long Count() => ++readings;

    [Fact]
    public void Streams_that_were_made_ready_run_first_as_blocks_and_in_order()
    {
        uint first = NewConnection(isHttp2: true);
        uint second = NewConnection(isHttp2: true);
        uint[] others = [.. Enumerable.Range(0, 3).Select(_ => NewConnection(isHttp2: false))];
        foreach (uint other in others[..2]) Receive(other, [1]);
        Receive(first, [.. Request(1), .. Request(3), .. Request(5)]);
        Receive(others[2], [1]);
        Receive(second, [.. Request(1), .. Request(3)]);
        DemuxFrames.Run(world);
        Assert.Equal(
            [
                $"{first}/1", $"{first}/3", $"{first}/5", $"{second}/1", $"{second}/3",
                .. others.Select(row => $"-{row}"),
            ],
            Order());
    }

    /// <summary>What was read of the first connection's streams is still warm when they run: the second's is not read yet.</summary>
    [Fact]
    public unsafe void Streams_of_a_connection_run_before_the_next_is_read()
    {
        uint first = NewConnection(isHttp2: true);
        watchedRow = NewConnection(isHttp2: true);
        watchedWorld = world;
        world.Profile.Start(&Look);
        world.Profile.Set(ProfilingMode.On);
        Receive(first, [.. Request(1), .. Request(3), .. Request(5)]);
        Receive(watchedRow, Request(1));
        DemuxFrames.Run(world);
        Assert.Equal(3, mostRunBefore);
        Assert.True(world.Connection[watchedRow].In.IsEmpty);
    }

    /// <summary>To compare with (engine.ini): streams wait behind all that was received before.</summary>
    [Fact]
    public void Streams_in_turn_run_last()
    {
        uint first = NewConnection(isHttp2: true);
        uint second = NewConnection(isHttp2: true);
        world.Configuration.Globals.Http2.StreamsInTurn = true;
        Receive(first, [.. Request(1), .. Request(3)]);
        Receive(second, Request(1));
        DemuxFrames.Run(world);
        Assert.Equal([$"-{first}", $"-{second}"], Order());
        ParseHeads.Run(world);
        Assert.Equal([$"{first}/1", $"{first}/3", $"{second}/1"], Order());
    }

    private static World? watchedWorld;
    private static uint watchedRow;
    private static int mostRunBefore;

    /// <summary>A clock that notes how many streams had run while nothing was read of the watched connection.</summary>
    private static long Look()
    {
        if (!watchedWorld!.Connection[watchedRow].In.IsEmpty)
            mostRunBefore = Math.Max(mostRunBefore, (int)watchedWorld.ToRule.Count);
        return Count();
    }

    /// <summary>However many frames are about it, a stream is woken once a pass.</summary>
    [Fact]
    public void A_stream_stands_in_the_list_once()
    {
        uint row = NewConnection(isHttp2: true);
        byte[] open = Http2Wire.Frame(
            FrameType.Headers, FrameFlags.EndHeaders, 1,
            Http2Wire.Block(":method: POST", ":scheme: http", ":path: /"));
        byte[] data = Http2Wire.Frame(FrameType.Data, 0, 1, [1, 2, 3]);
        Receive(row, [.. open, .. data, .. Request(3), .. data, .. data]);
        DemuxFrames.Run(world);
        Assert.Equal([$"{row}/1", $"{row}/3"], Order());
    }

    /// <summary>A pass is bounded: the rest waits behind what the others have.</summary>
    [Fact]
    public void A_connection_with_more_than_a_pass_goes_behind_the_others()
    {
        uint busy = NewConnection(isHttp2: true);
        uint other = NewConnection(isHttp2: true);
        byte[] ping = Http2Wire.Frame(FrameType.Ping, FrameFlags.Ack, 0, new byte[8]);
        Receive(busy, [.. Enumerable.Repeat(ping, 300).SelectMany(frame => frame), .. Request(1)]);
        Receive(other, Request(1));
        DemuxFrames.Run(world);
        Assert.Equal([$"{other}/1", $"-{busy}"], Order());
        Assert.False(world.Connection[busy].In.IsEmpty);
        DemuxFrames.Run(world);
        Assert.Contains($"{busy}/1", Order());
    }

    /// <summary>Any bytes at all: the reader ends, and what it lent it gives back with the connection.</summary>
    [Fact]
    public void Random_frames_leave_nothing_behind()
    {
        Random random = new(9113);
        for (int round = 0; round < 1_500; round++)
        {
            uint row = NewConnection(isHttp2: true);
            List<byte> bytes = [];
            for (int frames = random.Next(1, 12); frames > 0; frames--) bytes.AddRange(RandomFrame(random));
            byte[] all = [.. bytes];
            for (int at = 0; at < all.Length && world.Connection[row].State == ConnectionState.Open;)
            {
                int part = Math.Min(random.Next(1, 400), all.Length - at);
                Receive(row, all[at..(at + part)]);
                DemuxFrames.Run(world);
                at += part;
            }
            EndAll();
            Assert.Equal(0u, world.Buffers.Lent);
            Assert.Equal(0u, world.Http2.Count);
        }
    }

    private static byte[] RandomFrame(Random random)
    {
        uint stream = (uint)random.Next(0, 8);
        FrameType type = (FrameType)random.Next(0, 11);
        byte[] payload = new byte[random.Next(random.Next(4) == 0 ? 300 : 12)];
        random.NextBytes(payload);
        if (type == FrameType.Headers && random.Next(3) > 0)
        {
            payload = Http2Wire.Block(":method: POST", ":scheme: http", ":path: /", "content-length: 5");
            if (random.Next(3) == 0) payload[random.Next(payload.Length)] = (byte)random.Next(256);
            stream |= 1;
        }
        byte[] frame = Http2Wire.Frame(type, (FrameFlags)random.Next(64), stream, payload);
        if (random.Next(20) == 0) frame[random.Next(9)] = (byte)random.Next(256);
        return frame;
    }

    /// <summary>Closes everything, as the end of a thread would; nobody works with the streams here.</summary>
    private void EndAll()
    {
        for (uint row = 0; row < world.Connections.RowsEverUsed; row++)
        {
            if (!world.Connections.IsTaken(row)) continue;
            ref Connection connection = ref world.Connection[row];
            CloseConnection.Run(world, row);
            connection.OperationsInFlight = 0; // no kernel is there to give them back
            connection.Flags &= ~(ConnectionFlags.ListedReceived | ConnectionFlags.ListedSend);
            CloseConnection.TryFree(world, row, ref connection);
        }
        world.Received.Clear();
        world.ToSend.Clear();
        world.Operations.Clear();
    }
}
