using System;
using System.Buffers.Binary;
using Engine.Data.Configuration;
using Engine.Data.Connections;
using Engine.Data.Http2;
using Engine.Data.Tables;
using Engine.Data.Worlds;
using Engine.Systems.Connections;

namespace Engine.Systems.Http2;

/// <summary>SETTINGS (RFC 9113 section 6.5): taken over and acknowledged.</summary>
internal static unsafe class ReadSettings
{
    private const int EntrySize = 6;

    public static Http2Error Run(
        World world, uint row, ref Connection connection, ref Http2Connection http2, in FrameHeader header, byte* payload)
    {
        if (header.Stream != 0) return Http2Error.Protocol;
        if (header.Has(FrameFlags.Ack))
        {
            if (header.Length != 0) return Http2Error.FrameSize;
            if ((http2.Flags & Http2Flags.SettingsTaken) == 0) TakeBackWindows(world, ref connection, ref http2);
            http2.Flags |= Http2Flags.SettingsTaken;
            return Http2Error.None;
        }
        if (header.Length % EntrySize != 0) return Http2Error.FrameSize;
        ReadOnlySpan<byte> entries = new(payload, header.Length);
        for (; entries.Length > 0; entries = entries[EntrySize..])
        {
            SettingId id = (SettingId)BinaryPrimitives.ReadUInt16BigEndian(entries);
            uint value = BinaryPrimitives.ReadUInt32BigEndian(entries[2..]);
            Http2Error error = Take(world, ref http2, id, value);
            if (error != Http2Error.None) return error;
        }
        WriteFrame.Control(world, row, ref connection, FrameType.Settings, FrameFlags.Ack, 0, default);
        // How many streams it takes may have changed.
        const ConnectionFlags serves = ConnectionFlags.ServerSide | ConnectionFlags.Check;
        if ((connection.Flags & serves) == ConnectionFlags.ServerSide)
            ServerConnections.Enlist(world, row, ref connection, ref http2);
        return Http2Error.None;
    }

    /// <summary>
    /// From here on the peer reckons with our initial window, on streams that it opened before as well (RFC 9113
    /// section 6.9.2): what it was let send by the usual one is less by the difference.
    /// </summary>
    private static void TakeBackWindows(World world, ref Connection connection, ref Http2Connection http2)
    {
        Globals globals = world.Configuration.Globals;
        bool isServer = (connection.Flags & ConnectionFlags.ServerSide) != 0;
        Http2Side side = isServer ? globals.Http2.Backend : globals.Http2.Frontend;
        int surplus = StartHttp2.InitialWindow - globals.Http2.WindowOf(side, globals.BufferSize);
        if (surplus <= 0) return;
        for (uint number = http2.FirstStream; number != Table.NoRow; number = world.Http2.Stream[number].Next)
        {
            ref Http2Stream stream = ref world.Http2.Stream[number];
            stream.ReceiveLeft -= surplus;
            const Http2StreamFlags over = Http2StreamFlags.PeerEnded | Http2StreamFlags.Reset;
            ref Connection own = ref world.Connection[number];
            if ((stream.Flags & over) == 0 && own.Stream != Table.NoRow) ListConnection.Received(world, number, ref own);
        }
    }

    private static Http2Error Take(World world, ref Http2Connection http2, SettingId id, uint value)
    {
        switch (id)
        {
            case SettingId.EnablePush:
                return value > 1 ? Http2Error.Protocol : Http2Error.None; // servers say 1 and mean nothing by it
            case SettingId.MaxConcurrentStreams:
                http2.PeerStreamsMax = value;
                return Http2Error.None;
            case SettingId.InitialWindowSize:
                if (value > FrameHeader.Bits31) return Http2Error.FlowControl;
                return MoveWindows(world, ref http2, (int)value);
            case SettingId.MaxFrameSize:
                if (value is < FrameHeader.PayloadMax or > 0xFF_FFFF) return Http2Error.Protocol;
                // Larger frames only make streams wait for each other.
                http2.PeerFrameMax = FrameHeader.PayloadMax;
                return Http2Error.None;
            case SettingId.EnableConnectProtocol:
                if (value == 1) http2.Flags |= Http2Flags.PeerTakesConnect; // RFC 8441 knows no other and names no error
                return Http2Error.None;
            default:
                return Http2Error.None; // the header table is ours alone: our encoder does not use it
        }
    }

    // RFC 9113 section 6.9.2: it applies to streams that are open, and may take back what was given.
    private static Http2Error MoveWindows(World world, ref Http2Connection http2, int window)
    {
        int change = window - http2.PeerInitialWindow;
        http2.PeerInitialWindow = window;
        if (change < 0 && http2.TotalStreams > 0) http2.Glitches++;
        for (uint number = http2.FirstStream; number != Table.NoRow; number = world.Http2.Stream[number].Next)
        {
            ref Http2Stream stream = ref world.Http2.Stream[number];
            long moved = (long)stream.SendWindow + change;
            if (moved > int.MaxValue) return Http2Error.FlowControl;
            bool opens = stream.SendWindow <= 0 && moved > 0;
            stream.SendWindow = (int)Math.Max(moved, int.MinValue);
            ref Connection own = ref world.Connection[number];
            if (opens && !own.Out.IsEmpty) ListConnection.ToSend(world, number, ref own);
        }
        return Http2Error.None;
    }
}
