using System;
using Engine.Data.Buffers;
using Engine.Data.Connections;
using Engine.Data.Kernel;
using Engine.Data.Tables;
using Engine.Data.Tls;
using Engine.Data.Worlds;
using Engine.Systems.Connections;
using Engine.Systems.Send;

namespace Engine.Systems.Tls;

/// <summary>
/// Turns plain output into records and hands those to the kernel. The plain bytes stay in the output until the
/// records
/// that hold them were sent, so that for everybody else an empty output means what it always means.
/// </summary>
public static unsafe class SealRecords
{
    /// <summary>Plain bytes of a record at most (RFC 8446 section 5.1).</summary>
    private const int RecordMax = 16384;

    /// <summary>
    /// What a record adds at most: header, vector, authentication, padding (RFC 5246 section 6.2.3).
    /// </summary>
    private const int RecordExtra = 5 + 16 + 48 + 256;

    /// <summary>What a record adds with the ciphers in use: the first guess.</summary>
    private const int RecordExtraUsual = 5 + 16 + 1;

    /// <summary>Plain bytes sealed before they are sent, at most.</summary>
    private const int BatchMax = 256 * 1024;

    private const int RoomBytes = 4096;

    /// <summary>
    /// The connection is on the list of those with something to send, and no send is in flight.
    /// </summary>
    public static void Send(World world, uint row, ref Connection connection)
    {
        ref TlsState state = ref world.Tls!.States[row];
        const ConnectionFlags mute = ConnectionFlags.Handshaking | ConnectionFlags.SendShut;
        bool speaks = (connection.Flags & mute) == 0 && (state.Flags & TlsFlags.Fatal) == 0;
        if (speaks && state.Sealed.IsEmpty && !connection.Out.IsEmpty) Seal(world, row, ref connection, ref state);
        bool hasAll = state.SealedPlain == connection.Out.Length;
        // An end before the end of the handshake would be none that the client can trust.
        bool mayEnd = (state.Flags & (TlsFlags.EarlyOpen | TlsFlags.Fatal)) != TlsFlags.EarlyOpen;
        bool isLast = mayEnd && hasAll && SendBytes.IsLast(world, ref connection);
        if (speaks && mayEnd && hasAll && (isLast || (connection.Flags & ConnectionFlags.ShutWhenSent) != 0))
            Notify(world, ref state);
        if (!state.Sealed.IsEmpty) SendBytes.Send(world, row, ref connection, state.Sealed, isLast);
        else if (mayEnd && connection.Out.IsEmpty) SendBytes.AfterLast(world, row, ref connection);
    }

    /// <summary>
    /// The kernel took so many bytes of records. True when the output has something to hear of it:
    /// <paramref name="count"/> is then the plain bytes that were sent.
    /// </summary>
    public static bool Sent(World world, uint row, ref Connection connection, ref int count)
    {
        ref TlsState state = ref world.Tls!.States[row];
        state.Sealed.Consume(world.Buffers, count);
        if (!state.Sealed.IsEmpty)
        {
            Forward.ShrinkOutput.Run(world.Buffers, ref state.Sealed);
            FinishSends.Blocked(world, row, ref connection);
            if (count > 0 && connection.Stream != Table.NoRow) Forward.ExchangeTimeouts.Progressed(ref connection);
            return false;
        }
        connection.Flags &= ~ConnectionFlags.SendBlocked;
        count = state.SealedPlain;
        state.SealedPlain = 0;
        if (count > 0) return true;
        const ConnectionFlags after = ConnectionFlags.CloseWhenSent | ConnectionFlags.ShutWhenSent;
        if (!connection.Out.IsEmpty || (connection.Flags & after) != 0)
            ListConnection.ToSend(world, row, ref connection);
        return false;
    }

    /// <summary>What was to be sent is given up.</summary>
    public static void Drop(World world, uint row)
    {
        ref TlsState state = ref world.Tls!.States[row];
        state.Sealed.Clear(world.Buffers);
        state.SealedPlain = 0;
    }

    private static void Seal(World world, uint row, ref Connection connection, ref TlsState state)
    {
        TlsThread tls = world.Tls!;
        BufferSlab slab = world.Buffers;
        int recordMax = world.Configuration.Tls!.RecordMax;
        if (recordMax == 0) recordMax = RecordMax;
        int batch = Math.Min(connection.Out.Length, BatchMax);
        if (!PortRoom.Open(world, tls, ref state, RoomFor(batch, recordMax)))
        {
            world.Counters->BuffersExhausted++;
            ListConnection.Starved(world, row, ref connection);
            return;
        }
        for (BufferRef buffer = connection.Out.Head; !buffer.IsNone && state.SealedPlain < batch;)
        {
            ref BufferSegment segment = ref slab.Segment(buffer);
            byte* start = slab.Address(buffer) + segment.Start;
            int length = Math.Min(segment.Length, batch - state.SealedPlain);
            int done = SealPiece(world, tls, ref state, start, length, recordMax);
            state.SealedPlain += done;
            if (done < length) break;
            buffer = segment.Next;
        }
        PortRoom.TakeRoom(world, tls, ref state);
        if ((state.Flags & TlsFlags.Fatal) == 0) return;
        connection.Flags |= ConnectionFlags.Broken;
        ListConnection.Received(world, row, ref connection);
    }

    /// <summary>Answers the bytes that went into records; fewer than asked after a fatal error.</summary>
    private static int SealPiece(
        World world, TlsThread tls, ref TlsState state, byte* start, int length, int recordMax)
    {
        int done = 0;
        while (done < length)
        {
            int part = Math.Min(length - done, recordMax);
            int count = (state.Flags & TlsFlags.EarlyOpen) == 0
                ? OpenSsl.SslWrite(state.Ssl, start + done, part)
                : ServeEarly.Write(ref state, start + done, part);
            if (count > 0)
            {
                done += count;
                continue;
            }
            int wish = OpenSsl.SslError(state.Ssl, count);
            if (wish == LibraryNumbers.WantWrite)
            {
                // The guess was too small: the library repeats the rest of the record into more room.
                PortRoom.TakeRoom(world, tls, ref state);
                if (PortRoom.Open(world, tls, ref state, RoomFor(length - done, recordMax) + RecordExtra)) continue;
            }
            state.LibraryError = (uint)OpenSsl.ErrorPeekLast();
            OpenSsl.ErrorsClear();
            state.Flags |= TlsFlags.Fatal;
            break;
        }
        return done;
    }

    private static int RoomFor(int bytes, int recordMax) =>
        bytes + ((bytes / recordMax) + 2) * RecordExtraUsual;

    /// <summary>Seals our close_notify behind what is sealed, once (RFC 8446 section 6.1).</summary>
    private static void Notify(World world, ref TlsState state)
    {
        if ((state.Flags & TlsFlags.NotifySealed) != 0) return;
        state.Flags |= TlsFlags.NotifySealed;
        TlsThread tls = world.Tls!;
        if (!PortRoom.Open(world, tls, ref state, RoomBytes / 16)) return;
        _ = OpenSsl.SslShutdown(state.Ssl);
        OpenSsl.ErrorsClear();
        PortRoom.TakeRoom(world, tls, ref state);
    }
}
