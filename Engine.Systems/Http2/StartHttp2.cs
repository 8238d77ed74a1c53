using System;
using System.Buffers.Binary;
using Engine.Data.Configuration;
using Engine.Data.Connections;
using Engine.Data.Counters;
using Engine.Data.Http2;
using Engine.Data.Tables;
using Engine.Data.Worlds;
using Engine.Systems.Connections;
using Engine.Systems.Streams;
using Engine.Systems.Timers;

namespace Engine.Systems.Http2;

/// <summary>
/// Turns an open connection into one of HTTP/2: prior knowledge, a client's preface, or what a TLS handshake agreed
/// on. Of a server connection, the stream that waits for it goes on over its first HTTP/2 stream.
/// </summary>
public static class StartHttp2
{
    /// <summary>The client's first bytes (RFC 9113 section 3.4).</summary>
    public static ReadOnlySpan<byte> Preface => "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8;

    /// <summary>Bytes of the connection's window: the windows of its streams bound what is received.</summary>
    internal const int ConnectionWindow = 1 << 30;

    internal const int InitialWindow = 65535;

    /// <param name="world">The thread's world.</param>
    /// <param name="row">An open connection, a client's without stream or a server's with the stream it is for.</param>
    public static void Run(World world, uint row)
    {
        ref Connection connection = ref world.Connection[row];
        Data.Tables.Check.That((connection.Flags & ConnectionFlags.Http2) == 0);
        if (!TryBegin(world, row, ref connection))
        {
            uint stream = connection.Stream;
            if (stream != Table.NoRow) FailStream.Run(world, stream, ref world.Stream[stream], 503, 'R', 'C');
            else CloseConnection.Run(world, row, reset: true);
            return;
        }
        bool isServer = (connection.Flags & ConnectionFlags.ServerSide) != 0;
        if (isServer)
        {
            ServerConnections.Begin(world, row, ref connection);
            return;
        }
        Proxy frontend = world.Configuration.Proxies[world.Configuration.Listeners[connection.Owner].Frontend];
        SetTimeout.Connection(world, row, ref connection, frontend.Timeouts.HttpRequestMs);
        ArmReceive.Small(world, row, ref connection, Engine.Data.Kernel.OperationFlags.Repeat);
        if (!connection.In.IsEmpty) ListConnection.Received(world, row, ref connection);
    }

    /// <summary>Of the connection of a check, whose stream is answered; none when there is no room.</summary>
    public static uint Check(World world, uint row, ref Connection connection)
    {
        if (!TryBegin(world, row, ref connection)) return Table.NoRow;
        ref Http2Connection http2 = ref world.Http2.Connection[row];
        ArmReceive.Small(world, row, ref connection, Engine.Data.Kernel.OperationFlags.Repeat);
        uint own = OpenStream.ToServer(world, row, ref connection, ref http2);
        if (own == Table.NoRow) return own;
        world.Connection[own].Flags |= ConnectionFlags.Check;
        if ((connection.Flags & ConnectionFlags.Encrypted) != 0) world.Http2.Stream[own].Flags |= Http2StreamFlags.Https;
        SetTimeout.Connection(world, row, ref connection, 0); // its stream has one
        return own;
    }

    private static bool TryBegin(World world, uint row, ref Connection connection)
    {
        if (!world.Http2.TryOpen(row)) return false;
        connection.Flags |= ConnectionFlags.Http2;
        ref Http2Counters counters = ref CountHttp2.Of(world, connection);
        counters.OpenConnections++;
        counters.Connections++;
        bool isServer = (connection.Flags & ConnectionFlags.ServerSide) != 0;
        ref Http2Connection http2 = ref world.Http2.Connection[row];
        http2.Flags = Http2Flags.AwaitsSettings | (isServer ? Http2Flags.None : Http2Flags.AwaitsPreface);
        http2.SendWindow = InitialWindow;
        http2.PeerInitialWindow = InitialWindow;
        http2.PeerFrameMax = FrameHeader.PayloadMax;
        http2.PeerStreamsMax = uint.MaxValue;
        if (isServer) WriteFrame.Raw(world, row, ref connection, Preface);
        WriteSettings(world, row, ref connection, isServer);
        http2.ReceiveLeft = InitialWindow; // the first DATA opens it wide: many connections never see one
        return true;
    }

    private static void WriteSettings(World world, uint row, ref Connection connection, bool isServer)
    {
        const int settingSize = 6;
        Globals globals = world.Configuration.Globals;
        Http2Side side = isServer ? globals.Http2.Backend : globals.Http2.Frontend;
        Span<byte> payload = stackalloc byte[settingSize * 5];
        int length = 0;
        if (isServer) Add(payload, ref length, SettingId.EnablePush, 0);
        else if (!globals.Http2.HidesWebSockets) Add(payload, ref length, SettingId.EnableConnectProtocol, 1);
        if (globals.Http2.HeaderTableSize != 4096)
            Add(payload, ref length, SettingId.HeaderTableSize, (uint)globals.Http2.HeaderTableSize);
        Add(payload, ref length, SettingId.InitialWindowSize, (uint)globals.Http2.WindowOf(side, globals.BufferSize));
        if (!isServer) Add(payload, ref length, SettingId.MaxConcurrentStreams, (uint)globals.Http2.StreamsMaxOf(side));
        WriteFrame.Control(
            world, row, ref connection, FrameType.Settings, FrameFlags.None, 0, payload[..length]);
    }

    private static void Add(Span<byte> payload, ref int length, SettingId id, uint value)
    {
        BinaryPrimitives.WriteUInt16BigEndian(payload[length..], (ushort)id);
        BinaryPrimitives.WriteUInt32BigEndian(payload[(length + 2)..], value);
        length += 6;
    }
}
