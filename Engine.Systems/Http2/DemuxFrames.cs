using System;
using Engine.Data.Buffers;
using Engine.Data.Configuration;
using Engine.Data.Connections;
using Engine.Data.Http2;
using Engine.Data.Kernel;
using Engine.Data.Profiling;
using Engine.Data.Tables;
using Engine.Data.Worlds;
using Engine.Systems.Connections;
using Engine.Systems.Parse;
using Engine.Systems.Sticky;
using Engine.Systems.Streams;

namespace Engine.Systems.Http2;

/// <summary>
/// Reads the frames that HTTP/2 connections received. The streams that a connection makes ready are run at once, as a
/// block and in the order of their frames, before the next connection is read and before all else of the thread: what
/// was just read of them is still warm. A pass over a connection is bounded, and what it has left waits behind all
/// others, so that no connection starves them.
/// </summary>
public static unsafe class DemuxFrames
{
    /// <summary>Frames of one pass at most; the rest waits for the next tick.</summary>
    private const int FramesMax = 256;

    /// <summary>Bytes of output with which nothing more is read: every frame read may cause some (THREATS.md B9).</summary>
    internal const int OutputMax = 2 * BufferSlab.LargeSize;

    /// <summary>Bytes of input with which no more is received: frames may come faster than they are read.</summary>
    private const int InputMax = BufferSlab.LargeSize;

    public static void Run(World world)
    {
        if (world.Http2.Count == 0 || world.Received.Count == 0) return;
        if (world.Configuration.Globals.Http2.StreamsInTurn) return; // ParseHeads reads connections as they come
        RowList received = world.Received;
        RowList others = world.Http2.Others;
        RowList own = world.Http2.Own;
        Check.That(others.Count == 0);
        foreach (uint row in received.Rows) (IsToRead(world, row) ? own : others).Add(row);
        received.Clear();
        for (uint i = 0; i < own.Count; i++)
        {
            uint row = own[i];
            if (!IsToRead(world, row))
            {
                others.AddAgain(row); // what another one's streams did ended it
                continue;
            }
            ref Connection connection = ref world.Connection[row];
            connection.Flags &= ~ConnectionFlags.ListedReceived;
            world.Profile.Begin(WorkKind.DemuxFrames, received, row);
            Read(world, row, ref connection);
            world.Profile.End();
            if (i + 1 < own.Count) RunBlock(world, received, others); // the last one's is what ParseHeads begins with
        }
        own.Clear();
        foreach (uint row in others.Rows) received.AddAgain(row);
        others.Clear();
    }

    /// <summary>Runs the streams that were made ready; a connection that has more to read waits behind all others.</summary>
    private static void RunBlock(World world, RowList received, RowList others)
    {
        uint kept = 0;
        for (uint i = 0; i < received.Count; i++)
        {
            uint row = received[i];
            if (IsToRead(world, row)) others.AddAgain(row);
            else received[kept++] = row;
        }
        received.Truncate(kept);
        ParseHeads.Run(world);
    }

    private static bool IsToRead(World world, uint row)
    {
        ref Connection connection = ref world.Connection[row];
        return (connection.Flags & ConnectionFlags.Http2) != 0 && connection.State == ConnectionState.Open;
    }

    /// <summary>Reads what one connection has.</summary>
    internal static void Read(World world, uint row, ref Connection connection)
    {
        uint before = world.Http2.Connection[row].Glitches;
        try
        {
            Pass(world, row, ref connection);
        }
        catch (Exception fault)
        {
            Quarantine.Connection(world, row, fault);
        }
        uint glitches = world.Http2.Connection[row].Glitches - before;
        if (glitches > 0 && (connection.Flags & ConnectionFlags.ServerSide) == 0) CountTracked.Glitches(world, row, glitches);
    }

    private static void Pass(World world, uint row, ref Connection connection)
    {
        ref Http2Connection http2 = ref world.Http2.Connection[row];
        if ((connection.Flags & ConnectionFlags.Broken) != 0)
        {
            CloseConnection.Run(world, row, reset: true);
            return;
        }
        if ((http2.Flags & Http2Flags.Failed) != 0)
        {
            connection.In.Clear(world.Buffers);
            Rearm(world, row, ref connection, ref http2);
            return;
        }
        bool isServer = (connection.Flags & ConnectionFlags.ServerSide) != 0;
        Globals globals = world.Configuration.Globals;
        Http2Side side = isServer ? globals.Http2.Backend : globals.Http2.Frontend;
        int framesMax = side.FramesAtOnce > 0 ? Math.Min(side.FramesAtOnce, FramesMax) : FramesMax;
        int streamsMax = isServer ? int.MaxValue : globals.Http2.StreamsMaxOf(side);
        int resetsLeft = side.ResetsAtOnce > 0 ? side.ResetsAtOnce : int.MaxValue;
        http2.Flags &= ~(Http2Flags.PausedByOutput | Http2Flags.PausedByStreams);
        connection.Flags &= ~ConnectionFlags.Bulky;
        if ((http2.Flags & Http2Flags.AwaitsPreface) != 0 && !TakePreface(world, row, ref connection, ref http2)) return;
        for (int frames = 0; TryPeek(world, ref connection.In, out FrameHeader header); frames++)
        {
            if (header.Length > FrameHeader.PayloadMax)
            {
                ReportBadFrames.Connection(world, row, ref connection);
                FailHttp2.Run(world, row, ref connection, Http2Error.FrameSize);
                return;
            }
            if (connection.In.Length < FrameHeader.Size + header.Length) break;
            if (connection.Out.Length > OutputMax) http2.Flags |= Http2Flags.PausedByOutput;
            else if (http2.Streams > streamsMax) http2.Flags |= Http2Flags.PausedByStreams;
            else if (frames == framesMax || resetsLeft == 0) ListConnection.Received(world, row, ref connection);
            if ((http2.Flags & (Http2Flags.PausedByOutput | Http2Flags.PausedByStreams)) != 0
                || frames == framesMax || resetsLeft == 0) break;
            if (header.Type == FrameType.ResetStream) resetsLeft--;
            Http2Error error = ReadFrame.Run(world, row, ref connection, ref http2, header);
            if (error == Http2Error.None) CountHttp2.Received(world, connection, header.Type);
            if (connection.State != ConnectionState.Open) return;
            if (error != Http2Error.None)
            {
                // Windows tell of the peer's stack, not of what it asked for.
                if (header.Type != FrameType.WindowUpdate) ReportBadFrames.Connection(world, row, ref connection);
                FailHttp2.Run(world, row, ref connection, error);
                return;
            }
            if ((http2.Flags & Http2Flags.Failed) != 0) return;
        }
        JudgeGlitches(world, row, ref connection, ref http2, side);
        Rearm(world, row, ref connection, ref http2);
    }

    /// <summary>False when nothing follows it yet.</summary>
    private static bool TakePreface(World world, uint row, ref Connection connection, ref Http2Connection http2)
    {
        ReadOnlySpan<byte> preface = StartHttp2.Preface;
        Span<byte> received = stackalloc byte[preface.Length];
        int length = Peek(world, ref connection.In, received);
        if (!preface.StartsWith(received[..length]))
        {
            FailHttp2.Run(world, row, ref connection, Http2Error.Protocol);
            return false;
        }
        if (length < preface.Length)
        {
            Rearm(world, row, ref connection, ref http2);
            return false;
        }
        connection.In.Consume(world.Buffers, length);
        http2.Flags &= ~Http2Flags.AwaitsPreface;
        return true;
    }

    private static bool TryPeek(World world, ref BufferChain input, out FrameHeader header)
    {
        Span<byte> bytes = stackalloc byte[FrameHeader.Size];
        header = default;
        if (input.Length < FrameHeader.Size) return false;
        Peek(world, ref input, bytes);
        header = FrameHeader.Read(bytes);
        return true;
    }

    /// <summary>Copies the first bytes of an input, and answers how many there were.</summary>
    internal static int Peek(World world, ref BufferChain input, Span<byte> to)
    {
        int count = 0;
        for (BufferRef buffer = input.Head; !buffer.IsNone && count < to.Length;)
        {
            ref BufferSegment segment = ref world.Buffers.Segment(buffer);
            int part = Math.Min(segment.Length, to.Length - count);
            new ReadOnlySpan<byte>(world.Buffers.Address(buffer) + segment.Start, part).CopyTo(to[count..]);
            count += part;
            buffer = segment.Next;
        }
        return count;
    }

    /// <summary>At three quarters of the threshold the peer is asked to leave, at all of it it is made to.</summary>
    private static void JudgeGlitches(
        World world, uint row, ref Connection connection, ref Http2Connection http2, Http2Side side)
    {
        if (side.GlitchesMax == 0 || http2.Glitches * 4L < side.GlitchesMax * 3L) return;
        if (http2.Glitches >= (uint)side.GlitchesMax)
            FailHttp2.Run(world, row, ref connection, Http2Error.EnhanceYourCalm);
        else
            DrainHttp2.Run(world, row, ref connection);
    }

    /// <summary>Keeps receiving armed, or notices that nothing more comes.</summary>
    private static void Rearm(World world, uint row, ref Connection connection, ref Http2Connection http2)
    {
        if (connection.State != ConnectionState.Open) return;
        const Http2Flags paused = Http2Flags.PausedByOutput | Http2Flags.PausedByStreams;
        if ((http2.Flags & paused) != 0 || connection.In.Length > InputMax)
        {
            // Bounded: what is on its way still arrives, nothing more is asked for.
            ArmReceive.Cancel(world, row, ref connection);
            return;
        }
        if ((connection.Flags & ConnectionFlags.PeerClosed) != 0 && (connection.Flags & ConnectionFlags.ListedReceived) == 0)
            EndInput(world, row, ref connection, ref http2);
        else if ((connection.Flags & ConnectionFlags.Bulky) != 0)
            ArmReceive.Large(world, row, ref connection, OperationFlags.None);
        else
            ArmReceive.Small(world, row, ref connection, OperationFlags.Repeat);
    }

    /// <summary>The peer sends nothing more: a server's streams are cut, a client may still wait for its answers.</summary>
    private static void EndInput(World world, uint row, ref Connection connection, ref Http2Connection http2)
    {
        bool isServer = (connection.Flags & ConnectionFlags.ServerSide) != 0;
        if (isServer || http2.Streams == 0)
        {
            CloseConnection.Run(world, row);
            return;
        }
        for (uint stream = http2.FirstStream; stream != Table.NoRow;)
        {
            uint next = world.Http2.Stream[stream].Next;
            ref Connection one = ref world.Connection[stream];
            if ((one.Flags & ConnectionFlags.PeerClosed) == 0)
            {
                one.Flags |= ConnectionFlags.PeerClosed;
                ListConnection.Received(world, stream, ref one);
            }
            stream = next;
        }
    }
}
