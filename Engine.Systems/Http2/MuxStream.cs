using System;
using Engine.Data.Buffers;
using Engine.Data.Connections;
using Engine.Data.Http2;
using Engine.Data.Messages;
using Engine.Data.Tables;
using Engine.Data.Worlds;
using Engine.Systems.Connections;
using Engine.Systems.Forward;
using Engine.Systems.Send;

namespace Engine.Systems.Http2;

/// <summary>
/// Empties the output of a stream into frames of its connection, as the windows and the room there allow: what the
/// kernel does for a socket.
/// </summary>
internal static unsafe class MuxStream
{
    /// <summary>Bytes of output with which a connection's streams wait (THREATS.md B14).</summary>
    private const int OutputMax = BufferSlab.LargeSize;

    /// <summary>The same while the peer does not take what stands there.</summary>
    private const int BlockedOutputMax = FrameHeader.PayloadMax;

    /// <summary>Bytes of one stream before the next has its turn.</summary>
    private const int TurnMax = 4 * FrameHeader.PayloadMax;

    public static void Run(World world, uint row, ref Connection own)
    {
        ref Http2Stream stream = ref world.Http2.Stream[row];
        uint parent = stream.Connection;
        if (parent == Table.NoRow || (stream.Flags & Http2StreamFlags.Reset) != 0)
        {
            FinishSends.Drop(world, row, ref own);
            AfterLast(world, row, ref own);
            return;
        }
        ref Connection connection = ref world.Connection[parent];
        ref Http2Connection http2 = ref world.Http2.Connection[parent];
        int outputMax = OutputMaxOf(world, connection, own.Out.Length);
        int before = own.Out.Length;
        bool failed = false;
        while (!own.Out.IsEmpty && !failed)
        {
            if (connection.Out.Length >= outputMax || before - own.Out.Length >= TurnMax)
            {
                WaitForTurn(world, row, ref own, ref stream, ref http2, connection.Out.Length >= outputMax);
                break;
            }
            int length = own.Out.Length;
            failed = (stream.Flags & Http2StreamFlags.HeadSent) == 0
                ? !WriteMessageHead.Run(world, row, ref own, ref stream, parent)
                : !WriteBody(world, parent, ref connection, ref http2, ref own, ref stream, row);
            if (own.Out.Length == length) break;
        }
        if (failed)
        {
            Fail(world, row, ref own, ref stream, parent);
            return;
        }
        int taken = before - own.Out.Length;
        if (taken > 0)
        {
            if (own.Stream != Table.NoRow) CountBytes.Sent(world, own.Stream, own, taken);
            FinishSends.After(world, row, ref own, taken);
        }
        else if (own.Out.IsEmpty) AfterLast(world, row, ref own);
    }

    /// <summary>What the peer does not take now waits in the streams, which then receive no more.</summary>
    private static int OutputMaxOf(World world, in Connection connection, int added)
    {
        if ((connection.Flags & ConnectionFlags.SendBlocked) != 0) return BlockedOutputMax;
        if (connection.Out.Length + added <= TurnMax) return OutputMax;
        return Math.Clamp(OutputRoom.OfSocket(world, connection), BlockedOutputMax, OutputMax);
    }

    private static void WaitForTurn(
        World world, uint row, ref Connection own, ref Http2Stream stream, ref Http2Connection http2, bool isFull)
    {
        if (isFull) BlockedStreams.Add(world, row, ref stream, ref http2);
        else ListConnection.ToSend(world, row, ref own);
    }

    /// <summary>What was to follow the last byte follows.</summary>
    private static void AfterLast(World world, uint row, ref Connection own)
    {
        if ((own.Flags & ConnectionFlags.CloseWhenSent) != 0) CloseConnection.Run(world, row);
        else if ((own.Flags & ConnectionFlags.ShutWhenSent) != 0) ShutSend.Run(world, row, ref own);
    }

    /// <summary>What stands there is no message that can be written: our own doing, or that of a file.</summary>
    private static void Fail(World world, uint row, ref Connection own, ref Http2Stream stream, uint parent)
    {
        ref Connection connection = ref world.Connection[parent];
        ref Http2Connection http2 = ref world.Http2.Connection[parent];
        FinishSends.Drop(world, row, ref own);
        WriteFrame.ResetStream(world, parent, ref connection, stream.Id, Http2Error.Internal);
        CloseStream.Remember(ref http2, stream.Id);
        CloseStream.CountOver(ref http2, ref stream);
        CloseStream.Break(world, row);
    }

    /// <summary>False when the body is none. Nothing is taken when it has to wait.</summary>
    private static bool WriteBody(
        World world,
        uint parent,
        ref Connection connection,
        ref Http2Connection http2,
        ref Connection own,
        ref Http2Stream stream,
        uint row)
    {
        if (stream.SendKind == BodyKind.None || (stream.Flags & Http2StreamFlags.Ended) != 0)
        {
            // To HEAD, say: HTTP/1 would have to close.
            own.Out.Clear(world.Buffers);
            return true;
        }
        if (stream.SendKind == BodyKind.Chunked)
        {
            ChunkEnd end = ReadChunkFraming.Run(world, ref own.Out, ref stream);
            if (end == ChunkEnd.Bad) return false;
            if (end == ChunkEnd.Body)
            {
                // The data before it is gone already: an empty frame carries the end.
                CloseStream.EndWithFrame(world, parent, ref connection, ref stream);
                NoteEnd(ref http2, ref stream);
                return true;
            }
            if (end == ChunkEnd.Trailers) return WriteTrailers.Run(world, parent, ref connection, ref own, ref stream);
            if (own.Out.IsEmpty || stream.SendLeft == 0) return true;
        }
        int window = Math.Min(http2.SendWindow, stream.SendWindow);
        if (window <= 0)
        {
            if (stream.SendWindow > 0) BlockedStreams.Add(world, row, ref stream, ref http2);
            return true; // a stream's own window calls it by itself
        }
        bool counted = stream.SendKind is BodyKind.Length or BodyKind.Chunked;
        ulong there = (ulong)own.Out.Length;
        if (counted && stream.SendLeft < there) there = stream.SendLeft;
        int wanted = (int)Math.Min(there, (ulong)Math.Min(window, http2.PeerFrameMax));
        int moved = WriteFrame.Data(
            world, parent, ref connection, stream.Id, ref own.Out, wanted, (int)there, out byte* flags);
        if (moved == 0)
        {
            BlockedStreams.Add(world, row, ref stream, ref http2);
            return true;
        }
        http2.SendWindow -= moved;
        stream.SendWindow -= moved;
        if (!counted) return true;
        stream.SendLeft -= (ulong)moved;
        return stream.SendLeft > 0 || EndBody(world, ref own, ref http2, ref stream, flags);
    }

    /// <summary>The end of the body goes with its last bytes.</summary>
    private static bool EndBody(
        World world, ref Connection own, ref Http2Connection http2, ref Http2Stream stream, byte* flags)
    {
        bool ends = stream.SendKind == BodyKind.Length;
        if (!ends)
        {
            ChunkEnd end = ReadChunkFraming.Run(world, ref own.Out, ref stream);
            if (end == ChunkEnd.Bad) return false;
            ends = end == ChunkEnd.Body;
        }
        if (!ends) return true;
        *flags |= (byte)FrameFlags.EndStream;
        NoteEnd(ref http2, ref stream);
        return true;
    }

    /// <summary>Our half is over.</summary>
    public static void NoteEnd(ref Http2Connection http2, ref Http2Stream stream)
    {
        stream.Flags |= Http2StreamFlags.Ended;
        if ((stream.Flags & Http2StreamFlags.PeerEnded) != 0) CloseStream.CountOver(ref http2, ref stream);
    }
}
