using Engine.Data.Buffers;
using Engine.Data.Connections;
using Engine.Data.Tls;
using Engine.Data.Worlds;

namespace Engine.Systems.Tls;

/// <summary>
/// Reads what a client sends before its handshake is over (RFC 8446 section 2.3) into the connection's input. The
/// library takes no more than the identity's <see cref="TlsIdentity.EarlyMax"/> bytes.
/// </summary>
internal static unsafe class ReadEarly
{
    public const int NoMemory = -1;

    /// <summary>Room offered to the library for our part of the handshake, bytes; it asks again for more.</summary>
    private const int RoomBytes = 4096;

    /// <summary>
    /// Goes on with the handshake to the end of early data. 0 when that is behind us; otherwise what the library wishes,
    /// or <see cref="NoMemory"/>. The port's input is loaded.
    /// </summary>
    public static int Run(World world, TlsThread tls, ref Connection connection, ref TlsState state)
    {
        while (true)
        {
            BufferSlab slab = world.Buffers;
            BufferRef tail = connection.In.Tail;
            bool joins = !tail.IsNone && slab.Segment(tail).End < slab.SizeOf(tail);
            BufferRef buffer = joins ? tail : slab.Take(BufferClass.Standard);
            if (buffer.IsNone || !PortRoom.Open(world, tls, ref state, RoomBytes))
            {
                if (!joins && !buffer.IsNone) slab.Return(buffer);
                return NoMemory;
            }
            ref BufferSegment segment = ref slab.Segment(buffer);
            if (!joins) segment.Start = segment.End = 0;
            nuint count = 0;
            OpenSsl.ErrorsClear();
            int result = OpenSsl.SslReadEarly(
                state.Ssl, slab.Address(buffer) + segment.End, (nuint)(slab.SizeOf(buffer) - segment.End), &count);
            PortRoom.TakeRoom(world, tls, ref state);
            segment.End += (int)count;
            if (joins) connection.In.Length += (int)count;
            else if (count > 0) connection.In.Append(slab, buffer);
            else slab.Return(buffer);
            if (count > 0) state.Flags |= TlsFlags.Early;
            if (result == LibraryNumbers.EarlyFinished)
            {
                state.Flags &= ~TlsFlags.ReadsEarly;
                return 0;
            }
            int wish = result != 0 ? 0 : OpenSsl.SslError(state.Ssl, result);
            if (wish != 0 && wish != LibraryNumbers.WantWrite) return wish;
        }
    }
}
