using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Threading;
using Engine.Data.Configuration;
using Engine.Data.Health;
using Engine.Data.Messages;
using Engine.Data.Registries;
using Engine.Data.Shared;
using Engine.Data.Tables;
using Engine.Data.Worlds;
using Engine.Runtime.Configuration;
using Engine.Runtime.Tls;
using Engine.Systems.Balance;
using Engine.Systems.Connect;
using Engine.Systems.Persist;

namespace Engine.Runtime.Admin.Commands;

/// <summary><c>add server</c> and <c>del server</c> (management guide section 9.3).</summary>
internal static unsafe class AddedServerCommands
{
    /// <summary>How long a check that is under way is waited for, milliseconds.</summary>
    private const int CheckPatienceMs = 1000;

    /// <summary>One change at a time: numbers are given out here.</summary>
    private static readonly Lock Changing = new();

    [ModuleInitializer]
    internal static void Register()
    {
        ServerCommands.Add("add server", AdminLevel.Admin, "<bk>/<srv>", Add, "create a new server");
        ServerCommands.Add("del server", AdminLevel.Admin, "<bk>/<srv>", Delete, "remove a dynamically added server");
    }

    private static void Add(AdminRequest request)
    {
        string place = request.Argument(0);
        if (place == "help")
        {
            Help(request);
            return;
        }
        int slash = place.IndexOf('/', StringComparison.Ordinal);
        if (slash <= 0 || slash == place.Length - 1)
        {
            request.Refuse("Require 'backend/server'.");
            return;
        }
        CompiledConfiguration configuration = request.Engine.Configuration;
        if (ServerFinder.Backend(configuration, place[..slash]) is not { } backend)
        {
            request.Refuse("No such backend.");
            return;
        }
        if (!IsDynamic(backend))
        {
            request.Refuse($"Backend does not support dynamic servers : backend '{backend.Name}' uses a non dynamic load "
                + "balancing method.");
            return;
        }
        using Lock.Scope scope = Changing.EnterScope();
        if (ServerFinder.IsThere(configuration, place))
        {
            request.Refuse("Already exists a server with the same name in backend.");
            return;
        }
        int number = FreeNumber(configuration);
        if (number < 0)
        {
            request.Refuse("Too many servers were added.");
            return;
        }
        if (AddedServers.Read(
            configuration, backend, place[(slash + 1)..], number, request.Arguments[1..], out string error) is not { } server)
        {
            request.Refuse(error);
            return;
        }
        if (server.Tls is not null && configuration.Tls is null)
        {
            AddedServers.Forget(configuration, server);
            request.Refuse("TLS is not in use: no line of the configuration asks for it.");
            return;
        }
        Enter(request, configuration, backend, server, number);
        request.Inform("New server registered.");
    }

    private static void Help(AdminRequest request)
    {
        request.Answer("List of keywords supported for dynamic server:");
        foreach (ServerOption option in Words.ServerOptions.Rows)
            if (AddedServers.Accepts(option.Word)) request.Answer(option.Word);
    }

    /// <summary>Its algorithm takes servers that come and go.</summary>
    private static bool IsDynamic(Proxy backend) =>
        backend.Balance is BalanceAlgorithm.RoundRobin or BalanceAlgorithm.LeastConnections or BalanceAlgorithm.First
            or BalanceAlgorithm.Random
        || (ChooseServer.Hashes(backend.Balance) && backend.Hash.Consistent);

    /// <summary>A number that no server has, -1 when there are no more.</summary>
    private static int FreeNumber(CompiledConfiguration configuration)
    {
        Server[] servers = configuration.Servers;
        for (int i = 0; i < servers.Length; i++)
            if (servers[i].IsRemoved) return i;
        return servers.Length < configuration.ServerRows ? servers.Length : -1;
    }

    /// <summary>Gives it its rows on every thread, then its backend: in maintenance, unchecked, until it is enabled.</summary>
    private static void Enter(
        AdminRequest request, CompiledConfiguration configuration, Proxy backend, Server server, int number)
    {
        SharedWorld shared = request.Engine.Shared;
        server.HasGivenId = server.Id != 0;
        server.Disabled = false; // it is in maintenance as any that was added
        server.File = "cli";
        if (server.Id == 0) server.Id = FreeId(configuration, backend);
        shared.Server(number) = default;
        StartHealth.Begin(shared, server, EngineAccess.NowNanoseconds);
        ref ServerHealth health = ref shared.Health(number);
        health.Admin |= ServerAdmin.ForcedMaintenance;
        health.State = ServerOperation.Stopped;
        ref CheckRow check = ref shared.CheckOf(StartHealth.Number(server, agent: false));
        check.Flags &= ~CheckFlags.Enabled;
        check.Health = 0;
        shared.CheckOf(StartHealth.Number(server, agent: true)).Flags &= ~CheckFlags.Enabled;
        Server[] servers = configuration.Servers;
        if (number < servers.Length) servers[number] = server;
        else configuration.Servers = [.. servers, server];
        if (server.HasDynamicCookie || backend.DynamicCookies) DynamicCookies.Renew(backend, server, server.Address);
        StartHealth.Publish(shared, server);
        request.DoOnAll(world => Prepare(world, server));
        ClearCounted(request, number);
        int[] byId = [.. backend.Servers, number];
        Array.Sort(byId, (left, right) => configuration.Servers[left].Id.CompareTo(configuration.Servers[right].Id));
        Volatile.Write(ref backend.ServersById, byId);
        Volatile.Write(ref backend.Servers, [.. backend.Servers, number]);
        if (server.Tracks >= 0)
        {
            // Now that there are rows for what it is to follow.
            Server tracked = configuration.Servers[server.Tracks];
            tracked.TrackedBy = [number, .. tracked.TrackedBy];
            if ((shared.Health(server.Tracks).Admin & ServerAdmin.Maintenance) != 0) health.Admin |= ServerAdmin.InheritedMaintenance;
        }
        RenewNames(configuration, backend);
        LeastConnections.Renew(configuration, backend);
        TurnOrders.Add(backend, server);
        TurnSequence.Renew(configuration, shared, backend);
    }

    private static void ClearCounted(AdminRequest request, int number)
    {
        for (int thread = 0; thread < request.Engine.Worlds.Length; thread++)
            request.Engine.Cleared.Server(thread, number) = default;
    }

    private static int FreeId(CompiledConfiguration configuration, Proxy backend)
    {
        HashSet<int> taken = [];
        foreach (int number in backend.Servers) taken.Add(configuration.Servers[number].Id);
        int id = 1;
        while (taken.Contains(id)) id++;
        return id;
    }

    private static void Prepare(World world, Server server)
    {
        uint number = (uint)server.Number;
        ServerTargets.Lay(world, server);
        world.Pools[number] = new ServerPool { Newest = Table.NoRow, Oldest = Table.NoRow };
        world.ServerCounters[server.Number] = default;
        if (!server.IsChecked && !server.HasAgent) return;
        world.Checks ??= new CheckSchedule(world.Configuration.ServerRows * SharedWorld.ChecksPerServer) { Begun = true };
        if (server.Number % world.Shared.Threads != world.Thread) return;
        long nowMs = world.NowNanoseconds / 1_000_000;
        if (server.IsChecked) world.Checks.Set(StartHealth.Number(server, agent: false), nowMs + server.Check.IntervalMs);
        if (server.HasAgent) world.Checks.Set(StartHealth.Number(server, agent: true), nowMs + server.Agent.IntervalMs);
    }

    private static void Delete(AdminRequest request)
    {
        string place = request.Argument(0);
        if (place.EndsWith('/'))
        {
            request.Refuse("Require 'backend/server'.");
            return;
        }
        if (ServerFinder.Find(request, place) is not { } server) return;
        using Lock.Scope scope = Changing.EnterScope();
        EngineAccess engine = request.Engine;
        CompiledConfiguration configuration = engine.Configuration;
        Proxy backend = configuration.Proxies[server.Backend];
        if (server.IsRemoved) request.Refuse("No such server.");
        else if (IsNamed(backend, server))
        {
            request.Refuse("This server cannot be removed at runtime due to other configuration elements pointing to it.");
        }
        else if ((engine.Shared.Health(server.Number).Admin & ServerAdmin.Maintenance) == 0)
            request.Refuse("Only servers in maintenance mode can be deleted.");
        else if (!TryQuiet(request, server))
            request.Refuse("Server still has connections attached to it, cannot remove it.");
        else
        {
            Leave(request, configuration, backend, server);
            request.Inform("Server deleted.");
        }
    }

    /// <summary>The list of the backend's servers, or a name in it, is another: so is what finds them.</summary>
    internal static void RenewNames(CompiledConfiguration configuration, Proxy backend)
    {
        FreeServers.Prepare(configuration, backend);
        if (backend.ServerNames is not null)
        {
            ByteView[] names = Array.ConvertAll(backend.Servers, number => configuration.Servers[number].NameBytes);
            Volatile.Write(ref backend.ServerNames, new NamedNumbers(names, backend.Servers));
        }
        Interlocked.Increment(ref backend.NamesVersion);
    }

    /// <summary>Rules or samples name it, or other servers follow it.</summary>
    internal static bool IsNamed(Proxy backend, Server server)
    {
        if (server.TrackedBy.Length > 0 || server.IsReferred) return true;
        foreach (Engine.Data.Rules.ServerRule rule in backend.ServerRules)
            if (rule.Name is null && rule.Server == server.Number) return true;
        return false;
    }

    /// <summary>Idle connections are closed, checks end. False: somebody is on it, or waits for it.</summary>
    private static bool TryQuiet(AdminRequest request, Server server)
    {
        EngineAccess engine = request.Engine;
        ref SharedServer row = ref engine.Shared.Server(server.Number);
        if (Volatile.Read(ref row.Served) + Volatile.Read(ref row.Waiting) > 0) return false;
        for (int waitedMs = 0; ; waitedMs += 10)
        {
            request.DoOnAll(world => Quiet(world, server));
            if (!IsChecking(engine, server)) break;
            if (waitedMs >= CheckPatienceMs) return false;
            Thread.Sleep(10);
        }
        return WaitCommand.IsUnused(engine, server);
    }

    private static bool IsChecking(EngineAccess engine, Server server) =>
        ((engine.Shared.CheckOf(StartHealth.Number(server, agent: false)).Flags
            | engine.Shared.CheckOf(StartHealth.Number(server, agent: true)).Flags) & CheckFlags.Running) != 0;

    private static void Quiet(World world, Server server)
    {
        ServerPools.CloseIdle(world, server.Number);
        world.Checks?.Remove(StartHealth.Number(server, agent: false));
        world.Checks?.Remove(StartHealth.Number(server, agent: true));
    }

    private static void Leave(AdminRequest request, CompiledConfiguration configuration, Proxy backend, Server server)
    {
        Volatile.Write(ref backend.Servers, Array.FindAll(backend.Servers, number => number != server.Number));
        Volatile.Write(ref backend.ServersById, Array.FindAll(backend.ServersById, number => number != server.Number));
        RenewNames(configuration, backend);
        if (server.Tracks >= 0)
        {
            Server tracked = configuration.Servers[server.Tracks];
            tracked.TrackedBy = Array.FindAll(tracked.TrackedBy, number => number != server.Number);
        }
        SharedWorld shared = request.Engine.Shared;
        TurnSequence.Renew(configuration, shared, backend);
        AddedServers.Forget(configuration, server);

        // Its number is given to another only when no thread can still hold a list that names it.
        request.DoOnAll(static _ => { });
        ForgetServer.Run(request, server);
        server.IsRemoved = true;
    }
}
