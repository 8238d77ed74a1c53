using System;
using System.Collections.Generic;
using Engine.Data.Configuration;
using Engine.Data.Shared;
using Engine.Data.Streams;
using Engine.Data.Worlds;
using Engine.Systems.Balance;
using Engine.Systems.Inboxes;
using Engine.Systems.Pick;
using Engine.Systems.Queue;
using Engine.Systems.Streams;
using Tests.Runtime.Configuration;
using Xunit;

namespace Tests.Systems.Queue;

/// <summary>A backend <c>be</c> and the worlds of some threads, without kernel: streams are rows that tests make.</summary>
public sealed class QueueWorld
{
    private readonly World[] worlds;
    private readonly List<(int Thread, uint Row)> streams = [];

    public QueueWorld(string backend, int threads = 1)
    {
        string text = $"""
            defaults
              mode http
              timeout client 4s
              timeout server 4s
              timeout connect 4s
              timeout queue 4s
            frontend fe
              bind 127.0.0.1:8080
              maxconn 100
              default_backend be
            backend be
            {backend}

            """;
        Configuration = Parsed.Of(text).Configuration!;
        Shared = new SharedWorld(Configuration, threads, 512);
        TurnSequence.Prepare(Configuration, Shared);
        worlds = new World[threads];
        for (int i = 0; i < threads; i++) worlds[i] = new World(Configuration, Shared, i, WorldSizes.For(512), 1);
    }

    public CompiledConfiguration Configuration { get; }

    public SharedWorld Shared { get; }

    public World this[int thread] => worlds[thread];

    public Proxy Backend => Configuration.Proxies[^1];

    public int Waiting => Shared.Proxy(Backend.Number).QueueLength;

    public ref SharedServer Server(string name) => ref Shared.Server(Number(name));

    public int Number(string name)
    {
        foreach (Server server in Configuration.Servers)
            if (server.Name == name) return server.Number;
        throw new ArgumentException(name);
    }

    /// <summary>A request that arrives at the backend and asks for a server.</summary>
    public uint Ask<TSteps>(int thread, string? only = null, int priority = 0, int offsetMs = 0)
        where TSteps : struct, IQueueSteps
    {
        World world = worlds[thread];
        uint row = world.Streams.Take();
        uint client = world.Connections.Take();
        ref Stream stream = ref world.Stream[row];
        stream = new Stream { Client = client, Server = Engine.Data.Tables.Table.NoRow, ServerNumber = -1, FailedServer = -1 };
        stream.Backend = Backend.Number;
        stream.Flags = StreamFlags.Counted;
        stream.State = StreamState.Picking;
        world.Log[row] = new StreamLog { PriorityClass = priority, PriorityOffset = offsetMs };
        streams.Add((thread, row));
        System.Threading.Interlocked.Increment(ref Shared.Proxy(Backend.Number).BackendConnections);
        if (only is not null)
        {
            int server = Number(only);
            if (ServerSlots.TryTakeTied(world, server)) AssignServer.Run(world, row, ref stream, server);
            else AdmitQueued.Run<TSteps>(world, row, ref stream, server);
            return row;
        }
        int chosen = ChooseServer.Run(world, row, ref stream, Backend);
        if (chosen >= 0) AssignServer.Run(world, row, ref stream, chosen);
        else if (chosen == ChooseServer.Full) AdmitQueued.Run<TSteps>(world, row, ref stream, -1);
        else stream.State = StreamState.Ending;
        return row;
    }

    public uint Ask(int thread = 0, string? only = null, int priority = 0, int offsetMs = 0) =>
        Ask<NoSteps>(thread, only, priority, offsetMs);

    /// <summary>A request is over.</summary>
    public void End<TSteps>(int thread, uint row)
        where TSteps : struct, IQueueSteps
    {
        World world = worlds[thread];
        ref Stream stream = ref world.Stream[row];
        if ((stream.Flags & StreamFlags.HoldsServerSlot) != 0)
        {
            stream.Flags &= ~StreamFlags.HoldsServerSlot;
            ServerSlots.GiveBack<TSteps>(world, stream.ServerNumber);
        }
        LeaveQueue.Run<TSteps>(world, row, ref stream);
        stream.State = StreamState.Ending;
        System.Threading.Interlocked.Decrement(ref Shared.Proxy(Backend.Number).BackendConnections);
    }

    public void End(int thread, uint row) => End<NoSteps>(thread, row);

    /// <summary>What the threads told each other is done, and servers are chosen again where that came of it.</summary>
    public void Settle()
    {
        for (bool again = true; again;)
        {
            again = false;
            foreach (World world in worlds)
            {
                again |= !Shared.Inboxes[world.Thread].IsEmpty || world.ToPick.Count > 0;
                ReadInbox.Run(world);
                PickServers.Run(world);
            }
        }
    }

    /// <summary>Name of the server that a request has; <c>waits</c>, or <c>none</c> where it was refused.</summary>
    public string Of(int thread, uint row)
    {
        ref Stream stream = ref worlds[thread].Stream[row];
        if (stream.State == StreamState.Queued) return "waits";
        return (stream.Flags & StreamFlags.HoldsServerSlot) != 0
            ? Configuration.Servers[stream.ServerNumber].Name
            : "none";
    }

    /// <summary>Invariants 1, 2 and 4 of the queues: limits hold, and nobody waits beside a free slot.</summary>
    public string? Fault()
    {
        int waiting = 0;
        foreach ((int thread, uint row) in streams)
        {
            ref Stream stream = ref worlds[thread].Stream[row];
            if (stream.State != StreamState.Queued) continue;
            waiting++;
            int only = Shared.Waiters[stream.QueueEntry].Server;
            foreach (int server in Backend.Servers)
            {
                bool free = !ServerSlots.IsFull(Shared, server)
                    && ServerSlots.MayTake(worlds[0], server, isTied: only == server);
                if (free && (only < 0 || only == server))
                    return $"a request waits beside a free slot of {Configuration.Servers[server].Name}";
            }
        }
        if (waiting != Waiting) return $"{waiting} wait and {Waiting} are counted";
        foreach (int server in Backend.Servers)
        {
            ref SharedServer row = ref Shared.Server(server);
            int held = 0;
            foreach ((int thread, uint number) in streams)
            {
                ref Stream stream = ref worlds[thread].Stream[number];
                if ((stream.Flags & StreamFlags.HoldsServerSlot) != 0 && stream.ServerNumber == server) held++;
            }
            if (row.Served != held) return $"{row.Served} slots are taken and {held} held";
        }
        return null;
    }

    /// <summary>Ends every request; then nothing is taken and nobody waits.</summary>
    public void Clear()
    {
        foreach ((int thread, uint row) in streams)
            if (worlds[thread].Stream[row].State != StreamState.Ending) End(thread, row);
        Settle();
        foreach ((int thread, uint row) in streams)
        {
            World world = worlds[thread];
            world.ToPick.Clear();
            world.ToConnect.Clear();
            world.ToEnd.Clear();
            world.Connections.Free(world.Stream[row].Client);
            world.Streams.Free(row);
        }
        streams.Clear();
        Assert.Equal(0, Waiting);
        foreach (int server in Backend.Servers)
        {
            Assert.Equal(0, Shared.Server(server).Served);
            Assert.Equal(0, Shared.Server(server).Waiting);
        }
    }
}
