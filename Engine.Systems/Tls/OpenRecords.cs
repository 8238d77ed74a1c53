using Engine.Data.Buffers;
using Engine.Data.Connections;
using Engine.Data.Kernel;
using Engine.Data.Tables;
using Engine.Data.Tls;
using Engine.Data.Worlds;
using Engine.Systems.Connections;

namespace Engine.Systems.Tls;

/// <summary>Turns records that were received into plain bytes of the connection's input.</summary>
public static unsafe class OpenRecords
{
    private const int RoomBytes = 4096;

    /// <summary>
    /// Something was received, or receiving ended, for an encrypted connection. The phases above hear of it
    /// only when it
    /// brought plain bytes or an end.
    /// </summary>
    /// <param name="world">The thread's world.</param>
    /// <param name="row">Row of the connection.</param>
    /// <param name="connection">The connection.</param>
    /// <param name="bulky">It came into a large buffer, and more of it may.</param>
    public static void Received(World world, uint row, ref Connection connection, bool bulky)
    {
        ref TlsState state = ref world.Tls!.States[row];
        if (connection.State != ConnectionState.Open)
        {
            state.Wire.Clear(world.Buffers);
            ListConnection.Received(world, row, ref connection);
            return;
        }
        if ((connection.Flags & ConnectionFlags.Handshaking) != 0)
        {
            Handshake.Run(world, row, ref connection);
            return;
        }
        bool brought = Open(world, row, ref connection, ref state);
        const ConnectionFlags ended = ConnectionFlags.PeerClosed | ConnectionFlags.Broken;
        if (brought || (connection.Flags & ended) != 0) ListConnection.Received(world, row, ref connection);
        else if (bulky) ArmReceive.Large(world, row, ref connection, OperationFlags.None);
        else ArmReceive.Small(world, row, ref connection, OperationFlags.None);
    }

    /// <summary>There are buffers again: what could not be opened for want of them is opened now.</summary>
    public static void Resume(World world, uint row, ref Connection connection)
    {
        const ConnectionFlags ended = ConnectionFlags.PeerClosed | ConnectionFlags.Broken | ConnectionFlags.Handshaking;
        if (connection.State == ConnectionState.Open && (connection.Flags & ended) == 0)
            Open(world, row, ref connection, ref world.Tls!.States[row]);
        ListConnection.Received(world, row, ref connection);
    }

    /// <summary>True when there are plain bytes that were not there before.</summary>
    private static bool Open(World world, uint row, ref Connection connection, ref TlsState state)
    {
        TlsThread tls = world.Tls!;
        int before = connection.In.Length;
        CountKeyUpdates.Refill(world, ref state);
        PortRoom.LoadInput(world, tls, ref state);
        PortRoom.Close(tls);
        bool mayRead = (state.Flags & TlsFlags.EarlyOpen) == 0 || ServeEarly.GoOn(world, row, tls, ref connection, ref state);
        while (mayRead && (state.Flags & TlsFlags.Fatal) == 0)
        {
            if (!Fill(world, row, tls, ref connection, ref state, out int wish)) break;
            if (wish == 0) continue;
            if (wish == LibraryNumbers.WantWrite)
            {
                PortRoom.TakeRoom(world, tls, ref state); // it is full
                if (PortRoom.Open(world, tls, ref state, RoomBytes)) continue;
            }
            End(ref connection, ref state, wish);
            break;
        }
        if ((state.Flags & TlsFlags.KeyFlood) != 0) connection.Flags |= ConnectionFlags.Broken;
        PortRoom.TakeRoom(world, tls, ref state);
        PortRoom.TakeInput(world, tls, ref state);
        if ((connection.Flags & ConnectionFlags.PeerClosed) != 0 || (state.Flags & TlsFlags.Fatal) != 0)
            state.Wire.Clear(world.Buffers); // nothing that follows an end means anything
        if (!state.Sealed.IsEmpty) ListConnection.ToSend(world, row, ref connection);
        if (state.Session != 0 && (connection.Flags & ConnectionFlags.Check) == 0) KeepSession.Take(world, ref connection, ref state);
        CountHttp1.Received(world, connection, connection.In.Length - before);
        return connection.In.Length > before;
    }

    /// <summary>
    /// Fills one buffer, the last of the input when what came fits there. False when there is nothing more to
    /// read, or no
    /// buffer to read into; <paramref name="wish"/> is what the library wants, 0 for another buffer.
    /// </summary>
    private static bool Fill(
        World world, uint row, TlsThread tls, ref Connection connection, ref TlsState state, out int wish)
    {
        BufferSlab slab = world.Buffers;
        wish = 0;
        int left = state.Wire.Length - tls.Port->Taken + OpenSsl.SslPending(state.Ssl);
        BufferRef tail = connection.In.Tail;
        bool joins = !tail.IsNone && slab.SizeOf(tail) - slab.Segment(tail).End >= left;
        BufferRef buffer = joins ? tail : TakeFitting(slab, left);
        if (buffer.IsNone)
        {
            world.Counters->BuffersExhausted++;
            ListConnection.Starved(world, row, ref connection);
            return false;
        }
        ref BufferSegment segment = ref slab.Segment(buffer);
        if (!joins) segment.Start = segment.End = 0;
        int size = slab.SizeOf(buffer);
        byte* start = slab.Address(buffer);
        int filled = 0;
        bool more = true;
        while (more && segment.End < size)
        {
            int count = OpenSsl.SslRead(state.Ssl, start + segment.End, size - segment.End);
            if (count <= 0)
            {
                wish = OpenSsl.SslError(state.Ssl, count);
                break;
            }
            segment.End += count;
            filled += count;
            more = tls.Port->HasInput || OpenSsl.SslPending(state.Ssl) > 0;
        }
        if (joins) connection.In.Length += filled;
        else if (filled > 0) connection.In.Append(slab, buffer);
        else slab.Return(buffer);
        return more || wish != 0;
    }

    private static BufferRef TakeFitting(BufferSlab slab, int bytes)
    {
        BufferRef buffer = BufferRef.None;
        if (bytes > slab.SizeOf(BufferClass.Standard)) buffer = slab.Take(BufferClass.Large);
        if (buffer.IsNone && bytes > BufferSlab.SmallSize) buffer = slab.Take(BufferClass.Standard);
        return buffer.IsNone ? slab.Take(BufferClass.Small) : buffer;
    }

    private static void End(ref Connection connection, ref TlsState state, int wish)
    {
        switch (wish)
        {
            case LibraryNumbers.WantRead:
                break;
            case LibraryNumbers.PeerNotified:
                connection.Flags |= ConnectionFlags.PeerClosed;
                break;
            default:
                state.LibraryError = (uint)OpenSsl.ErrorPeekLast();
                OpenSsl.ErrorsClear();
                state.Flags |= TlsFlags.Fatal;
                connection.Flags |= ConnectionFlags.Broken;
                break;
        }
    }
}
