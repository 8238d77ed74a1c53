using Engine.Data.Connections;
using Engine.Data.Counters;
using Engine.Data.Kernel;
using Engine.Data.Streams;
using Engine.Data.Tables;
using Engine.Data.Tls;
using Engine.Data.Worlds;
using Engine.Systems.Accept;
using Engine.Systems.Connect;
using Engine.Systems.Connections;
using Engine.Systems.Health;

namespace Engine.Systems.Tls;

/// <summary>
/// Drives the handshake of a connection on with what was received, to its end or its failure.
/// </summary>
public static unsafe class Handshake
{
    /// <summary>Room offered to the library at once, bytes; it asks again for more.</summary>
    private const int RoomBytes = 4096;

    /// <summary>
    /// Calls into the library for what one receive brought, at most: each consumes or writes something.
    /// </summary>
    private const int TurnsMax = 64;

    /// <summary>Bytes or an end came for a connection whose handshake is not over.</summary>
    public static void Run(World world, uint row, ref Connection connection)
    {
        ref TlsState state = ref world.Tls!.States[row];
        if (state.Fault != TlsFault.None || (connection.Flags & ConnectionFlags.CloseWhenSent) != 0)
        {
            AfterFault(world, row, ref connection, ref state);
            return;
        }
        if (!state.Wire.IsEmpty) state.Flags |= TlsFlags.PeerSpoke;
        if ((connection.Flags & ConnectionFlags.Broken) != 0)
        {
            Fail(world, row, ref connection, ref state, TlsFault.Aborted);
            return;
        }
        int result = Step(world, row, ref connection, ref state);
        if (result == 1) Finish(world, row, ref connection, ref state);
        else if (state.Fault != TlsFault.None) Fail(world, row, ref connection, ref state, state.Fault);
        else if ((connection.Flags & ConnectionFlags.PeerClosed) != 0)
            Fail(world, row, ref connection, ref state, TlsFault.Closed);
        else if ((state.Flags & TlsFlags.Early) != 0 && AgreedProtocol.IsThere(ref state))
            ServeEarly.Begin(world, row, ref connection, ref state);
        else ArmReceive.Small(world, row, ref connection, OperationFlags.None);
    }

    /// <summary>The handshake of a client took too long.</summary>
    public static void TooLate(World world, uint row, ref Connection connection)
    {
        ref TlsState state = ref world.Tls!.States[row];
        if (state.Fault != TlsFault.None) CloseConnection.Run(world, row, reset: true);
        else Fail(world, row, ref connection, ref state, TlsFault.TimedOut);
    }

    /// <summary>1: it is over. Otherwise more is awaited, or the state tells the fault.</summary>
    private static int Step(World world, uint row, ref Connection connection, ref TlsState state)
    {
        TlsThread tls = world.Tls!;
        int result = 0;
        PortRoom.LoadInput(world, tls, ref state);
        bool mayGoOn = (state.Flags & TlsFlags.ReadsEarly) == 0 || ReadsNoMore(world, tls, ref connection, ref state);
        for (int turn = 0; mayGoOn && turn < TurnsMax; turn++)
        {
            if (!PortRoom.Open(world, tls, ref state, RoomBytes))
            {
                state.Fault = TlsFault.NoMemory;
                break;
            }
            OpenSsl.ErrorsClear();
            result = OpenSsl.SslHandshake(state.Ssl);
            PortRoom.TakeRoom(world, tls, ref state);
            if (result == 1) break;
            int wish = OpenSsl.SslError(state.Ssl, result);
            if (wish == LibraryNumbers.WantWrite) continue;
            if (wish != LibraryNumbers.WantRead) NoteFault(ref state);
            break;
        }
        PortRoom.TakeInput(world, tls, ref state);
        if (!state.Sealed.IsEmpty) ListConnection.ToSend(world, row, ref connection);
        return result;
    }

    /// <summary>Early data comes before all else. False: there may be more of it, or the state tells the fault.</summary>
    private static bool ReadsNoMore(World world, TlsThread tls, ref Connection connection, ref TlsState state)
    {
        int wish = ReadEarly.Run(world, tls, ref connection, ref state);
        if (wish == ReadEarly.NoMemory) state.Fault = TlsFault.NoMemory;
        else if (wish != 0 && wish != LibraryNumbers.WantRead) NoteFault(ref state);
        return wish == 0;
    }

    private static void NoteFault(ref TlsState state)
    {
        // The first error is the cause; those behind it say where it came up.
        state.LibraryError = (uint)OpenSsl.ErrorPeek();
        state.Flags |= TlsFlags.Fatal;
        // A verification that failed has told so.
        if (state.Fault == TlsFault.None) state.Fault = TlsFault.Handshake;
        OpenSsl.ErrorsClear();
    }

    private static void Finish(World world, uint row, ref Connection connection, ref TlsState state)
    {
        OpenSsl.ErrorsClear();
        connection.Flags &= ~ConnectionFlags.Handshaking;
        if ((connection.Flags & ConnectionFlags.Check) != 0)
        {
            RunCheck.Established(world, row, ref connection);
        }
        else if ((connection.Flags & ConnectionFlags.ServerSide) != 0)
        {
            if (state.Session != 0) KeepSession.Take(world, ref connection, ref state);
            CountServer(world, ref connection, ref state);
            FinishConnects.Established(world, row, ref connection);
        }
        else
        {
            CountClient(world, ref connection, ref state);
            world.Client[row].HandshakeNanoseconds = world.NowNanoseconds - world.Client[row].IdleSinceNanoseconds;
            ServeClient.Run(world, row, ref connection, world.Configuration.Listeners[connection.Owner]);
        }
        // What came in the same segment as the end of the handshake is the first of the plain bytes.
        if (connection.State == ConnectionState.Open && !state.Wire.IsEmpty)
            OpenRecords.Received(world, row, ref connection, bulky: false);
        if (connection.State == ConnectionState.Open && !connection.In.IsEmpty)
            ListConnection.Received(world, row, ref connection); // early data that nobody was served on
    }

    internal static void CountClient(World world, ref Connection connection, ref TlsState state)
    {
        bool resumed = OpenSsl.SslIsReused(state.Ssl) != 0;
        CountClient(ref world.ListenerCounters[connection.Owner].Tls, state.Flags, resumed);
        int frontend = world.Configuration.Listeners[connection.Owner].Frontend;
        CountClient(ref world.ProxyCounters[frontend].ClientTls, state.Flags, resumed);
        if (!resumed) world.Counters->TlsClientKeys++;
    }

    private static void CountClient(ref TlsCounters counters, TlsFlags flags, bool resumed)
    {
        if ((flags & TlsFlags.Stapled) != 0) counters.Stapled++;
        if ((flags & TlsFlags.StapleExpired) != 0) counters.NotStapled++;
        if (resumed) counters.Resumed++;
        else counters.Full++;
    }

    internal static void CountFailedClient(World world, in Connection connection)
    {
        world.ListenerCounters[connection.Owner].Tls.Failed++;
        world.ProxyCounters[world.Configuration.Listeners[connection.Owner].Frontend].ClientTls.Failed++;
    }

    private static void CountServer(World world, ref Connection connection, ref TlsState state)
    {
        ref TlsCounters server = ref world.ServerCounters[connection.Owner].Tls;
        ref TlsCounters backend = ref world.ProxyCounters[world.Configuration.Servers[connection.Owner].Backend].ServerTls;
        if (OpenSsl.SslIsReused(state.Ssl) != 0)
        {
            server.Resumed++;
            backend.Resumed++;
            return;
        }
        server.Full++;
        backend.Full++;
        world.Counters->TlsServerKeys++;
    }

    private static void Fail(World world, uint row, ref Connection connection, ref TlsState state, TlsFault fault)
    {
        if (state.Fault == TlsFault.None) state.Fault = fault;
        // Of a server it is not told which certificate was not trusted.
        bool isServer = (connection.Flags & (ConnectionFlags.ServerSide | ConnectionFlags.Check)) != 0;
        if (isServer && state.Fault is (TlsFault.AuthorityRefused or TlsFault.CertificateRefused)) state.Fault = TlsFault.Handshake;
        if ((connection.Flags & ConnectionFlags.Check) != 0)
        {
            RunCheck.Insecure(world, row, ref connection, FaultTexts.TextOf(state.Fault));
            return;
        }
        if ((connection.Flags & ConnectionFlags.ServerSide) != 0)
        {
            world.ServerCounters[connection.Owner].Tls.Failed++;
            world.ProxyCounters[world.Configuration.Servers[connection.Owner].Backend].ServerTls.Failed++;
            ref Stream stream = ref world.Stream[connection.Stream];
            ref StreamLog log = ref world.Log[connection.Stream];
            log.ServerFault = state.Fault;
            log.ServerLibraryError = state.LibraryError;
            RetryConnect.Run(world, connection.Stream, ref stream, timedOut: false);
            return;
        }
        CountFailedClient(world, connection);
        LogHandshakeFault.Run(world, row, ref connection, ref state);
        if (state.Sealed.IsEmpty || fault is TlsFault.Aborted or TlsFault.Closed or TlsFault.TimedOut)
        {
            CloseConnection.Run(world, row);
            return;
        }
        // The alert is told before the end.
        connection.Flags |= ConnectionFlags.CloseWhenSent;
        ListConnection.ToSend(world, row, ref connection);
        AfterFault(world, row, ref connection, ref state);
    }

    /// <summary>What a client still says after a fault is thrown away, until it has our alert.</summary>
    private static void AfterFault(World world, uint row, ref Connection connection, ref TlsState state)
    {
        state.Wire.Clear(world.Buffers);
        if ((connection.Flags & ConnectionFlags.Broken) != 0) CloseConnection.Run(world, row);
        else ArmReceive.Small(world, row, ref connection, OperationFlags.None);
    }
}
