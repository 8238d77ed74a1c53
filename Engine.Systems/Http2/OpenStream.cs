using System;
using Engine.Data.Configuration;
using Engine.Data.Connections;
using Engine.Data.Counters;
using Engine.Data.Http2;
using Engine.Data.Messages;
using Engine.Data.Tables;
using Engine.Data.Worlds;
using Engine.Systems.Connections;
using Engine.Systems.Forward;
using Engine.Systems.Timers;

namespace Engine.Systems.Http2;

/// <summary>Makes the connection row that stands for a stream.</summary>
internal static unsafe class OpenStream
{
    /// <summary>A client's request, whose head stands in the thread's text memory. False when there is no room.</summary>
    public static bool OfClient(
        World world,
        uint parent,
        ref Connection connection,
        ref Http2Connection http2,
        uint id,
        in HeadText head,
        bool ends)
    {
        uint row = Take(world, parent, ref http2, id);
        if (row == Table.NoRow) return false;
        ref Connection own = ref world.Connection[row];
        if (!AppendBytes.Run(world, ref own.In, new ReadOnlySpan<byte>(world.Http2.Text, head.Length)))
        {
            own.State = ConnectionState.Closing;
            CloseStream.Unlink(world, row, ref http2);
            CloseConnection.TryFree(world, row, ref own);
            return false;
        }
        own.Owner = connection.Owner;
        own.Flags = ConnectionFlags.Http2Stream;
        ref ClientFacts facts = ref world.Client[row];
        ref ClientFacts parentFacts = ref world.Client[parent];
        facts = parentFacts;
        facts.ReservedServer = Table.NoRow;
        parentFacts.Requests++;
        Rest(world, ref parentFacts);
        ref Http2Stream stream = ref world.Http2.Stream[row];
        stream.Method = head.Method;
        stream.Flags = (head.IsHttps ? Http2StreamFlags.Https : Http2StreamFlags.None)
            | (head.ExtendedConnect ? Http2StreamFlags.ExtendedConnect : Http2StreamFlags.None);
        bool tunnels = head.ExtendedConnect || head.Method == Method.Connect;
        if (ends) stream.Flags |= Http2StreamFlags.PeerEnded;
        if (tunnels) stream.Flags |= Http2StreamFlags.Tunnel;
        else if (head.HasLength) stream.Flags |= Http2StreamFlags.Counted;
        else if (!ends) stream.Flags |= Http2StreamFlags.Chunks;
        if (tunnels && ends) own.Flags |= ConnectionFlags.PeerClosed;
        stream.ReceiveLeftOfLength = head.ContentLength;
        Globals globals = world.Configuration.Globals;
        stream.ReceiveLeft = FirstWindow(http2, globals.Http2.WindowOf(globals.Http2.Frontend, globals.BufferSize));
        // Its streams have timeouts of their own.
        SetTimeout.Connection(world, parent, ref connection, 0);
        ListConnection.Received(world, row, ref own);
        return true;
    }

    /// <summary>A stream towards a server, for a request of ours. None when there is no room.</summary>
    public static uint ToServer(World world, uint parent, ref Connection connection, ref Http2Connection http2)
    {
        uint id = http2.HighestStream == 0 ? 1 : http2.HighestStream + 2;
        uint row = Take(world, parent, ref http2, id);
        if (row == Table.NoRow) return row;
        http2.HighestStream = id;
        http2.TotalStreams++;
        ref Connection own = ref world.Connection[row];
        own.Owner = connection.Owner;
        own.Flags = ConnectionFlags.Http2Stream | ConnectionFlags.ServerSide;
        world.Link[row] = default;
        world.OwnTarget[row] = world.OwnTarget[parent];
        if (world.Configuration.Globals.ReadsServerSource) world.ServerSource[row] = world.ServerSource[parent];
        Globals globals = world.Configuration.Globals;
        world.Http2.Stream[row].ReceiveLeft =
            FirstWindow(http2, globals.Http2.WindowOf(globals.Http2.Backend, globals.BufferSize));
        return row;
    }

    /// <summary>The next stream waited, as the log has it, from the latest beginning or end of another.</summary>
    public static void Rest(World world, ref ClientFacts facts)
    {
        facts.IdleSinceNanoseconds = world.NowNanoseconds;
        facts.AcceptedWallMicroseconds = world.WallMicroseconds;
        facts.HandshakeNanoseconds = 0;
    }

    // Before the peer has seen our SETTINGS it reckons with the initial window (RFC 9113 section 6.9.3).
    private static int FirstWindow(in Http2Connection http2, int window) =>
        (http2.Flags & Http2Flags.SettingsTaken) != 0 ? window : Math.Max(window, StartHttp2.InitialWindow);

    private static uint Take(World world, uint parent, ref Http2Connection http2, uint id)
    {
        uint row = world.Connections.Take();
        if (row == Table.NoRow) return row;
        ref Connection own = ref world.Connection[row];
        own = default;
        own.Fd = -1;
        own.Stream = Table.NoRow;
        own.State = ConnectionState.Open;
        ref Http2Stream stream = ref world.Http2.Stream[row];
        stream = default;
        stream.Connection = parent;
        stream.Id = id;
        stream.SendWindow = http2.PeerInitialWindow;
        stream.Next = Table.NoRow;
        stream.NextBlocked = Table.NoRow;
        stream.Previous = http2.LastStream;
        if (http2.LastStream == Table.NoRow) http2.FirstStream = row;
        else world.Http2.Stream[http2.LastStream].Next = row;
        http2.LastStream = row;
        http2.Streams++;
        http2.OpenStreams++;
        world.Http2.Index.Add(row);
        ref Http2Counters counters = ref CountHttp2.Of(world, world.Connection[parent]);
        counters.OpenStreams++;
        counters.Streams++;
        return row;
    }
}
