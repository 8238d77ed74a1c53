using System.Threading;
using Engine.Data.Configuration;
using Engine.Data.Connections;
using Engine.Data.Health;
using Engine.Data.Kernel;
using Engine.Data.Messages;
using Engine.Data.Streams;
using Engine.Data.Tls;
using Engine.Data.Worlds;
using Engine.Systems.Connect;
using Engine.Systems.Connections;
using Engine.Systems.Health;
using Engine.Systems.Streams;
using Engine.Systems.Timers;

namespace Engine.Systems.Tls;

/// <summary>
/// Makes a connection an encrypted one: the handshake begins, and nothing above sees it before its end.
/// </summary>
public static unsafe class BeginTls
{
    /// <summary>
    /// An accepted client of an encrypted bind line: the handshake has <c>timeout client-hs</c>.
    /// </summary>
    public static void Client(World world, uint row, ref Connection connection, Listener listener)
    {
        TlsIdentity first = listener.Tls!.First;
        world.Counters->TlsClients++;
        if (!Attach(world, row, ref connection, first.Handle))
        {
            CloseConnection.Run(world, row, reset: true);
            return;
        }
        ref TlsState state = ref world.Tls!.States[row];
        state.Ignored = first.Ignored;
        if (world.Tls.Hellos is { } hellos) state.Hello = hellos.Take(row);
        OpenSsl.SslSetAccept(state.Ssl);
        if (listener.Tls.TakesEarly) state.Flags |= TlsFlags.ReadsEarly;
        ProxyTimeouts timeouts = world.Configuration.Proxies[listener.Frontend].Timeouts;
        uint limit = timeouts.ClientHandshakeMs > 0 ? timeouts.ClientHandshakeMs : timeouts.ClientMs;
        SetTimeout.Connection(world, row, ref connection, limit);
        // What came behind a PROXY header is the beginning of the handshake, never plain text (THREATS.md D2).
        state.Wire.AppendAll(world.Buffers, ref connection.In);
        if (state.Wire.IsEmpty) ArmReceive.Small(world, row, ref connection, OperationFlags.None);
        else Handshake.Run(world, row, ref connection);
    }

    /// <summary>A connection to an encrypted server was made: its handshake is part of connecting.</summary>
    public static void Server(World world, uint row, ref Connection connection, ref Stream stream, TlsServer server)
    {
        if (IsFull(world) || !Attach(world, row, ref connection, server.Handle))
        {
            FailStream.Run(world, connection.Stream, ref stream, 503, 'R', 'C');
            return;
        }
        ref TlsState state = ref world.Tls!.States[row];
        OpenSsl.SslSetConnect(state.Ssl);
        WebSocketProtocol.Offer(
            state.Ssl, WebSocketProtocol.Wanted(in stream, world.Configuration.Servers[stream.ServerNumber]));
        fixed (byte* name = world.Tls.Names[connection.Stream].Text)
        {
            state.NameHash = world.Tls.Names[connection.Stream].Hash;
            if (state.NameHash != 0)
                _ = OpenSsl.SslControl(state.Ssl, LibraryNumbers.SetServerName, 0, (nint)name);
            byte* host = state.NameHash != 0 ? name : server.VerifyHost.IsEmpty ? null : server.VerifyHost.Start;
            if (server.Verifies && host != null) _ = OpenSsl.SslSetHost(state.Ssl, host);
        }
        state.Sealed.AppendAll(world.Buffers, ref connection.Out); // a PROXY header goes before, in the clear
        if (server.ReusesSessions) KeepSession.Offer(world, ref connection, ref state);
        Handshake.Run(world, row, ref connection);
    }

    /// <summary>The connection of a health check was made: its handshake has the time of the check.</summary>
    public static void Check(
        World world, uint row, ref Connection connection, TlsServer server, CheckSettings settings, CheckStep step)
    {
        if (!Attach(world, row, ref connection, server.Handle))
        {
            RunCheck.Insecure(world, row, ref connection, FaultTexts.TextOf(TlsFault.NoMemory));
            return;
        }
        nint ssl = world.Tls!.States[row].Ssl;
        OpenSsl.SslSetConnect(ssl);
        ByteView name = step.ServerName;
        if (step.IsDefault && name.IsEmpty) name = server.CheckName.IsEmpty ? settings.ServerName : server.CheckName;
        if (!name.IsEmpty) _ = OpenSsl.SslControl(ssl, LibraryNumbers.SetServerName, 0, (nint)name.Start);
        ByteView protocols = step.IsDefault && step.Protocols.IsEmpty ? settings.Protocols : step.Protocols;
        if (!protocols.IsEmpty) _ = OpenSsl.SslSetAlpn(ssl, protocols.Start, (uint)protocols.Length);
        if (server.Verifies && !server.VerifyHost.IsEmpty) _ = OpenSsl.SslSetHost(ssl, server.VerifyHost.Start);
        world.Tls.States[row].Sealed.AppendAll(world.Buffers, ref connection.Out); // a PROXY header goes before
        Handshake.Run(world, row, ref connection);
    }

    /// <summary><c>maxsslconn</c> is reached.</summary>
    private static bool IsFull(World world)
    {
        int limit = world.Configuration.Globals.TlsConnectionsMax;
        return limit > 0 && world.Shared.Process.TlsConnections >= limit;
    }

    /// <summary>
    /// Gives the row its library object, which reads and writes through the thread's port. False: no memory.
    /// </summary>
    public static bool Attach(World world, uint row, ref Connection connection, nint context)
    {
        TlsThread tls = world.Tls!;
        ref TlsState state = ref tls.States[row];
        state = default;
        nint ssl = OpenSsl.SslNew(context);
        if (ssl == 0)
        {
            OpenSsl.ErrorsClear();
            return false;
        }
        state.Ssl = ssl;
        state.KeyUpdatesLeft = world.Configuration.Tls!.KeyUpdatesMax;
        if (tls.Secrets is { } secrets)
        {
            state.Secrets = secrets.Address(row);
            TlsSecrets.Clear(state.Secrets);
        }
        world.Counters->TlsConnections++;
        // Clients were counted when they were accepted.
        if ((connection.Flags & ConnectionFlags.ServerSide) != 0)
            Interlocked.Increment(ref world.Shared.Process.TlsConnections);
        // One object serves all connections of the thread; each holds it twice.
        _ = OpenSsl.BioUpRef(tls.Bio);
        _ = OpenSsl.BioUpRef(tls.Bio);
        OpenSsl.SslSetInput(ssl, tls.Bio);
        OpenSsl.SslSetOutput(ssl, tls.Bio);
        _ = OpenSsl.SslSetExtra(ssl, OpenSsl.StateIndex, (nint)tls.States.Address(row));
        connection.Flags |= ConnectionFlags.Encrypted | ConnectionFlags.Handshaking;
        return true;
    }

    /// <summary>Makes the thread's I/O object, once.</summary>
    public static void Prepare(World world)
    {
        if (world.Tls is not { } tls) return;
        nint bio = OpenSsl.BioNew(world.Configuration.Tls!.BioMethod);
        Engine.Data.Tables.Check.That(bio != 0);
        OpenSsl.BioSetData(bio, (nint)tls.Port);
        OpenSsl.BioSetInit(bio, 1);
        tls.Bio = bio;
    }
}
