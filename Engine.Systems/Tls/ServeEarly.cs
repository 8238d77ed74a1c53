using Engine.Data.Connections;
using Engine.Data.Http2;
using Engine.Data.Streams;
using Engine.Data.Tables;
using Engine.Data.Tls;
using Engine.Data.Worlds;
using Engine.Systems.Accept;
using Engine.Systems.Connections;

namespace Engine.Systems.Tls;

/// <summary>
/// Serves a client on its early data while the handshake goes on (manual section 5.1, <c>allow-0rtt</c>): what it says
/// may be a replay until that is over, which rules can ask for and wait for.
/// </summary>
internal static unsafe class ServeEarly
{
    private const int RoomBytes = 4096;

    /// <summary>Some early data came, and both sides know what it is: the client is listened to.</summary>
    public static void Begin(World world, uint row, ref Connection connection, ref TlsState state)
    {
        connection.Flags &= ~ConnectionFlags.Handshaking;
        state.Flags |= TlsFlags.EarlyOpen;
        world.Client[row].HandshakeNanoseconds = world.NowNanoseconds - world.Client[row].IdleSinceNanoseconds;
        ServeClient.Run(world, row, ref connection, world.Configuration.Listeners[connection.Owner]);
        if (connection.State == ConnectionState.Open) ListConnection.Received(world, row, ref connection);
    }

    /// <summary>
    /// More came: early data joins the input, and the handshake goes on. True when it is over, so that ordinary records
    /// may follow. The port's input is loaded.
    /// </summary>
    public static bool GoOn(World world, uint row, TlsThread tls, ref Connection connection, ref TlsState state)
    {
        int wish = (state.Flags & TlsFlags.ReadsEarly) == 0 ? 0 : ReadEarly.Run(world, tls, ref connection, ref state);
        if (wish == 0) wish = Handshake(world, tls, ref state);
        if (wish == LibraryNumbers.WantRead) return false;
        if (wish == 0)
        {
            state.Flags &= ~TlsFlags.EarlyOpen;
            Tls.Handshake.CountClient(world, ref connection, ref state);
            Wake(world, row, ref connection);
            return true;
        }
        state.LibraryError = (uint)OpenSsl.ErrorPeekLast();
        OpenSsl.ErrorsClear();
        state.Flags |= TlsFlags.Fatal;
        connection.Flags |= ConnectionFlags.Broken;
        Tls.Handshake.CountFailedClient(world, connection);
        return false;
    }

    /// <summary>
    /// Receiving stopped. Where that is the client's end, a handshake that it did not end before will not be.
    /// </summary>
    public static void Stopped(World world, uint row, ref Connection connection)
    {
        const ConnectionFlags ended = ConnectionFlags.PeerClosed | ConnectionFlags.Broken;
        ref TlsState state = ref world.Tls!.States[row];
        if ((state.Flags & TlsFlags.EarlyOpen) == 0 || (connection.Flags & ended) == 0) return;
        state.Flags |= TlsFlags.Fatal;
        connection.Flags |= ConnectionFlags.Broken;
        Tls.Handshake.CountFailedClient(world, connection);
    }

    /// <summary>Seals an answer before the end of the handshake. The bytes taken; 0 or less: as the library's write.</summary>
    public static int Write(ref TlsState state, byte* start, int length)
    {
        nuint count = 0;
        int result = OpenSsl.SslWriteEarly(state.Ssl, start, (nuint)length, &count);
        return result == 1 ? (int)count : result;
    }

    /// <summary>0: it is over. Otherwise what the library wishes, or <see cref="ReadEarly.NoMemory"/>.</summary>
    private static int Handshake(World world, TlsThread tls, ref TlsState state)
    {
        while (true)
        {
            if (!PortRoom.Open(world, tls, ref state, RoomBytes)) return ReadEarly.NoMemory;
            OpenSsl.ErrorsClear();
            int result = OpenSsl.SslHandshake(state.Ssl);
            PortRoom.TakeRoom(world, tls, ref state);
            if (result == 1) return 0;
            int wish = OpenSsl.SslError(state.Ssl, result);
            if (wish != LibraryNumbers.WantWrite) return wish;
        }
    }

    /// <summary>Rules that wait for the end of the handshake go on, and so does an end that waited for it.</summary>
    private static void Wake(World world, uint row, ref Connection connection)
    {
        ListConnection.ToSend(world, row, ref connection);
        if ((connection.Flags & ConnectionFlags.Http2) == 0)
        {
            WakeRules(world, row, ref connection);
            return;
        }
        ref Http2Connection http2 = ref world.Http2.Connection[row];
        for (uint number = http2.FirstStream; number != Table.NoRow; number = world.Http2.Stream[number].Next)
            WakeRules(world, number, ref world.Connection[number]);
    }

    private static void WakeRules(World world, uint row, ref Connection connection)
    {
        if (connection.Stream == Table.NoRow || world.Stream[connection.Stream].State != StreamState.Inspecting) return;
        ListConnection.Received(world, row, ref connection);
    }
}
