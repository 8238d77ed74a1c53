using Engine.Data.Configuration;
using Engine.Data.Connections;
using Engine.Data.Kernel;
using Engine.Data.Streams;
using Engine.Data.Tables;
using Engine.Data.Time;
using Engine.Data.Worlds;
using Engine.Systems.Connections;
using Engine.Systems.Forward;
using Engine.Systems.Health;
using Engine.Systems.Http2;
using Engine.Systems.Sticky;
using Engine.Systems.Streams;
using Engine.Systems.Tls;

namespace Engine.Systems.Connect;

/// <summary>Connections to servers that were established go to work; failed ones are retried.</summary>
public static unsafe class FinishConnects
{
    private const int ECONNRESET = 104;

    public static void Run(World world)
    {
        CheckPreamble.Run(world);
        foreach (ref readonly Completion completion in world.Completions.Items)
            if (completion.Owner.Kind == OperationKind.Connect) Finish(world, completion);
    }

    private static void Finish(World world, in Completion completion)
    {
        uint row = completion.Owner.Row;
        if (!world.Connections.IsLive(row, completion.Owner.Generation)) return;
        ref Connection connection = ref world.Connection[row];
        connection.OperationsInFlight--;
        if (connection.State == ConnectionState.Closing)
        {
            // Given up before it had a descriptor: the one it got meanwhile is closed now.
            CloseConnection.CloseDescriptor(world, row, ref connection, reset: true);
            CloseConnection.TryFree(world, row, ref connection);
            return;
        }
        if ((connection.Flags & ConnectionFlags.Check) != 0)
        {
            RunCheck.Connected(world, row, ref connection, completion.Result);
            return;
        }
        uint number = connection.Stream;
        ref Stream stream = ref world.Stream[number];
        if (completion.Result == -ECONNRESET)
        {
            // The server took the connection and reset it before we looked: not a refusal, so not to be tried again.
            world.Wheel.Remove(TimerWheel.StreamKind, number, ref stream.Timer);
            world.Log[number].ConnectedNanoseconds = world.NowNanoseconds;
            world.ProxyCounters[stream.Backend].FailedResponses++;
            world.ServerCounters[stream.ServerNumber].FailedResponses++;
            CountTracked.Failure(world, number, in stream);
            FailStream.Run(world, number, ref stream, 502, 'S', 'H');
            return;
        }
        if (completion.Result < 0)
        {
            RetryConnect.Run(world, number, ref stream, timedOut: false);
            return;
        }
        connection.State = ConnectionState.Open;
        Server server = world.Configuration.Servers[connection.Owner];
        if (!ServerTargets.ThroughSocks(server)) Reached(world, row, ref connection);
        else if (!AskSocks.Run(world, row, ref connection, ServerTargets.Wanted(world, ref stream, server)))
            RetryConnect.Run(world, number, ref stream, timedOut: false);
    }

    /// <summary>The server itself is connected to: what comes before the first request is next.</summary>
    internal static void Reached(World world, uint row, ref Connection connection)
    {
        uint number = connection.Stream;
        ref Stream stream = ref world.Stream[number];
        Server server = world.Configuration.Servers[connection.Owner];
        ObserveTraffic.Connected(world, stream.ServerNumber);
        if (server.ProxyHeader.IsSent && !SendProxyHeader.Run(world, row, ref connection, ref stream, server.ProxyHeader))
        {
            FailStream.Run(world, number, ref stream, 503, 'R', 'C');
            return;
        }
        if (server.Tls is { ForTraffic: true } tls)
            BeginTls.Server(world, row, ref connection, ref stream, tls);
        else Established(world, row, ref connection);
    }

    /// <summary>The connection is there, and its handshake over where it has one.</summary>
    public static void Established(World world, uint row, ref Connection connection)
    {
        uint number = connection.Stream;
        ref Stream stream = ref world.Stream[number];
        world.Wheel.Remove(TimerWheel.StreamKind, number, ref stream.Timer);
        world.Log[number].ConnectedNanoseconds = world.NowNanoseconds;
        if (world.Configuration.Globals.ReadsServerSource) AskForSource(world, row, connection.Fd);
        if (IsHttp2(world, row, in connection, in stream)) StartHttp2.Run(world, row);
        else Begin(world, number, ref stream, ref connection);
    }

    private static void Begin(World world, uint number, ref Stream stream, ref Connection connection)
    {
        if ((stream.Flags & StreamFlags.Tcp) == 0) CountHttp1.Opened(world, ref connection);
        BeginExchange.Run(world, number, ref stream, ref connection);
    }

    /// <summary>What both agreed on while they greeted each other, else what the file says.</summary>
    private static bool IsHttp2(World world, uint row, in Connection connection, in Stream stream)
    {
        Server server = world.Configuration.Servers[connection.Owner];
        if ((connection.Flags & ConnectionFlags.Encrypted) != 0 && AgreedProtocol.IsHttp2(ref world.Tls!.States[row])) return true;
        WireProtocol wanted = WebSocketProtocol.Wanted(in stream, server);
        return (wanted == WireProtocol.Unset ? server.Protocol : wanted) == WireProtocol.Http2;
    }

    /// <summary>
    /// The kernel chose our address, or the port of it: expressions and log lines want to know.
    /// </summary>
    private static void AskForSource(World world, uint row, int fd)
    {
        ref Operation tell = ref world.Operations.Add();
        tell.Kind = OperationKind.TellLocal;
        tell.Owner = new OperationOwner(OperationKind.TellLocal, row, world.Connections.Generation(row));
        tell.Fd = fd;
        tell.Data = world.ServerSource.Address(row);
    }
}
