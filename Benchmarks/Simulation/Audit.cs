using System;
using Engine.Data.Buffers;
using Engine.Data.Configuration;
using Engine.Data.Connections;
using Engine.Data.Kernel;
using Engine.Data.Shared;
using Engine.Data.Streams;
using Engine.Data.Tables;
using Engine.Data.Worlds;
using Engine.Systems.Queue;

namespace Benchmarks.Simulation;

/// <summary>
/// Counts after every tick what the engine says it counts: slots, connections, queues, pools, buffers, heads. Whatever
/// does not tally is a leak at the moment it begins.
/// </summary>
internal sealed unsafe class Audit(CompiledConfiguration configuration, SharedWorld shared, Lane[] lanes)
{
    private readonly int[] slots = new int[configuration.Servers.Length];
    private readonly int[] served = new int[configuration.Servers.Length];
    private readonly int[] queued = new int[configuration.Proxies.Length];
    private readonly int[] inBackend = new int[configuration.Proxies.Length];
    private readonly int[] inFrontend = new int[configuration.Proxies.Length];
    private readonly int[] idle = new int[configuration.Servers.Length];
    private readonly int[] used = new int[configuration.Servers.Length];
    private int clients;

    /// <summary>Most bytes that the buffers of one connection ever held.</summary>
    public int BytesMax { get; private set; }

    public void Run(bool isQuiet)
    {
        Array.Clear(slots);
        Array.Clear(queued);
        Array.Clear(inBackend);
        Array.Clear(inFrontend);
        clients = 0;
        bool messagesUnderWay = false;
        foreach (Lane lane in lanes)
        {
            Check(lane.World.HeldOldest == Table.NoRow || !isQuiet || !HasRoom(lane.World), "a client is held back although there is room");
            messagesUnderWay |= !shared.Inboxes[lane.World.Thread].IsEmpty;
            CountWorld(lane);
        }
        CompareShared(messagesUnderWay);
        CheckQueues();
    }

    private void CountWorld(Lane lane)
    {
        World world = lane.World;
        Array.Clear(idle);
        Array.Clear(used);
        uint buffers = lane.Kernel.BuffersHeld;
        foreach (ref readonly Completion completion in world.Completions.Items)
            if (!completion.Buffer.IsNone) buffers++;
        for (uint row = 0; row < world.Connections.RowsEverUsed; row++)
            if (world.Connections.IsTaken(row)) buffers += CountConnection(world, row);
        uint heads = 0;
        for (uint row = 0; row < world.Streams.RowsEverUsed; row++)
        {
            if (!world.Streams.IsTaken(row)) continue;
            ref Stream stream = ref world.Stream[row];
            if (stream.Head != null) heads++;
            buffers += CountStream(world, row, ref stream);
        }
        Check(heads == world.Heads.Lent, $"{world.Heads.Lent} heads are lent and {heads} are used");
        Check(buffers == world.Buffers.Lent, $"{world.Buffers.Lent} buffers are lent and {buffers} are used");
        ComparePools(world);
    }

    private uint CountConnection(World world, uint row)
    {
        ref Connection connection = ref world.Connection[row];
        uint buffers = CountChain(world, ref connection.In) + CountChain(world, ref connection.Out);
        BytesMax = Math.Max(BytesMax, Math.Max(connection.In.Length, connection.Out.Length));
        if (connection.State == ConnectionState.Closing) return buffers;
        if ((connection.Flags & ConnectionFlags.ServerSide) != 0)
        {
            if ((connection.Flags & ConnectionFlags.Pooled) != 0) idle[connection.Owner]++;
            if (connection.Stream != Table.NoRow) used[connection.Owner]++;
        }
        else if (connection.State != ConnectionState.Held)
        {
            clients++;
            inFrontend[configuration.Listeners[connection.Owner].Frontend]++;
        }
        if (connection.Stream == Table.NoRow) return buffers;
        Check(world.Streams.IsTaken(connection.Stream), "a connection works for a stream that is gone");
        ref Stream stream = ref world.Stream[connection.Stream];
        Check(stream.Client == row || stream.Server == row, "a connection works for a stream that does not know it");
        return buffers;
    }

    private uint CountStream(World world, uint row, ref Stream stream)
    {
        Check(stream.State != StreamState.Free, "a free stream has a row");
        Check(world.Connections.IsTaken(stream.Client), "a stream's client is gone");
        bool leaving = world.Connection[stream.Client].State == ConnectionState.Closing;
        Check(leaving || world.Connection[stream.Client].Stream == row, "a stream's client works for another");
        if (stream.Server != Table.NoRow)
        {
            Check(world.Connections.IsTaken(stream.Server), "a stream's server connection is gone");
            Check(world.Connection[stream.Server].Stream == row, "a stream's server connection works for another");
        }
        if ((stream.Flags & StreamFlags.HoldsServerSlot) != 0) slots[stream.ServerNumber]++;
        if ((stream.Flags & StreamFlags.Counted) != 0) inBackend[stream.Backend]++;
        if (stream.State == StreamState.Queued && shared.Waiters[stream.QueueEntry].Linked != 0) queued[stream.Backend]++;
        if (stream.Retained.IsNone) return 0;
        bool inOutput = stream.Server != Table.NoRow && world.Connection[stream.Server].Out.Head == stream.Retained;
        return inOutput ? 0u : 1u;
    }

    private static uint CountChain(World world, ref BufferChain chain)
    {
        uint count = 0;
        int bytes = 0;
        BufferRef last = BufferRef.None;
        for (BufferRef buffer = chain.Head; !buffer.IsNone; buffer = world.Buffers.Segment(buffer).Next)
        {
            ref BufferSegment segment = ref world.Buffers.Segment(buffer);
            Check(segment.Lent, "a chain holds a buffer that is not lent");
            Check(segment.Length > 0, "a chain holds an empty buffer");
            bytes += segment.Length;
            last = buffer;
            count++;
        }
        Check(bytes == chain.Length, "a chain does not know its length");
        Check(last == chain.Tail, "a chain does not know its tail");
        return count;
    }

    private void ComparePools(World world)
    {
        int sum = 0;
        for (uint i = 0; i < configuration.Servers.Length; i++)
        {
            Check(world.Pools[i].Count == idle[i], $"the pool of server {i} has {world.Pools[i].Count}, not {idle[i]}");
            Check(world.Pools[i].Used == used[i], $"server {i} has {used[i]} connections in use, not {world.Pools[i].Used}");
            sum += idle[i];
        }
        Check(world.IdleServerConnections == sum, "the idle connections of the thread do not add up");
    }

    private void CompareShared(bool messagesUnderWay)
    {
        for (int i = 0; i < slots.Length; i++)
        {
            ref SharedServer server = ref shared.Server(i);
            string name = configuration.Servers[i].Name;
            // A slot that was granted to a waiter of another thread is on its way in a message.
            bool tallies = messagesUnderWay ? server.Served >= slots[i] : server.Served == slots[i];
            Check(tallies, $"server {name} has {server.Served} slots taken and {slots[i]} streams");
            // A limit may be lowered under what is served, and then nothing more is taken.
            Check(server.Limit == 0 || server.Served <= Math.Max(server.Limit, served[i]),
                $"server {name} serves {server.Served} of {server.Limit}");
            served[i] = server.Served;
        }
        for (int i = 0; i < inBackend.Length; i++)
        {
            ref SharedProxy proxy = ref shared.Proxy(i);
            string name = configuration.Proxies[i].Name;
            Check(proxy.BackendConnections == inBackend[i], $"backend {name} counts {proxy.BackendConnections}, not {inBackend[i]}");
            Check(proxy.FrontendConnections == inFrontend[i], $"frontend {name} counts {proxy.FrontendConnections}, not {inFrontend[i]}");
            Check(proxy.QueueLength == queued[i], $"the queue of {name} is {proxy.QueueLength} long and {queued[i]} wait");
            int limit = configuration.Proxies[i].MaxConnections;
            Check(limit == 0 || inFrontend[i] <= limit, $"frontend {name} has {inFrontend[i]} of {limit} connections");
        }
        Check(shared.Process.Connections == clients, $"the process counts {shared.Process.Connections} clients, not {clients}");
        Check(clients <= shared.ConnectionsMax, $"the process has {clients} of {shared.ConnectionsMax} clients");
    }

    /// <summary>Nothing waits while a slot is free that it may take.</summary>
    private void CheckQueues()
    {
        foreach (Proxy backend in configuration.Proxies)
        {
            CheckWaiters(backend, shared.Proxy(backend.Number).QueueRoot);
            foreach (int server in backend.Servers) CheckWaiters(backend, shared.Server(server).QueueRoot);
        }
    }

    private void CheckWaiters(Proxy backend, uint entry)
    {
        if (entry == 0) return;
        ref QueueEntry waiter = ref shared.Waiters[entry];
        foreach (int number in backend.Servers)
        {
            bool free = IsEligible(backend, number) && !ServerSlots.IsFull(shared, number);
            bool mayTake = waiter.Server < 0 || waiter.Server == number;
            Check(!free || !mayTake, $"a stream waits for {backend.Name} although {configuration.Servers[number].Name} is free");
        }
        CheckWaiters(backend, waiter.Left);
        CheckWaiters(backend, waiter.Right);
    }

    private bool IsEligible(Proxy backend, int number)
    {
        Server server = configuration.Servers[number];
        if (shared.Server(number).Running == 0 || shared.Server(number).Weight == 0) return false;
        if (!server.Backup) return true;
        foreach (int other in backend.Servers)
        {
            ref SharedServer row = ref shared.Server(other);
            bool works = row.Running != 0 && row.Weight != 0;
            bool before = !configuration.Servers[other].Backup
                || (other < number && (backend.Options & ProxyOptions.AllBackups) == 0);
            if (works && before) return false;
        }
        return true;
    }

    private bool HasRoom(World world)
    {
        if (world.Stopping) return false;
        for (uint row = world.HeldOldest; row != Table.NoRow; row = world.Link[row].PoolNext)
        {
            Listener listener = configuration.Listeners[world.Connection[row].Owner];
            Proxy frontend = configuration.Proxies[listener.Frontend];
            bool full = shared.Process.Connections >= shared.ConnectionsMax
                || (frontend.MaxConnections > 0 && shared.Proxy(frontend.Number).FrontendConnections >= frontend.MaxConnections)
                || (listener.MaxConnections > 0 && world.Listeners[(uint)listener.Number].Connections >= listener.MaxConnections);
            if (!full) return true;
        }
        return false;
    }

    private static void Check(bool condition, string otherwise)
    {
        if (!condition) throw Stage.Fail(otherwise);
    }
}
