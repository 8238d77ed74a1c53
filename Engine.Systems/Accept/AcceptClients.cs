using System.Threading;
using Engine.Data.Configuration;
using Engine.Data.Connections;
using Engine.Data.Counters;
using Engine.Data.Kernel;
using Engine.Data.Shared;
using Engine.Data.Tables;
using Engine.Data.Worlds;
using Engine.Systems.Connections;
using Engine.Systems.Preambles;
using Engine.Systems.Tls;

namespace Engine.Systems.Accept;

/// <summary>
/// Turns accepted descriptors into client connections, within the limits of process and frontend.
/// </summary>
public static unsafe class AcceptClients
{
    private const int EMFILE = 24;
    private const int ENFILE = 23;
    private const int ENOBUFS = 105;
    private const int ENOMEM = 12;
    private const int ECANCELED = 125;

    public static void Run(World world)
    {
        foreach (ref readonly Completion completion in world.Completions.Items)
        {
            if (completion.Owner.Kind != OperationKind.Accept) continue;
            ref ListenerState state = ref world.Listeners[completion.Owner.Row];
            if ((completion.Flags & CompletionFlags.More) == 0)
            {
                state.Armed = false;
                state.Cancelled = false;
            }
            if (completion.Result >= 0) Accept(world, completion);
            else Failed(world, ref state, -completion.Result);
            ArmAccept.Run(world, completion.Owner.Row);
        }
    }

    /// <summary>
    /// Want of descriptors or memory: the listener rests until a connection closes, or a second has passed.
    /// </summary>
    private static void Failed(World world, ref ListenerState state, int error)
    {
        if (error == ECANCELED) return;
        world.Counters->AcceptFailures++;
        if (error is EMFILE or ENFILE or ENOBUFS or ENOMEM)
        {
            state.Held = true;
            world.RetryAcceptNanoseconds = world.NowNanoseconds + 1_000_000_000;
        }
    }

    private static void Accept(World world, in Completion completion)
    {
        int number = (int)completion.Owner.Row;
        uint row = world.Connections.Take();
        // That the listener was closed meanwhile is no reason: nobody else will serve what was taken from its queue.
        if (row == Table.NoRow)
        {
            ref Operation close = ref world.Operations.Add();
            close.Kind = OperationKind.Close;
            close.Owner = new OperationOwner(OperationKind.Close, Table.NoRow, 0);
            close.Fd = completion.Result;
            return;
        }
        ref Connection connection = ref world.Connection[row];
        connection = default;
        connection.Fd = completion.Result;
        connection.Stream = Table.NoRow;
        connection.Owner = number;
        ref ClientFacts facts = ref world.Client[row];
        facts = default;
        facts.ReservedServer = Table.NoRow;
        facts.AcceptedWallMicroseconds = world.WallMicroseconds;
        facts.IdleSinceNanoseconds = world.NowNanoseconds;
        Listener listener = world.Configuration.Listeners[number];
        facts.Destination = listener.Address;
        if (completion.Addresses != null)
        {
            facts.Source = completion.Addresses->Peer;
            if (completion.Addresses->Local.Family != AddressFamily.Unspecified)
                facts.Destination = completion.Addresses->Local;
        }
        if (world.Configuration.Globals.RejectsPrivilegedPorts && IsPrivileged(facts.Source))
        {
            connection.State = ConnectionState.Closing;
            CloseConnection.CloseDescriptor(world, row, ref connection, reset: true);
            CloseConnection.TryFree(world, row, ref connection);
            return;
        }
        if (TryCount(world, listener)) Open(world, row, ref connection, listener);
        else HeldClients.Add(world, row);
    }

    /// <summary>No client asks from such a port by itself: somebody lends its name to a reflection.</summary>
    private static bool IsPrivileged(in SocketAddress source) =>
        source.Family is AddressFamily.Inet or AddressFamily.Inet6 && source.Port is > 0 and < 1024;

    /// <summary>
    /// Counts a connection for process and frontend, or counts nothing when either is full.
    /// </summary>
    public static bool TryCount(World world, Listener listener)
    {
        SharedWorld shared = world.Shared;
        if (Interlocked.Increment(ref shared.Process.Connections) > shared.ConnectionsLimit)
        {
            Interlocked.Decrement(ref shared.Process.Connections);
            return false;
        }
        if (!RateLimits.TryCount(world, world.Configuration.Proxies[listener.Frontend]))
        {
            Interlocked.Decrement(ref shared.Process.Connections);
            return false;
        }
        ref int open = ref shared.Proxy(listener.Frontend).FrontendConnections;
        int limit = world.Configuration.Proxies[listener.Frontend].MaxConnections;
        ref int own = ref world.Listeners[(uint)listener.Number].Connections;
        bool full = (listener.MaxConnections > 0 && own >= listener.MaxConnections)
            || (listener.Tls != null && !TlsLimits.TryCount(world));
        if (!full && (Interlocked.Increment(ref open) <= limit || limit == 0))
        {
            own++;
            if (world.Configuration.Globals.CountsListeners)
                Interlocked.Increment(ref shared.ListenerConnections[listener.Number]);
            return true;
        }
        if (!full)
        {
            Interlocked.Decrement(ref open);
            if (listener.Tls != null) TlsLimits.Uncount(world);
        }
        Interlocked.Decrement(ref shared.Process.Connections);
        return false;
    }

    /// <summary>Starts to serve a counted client.</summary>
    public static void Open(World world, uint row, ref Connection connection, Listener listener)
    {
        connection.State = ConnectionState.Open;
        Proxy frontend = world.Configuration.Proxies[listener.Frontend];
        ref ProxyCounters counters = ref world.ProxyCounters[frontend.Number];
        counters.Connections++;
        int clients = world.Shared.Proxy(frontend.Number).FrontendConnections;
        if (clients > counters.ConnectionsMax) counters.ConnectionsMax = clients;
        ref ListenerCounters own = ref world.ListenerCounters[listener.Number];
        own.Connections++;
        int open = world.Listeners[(uint)listener.Number].Connections;
        if (open > own.ConnectionsMax) own.ConnectionsMax = open;
        world.Counters->Connections++;
        PreambleKind preamble = listener.Preamble;
        if (frontend.TcpConnectionRules is { } rules
            && !ConnectionRules.Allow(world, row, listener, rules, ref preamble))
        {
            world.ProxyCounters[frontend.Number].DeniedConnections++;
            own.DeniedConnections++;
            CloseConnection.Run(world, row, reset: true);
            return;
        }
        if (preamble != PreambleKind.None) BeginPreamble.Run(world, row, ref connection, listener, preamble);
        else Greet(world, row, ref connection, listener);
    }

    /// <summary>The client is known: its preamble was read, if it needs one, and what it wants comes next.</summary>
    public static void Greet(World world, uint row, ref Connection connection, Listener listener)
    {
        if (listener.Tls != null) BeginTls.Client(world, row, ref connection, listener);
        else ServeClient.Run(world, row, ref connection, listener);
    }
}
