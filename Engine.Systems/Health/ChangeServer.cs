using System.Threading;
using Engine.Data.Configuration;
using Engine.Data.Health;
using Engine.Data.Shared;
using Engine.Data.Tables;
using Engine.Data.Worlds;
using Engine.Systems.Balance;
using Engine.Systems.Queue;

namespace Engine.Systems.Health;

/// <summary>
/// The one place where the state of a server changes: its operation, what an administrator wants of it, its weight. What
/// each request reads follows, then the queues, the log and the servers that track it.
/// </summary>
public static class ChangeServer
{
    /// <summary>Servers that track one another in a chain at most.</summary>
    private const int ChainMax = 16;

    /// <summary>Brings a server up, down or to its end; in maintenance nothing changes.</summary>
    /// <param name="world">The thread's world.</param>
    /// <param name="number">Number of the server.</param>
    /// <param name="next">What it is to be.</param>
    /// <param name="cause">Why, as the log line has it behind the state: with a leading comma or blank, or empty.</param>
    public static void Operation(World world, int number, ServerOperation next, string cause) =>
        Operation(world, number, next, cause, ChainMax);

    /// <summary>Sets and clears what an administrator wants.</summary>
    public static void Admin(World world, int number, ServerAdmin set, ServerAdmin clear) =>
        Admin(world, number, set, clear, "", ChainMax);

    /// <summary>Gives a server a weight of 0 to 256.</summary>
    public static void Weight(World world, int number, int weight)
    {
        Check.That(weight is >= 0 and <= 256);
        ref ServerHealth health = ref world.Shared.Health(number);
        ShortLock.Enter(ref health.Lock);
        ServerHealth before = health;
        health.UserWeight = weight;
        Settle(world, number, ref health, before);
        ShortLock.Exit(ref health.Lock);
        Server server = world.Configuration.Servers[number];
        RenewTables(world, server);
        ServerChange change = new(server, before, health);
        change.Requeued = ServerChanged.Run(world, number);
        TellChange.BackendLost(world, change);
    }

    /// <summary>Gives a server a limit; 0 means none.</summary>
    public static void Limit(World world, int number, int limit)
    {
        world.Shared.Health(number).MaxConnections = limit;
        Volatile.Write(ref world.Shared.Server(number).Limit, limit);
        FreeServers.Changed(world, number);
        LeastConnections.Changed(world, number);
        ServerChanged.Run(world, number);
    }

    private static void Operation(World world, int number, ServerOperation next, string cause, int chain)
    {
        ref ServerHealth health = ref world.Shared.Health(number);
        ShortLock.Enter(ref health.Lock);
        ServerHealth before = health;
        Server server = world.Configuration.Servers[number];
        ServerOperation wanted = next;
        if (next == ServerOperation.Running) next = Begun(server, before.State);
        if (before.State == next || (before.Admin & ServerAdmin.Maintenance) != 0)
        {
            ShortLock.Exit(ref health.Lock);
            return;
        }
        health.State = next;
        health.ErrorsInRow = 0;
        Settle(world, number, ref health, before);
        ServerHealth after = health;
        ShortLock.Exit(ref health.Lock);
        if (before.Sixteenths != after.Sixteenths || HasTable(world, server)) RenewTables(world, server);
        ServerChange change = new(server, before, after);
        change.Requeued = ServerChanged.Run(world, number);
        TellChange.Operation(world, change, cause);
        Follow(world, server, after);
        if (chain == 0) return;
        string via = Via(world, server);
        foreach (int follower in server.TrackedBy) Operation(world, follower, wanted, via, chain - 1);
    }

    private static void Admin(
        World world, int number, ServerAdmin set, ServerAdmin clear, string via, int chain)
    {
        Server server = world.Configuration.Servers[number];
        ref ServerHealth health = ref world.Shared.Health(number);
        ShortLock.Enter(ref health.Lock);
        ServerHealth before = health;
        health.Admin = (health.Admin | set) & ~clear;
        if (health.Admin == before.Admin)
        {
            ShortLock.Exit(ref health.Lock);
            return;
        }
        bool was = (before.Admin & ServerAdmin.Maintenance) != 0;
        bool will = (health.Admin & ServerAdmin.Maintenance) != 0;
        if (will && !was) Pause(world, server, ref health);
        else if (was && !will) Resume(world, server, ref health);
        Settle(world, number, ref health, before);
        ServerHealth after = health;
        ShortLock.Exit(ref health.Lock);
        if (before.Sixteenths != after.Sixteenths || HasTable(world, server)) RenewTables(world, server);
        ServerChange change = new(server, before, after);
        change.Requeued = ServerChanged.Run(world, number);
        TellChange.Admin(world, change, via);
        Follow(world, server, after);
        if (chain == 0) return;
        ServerAdmin inheritedSet = Inherited(after.Admin);
        ServerAdmin inheritedClear = (ServerAdmin.InheritedMaintenance | ServerAdmin.InheritedDrain) & ~inheritedSet;
        string next = Via(world, server);
        foreach (int follower in server.TrackedBy)
            Admin(world, follower, inheritedSet, inheritedClear, next, chain - 1);
    }

    /// <summary>Tables hold those that work.</summary>
    private static bool HasTable(World world, Server server) =>
        ChooseServer.HasTable(world.Configuration.Proxies[server.Backend].Balance);

    /// <summary>What trackers take over of a server's flags.</summary>
    private static ServerAdmin Inherited(ServerAdmin admin)
    {
        ServerAdmin inherited = ServerAdmin.None;
        if ((admin & ServerAdmin.Maintenance) != 0) inherited |= ServerAdmin.InheritedMaintenance;
        if ((admin & ServerAdmin.Drain) != 0) inherited |= ServerAdmin.InheritedDrain;
        return inherited;
    }

    private static string Via(World world, Server server) =>
        $" via {world.Configuration.Proxies[server.Backend].Name}/{server.Name}";

    private static void Pause(World world, Server server, ref ServerHealth health)
    {
        ref CheckRow check = ref world.Shared.CheckOf(StartHealth.Number(server, agent: false));
        if ((check.Flags & CheckFlags.Configured) != 0) check.Flags |= CheckFlags.Paused;
        check.Health = 0;
        health.State = ServerOperation.Stopped;
    }

    /// <summary>Out of maintenance a server is up until a check says otherwise, or as the one it tracks.</summary>
    private static void Resume(World world, Server server, ref ServerHealth health)
    {
        ref CheckRow check = ref world.Shared.CheckOf(StartHealth.Number(server, agent: false));
        if ((check.Flags & CheckFlags.Configured) != 0) check.Flags &= ~CheckFlags.Paused;
        if (server.IsChecked) check.Health = server.Check.Rise;
        ref CheckRow agent = ref world.Shared.CheckOf(StartHealth.Number(server, agent: true));
        bool agentSaysDown = (agent.Flags & CheckFlags.Enabled) != 0 && agent.Health < server.Agent.Rise;
        ServerOperation followed = server.Tracks < 0
            ? ServerOperation.Running
            : world.Shared.Health(server.Tracks).State;
        health.State = agentSaysDown ? ServerOperation.Stopped : followed;
        if (health.State is ServerOperation.Running or ServerOperation.Starting)
            health.State = Begun(server, ServerOperation.Stopped);
    }

    /// <summary>How a server works that comes up: with <c>slowstart</c> it warms up first, where it did not work before.</summary>
    private static ServerOperation Begun(Server server, ServerOperation before) =>
        server.SlowStartMs > 0 && before != ServerOperation.Running ? ServerOperation.Starting : ServerOperation.Running;

    /// <summary>Gives a server that warms up the part of its weight and limit that its time says (<c>slowstart</c>).</summary>
    /// <returns>False when it warms up no more.</returns>
    public static bool Warm(World world, int number)
    {
        Server server = world.Configuration.Servers[number];
        ref ServerHealth health = ref world.Shared.Health(number);
        ShortLock.Enter(ref health.Lock);
        ServerHealth before = health;
        if (health.State != ServerOperation.Starting)
        {
            ShortLock.Exit(ref health.Lock);
            return false;
        }
        WarmUp.Advance(world, server, ref health);
        Settle(world, number, ref health, before);
        ServerHealth after = health;
        ShortLock.Exit(ref health.Lock);
        if (before.Sixteenths != after.Sixteenths) RenewTables(world, server);
        ServerChange change = new(server, before, after);
        change.Requeued = ServerChanged.Run(world, number);
        if (after.State == ServerOperation.Starting) return true;
        TellChange.Operation(world, change, "");
        return false;
    }

    private static void RenewTables(World world, Server server) =>
        TurnSequence.Renew(world.Configuration, world.Shared, world.Configuration.Proxies[server.Backend]);

    /// <summary>
    /// Under the lock: makes known what requests read, keeps the backend's counts and the times of the state.
    /// </summary>
    private static void Settle(World world, int number, ref ServerHealth health, in ServerHealth before)
    {
        Server server = world.Configuration.Servers[number];
        ref SharedServer row = ref world.Shared.Server(number);
        if (health.State != before.State) WarmUp.StateChanged(world, server, ref health);
        Volatile.Write(ref row.Weight, StartHealth.EffectiveWeight(health));
        Volatile.Write(ref row.Share, StartHealth.EffectiveWeight(health) * health.Sixteenths);
        Volatile.Write(ref row.Running, StartHealth.IsRunning(health) ? 1 : 0);
        FreeServers.Changed(world, number);
        LeastConnections.Changed(world, number);
        TurnOrders.Changed(world.Configuration, world.Shared, number);
        if (health.State != before.State)
        {
            if (before.State == ServerOperation.Stopped)
                health.DownNanoseconds += world.NowNanoseconds - before.ChangedNanoseconds;
            if (health.State == ServerOperation.Stopped) health.Downs++;
            health.ChangedNanoseconds = world.NowNanoseconds;
        }
        CountBackend(world, server, before, health);
    }

    private static void CountBackend(World world, Server server, in ServerHealth before, in ServerHealth after)
    {
        int was = StartHealth.IsUsable(before) ? 1 : 0;
        int now = StartHealth.IsUsable(after) ? 1 : 0;
        int weight = (now * after.UserWeight) - (was * before.UserWeight);
        if (was == now && weight == 0) return;
        ref BackendHealth backend = ref world.Shared.Backend(server.Backend);
        int others = server.Backup
            ? Volatile.Read(ref backend.Active)
            : Volatile.Read(ref backend.Backups);
        int left = Interlocked.Add(ref server.Backup ? ref backend.Backups : ref backend.Active, now - was);
        Interlocked.Add(ref server.Backup ? ref backend.BackupWeight : ref backend.ActiveWeight, weight);
        Check.That(left >= 0);
        if (was == now || left + others > (now > was ? 1 : 0)) return;
        // The last one left, or the first one came.
        if (now > was) backend.DownNanoseconds += world.NowNanoseconds - backend.ChangedNanoseconds;
        else backend.Downs++;
        backend.ChangedNanoseconds = world.NowNanoseconds;
    }

    /// <summary><c>on-marked-down</c> and <c>on-marked-up</c> (manual section 5.2).</summary>
    private static void Follow(World world, Server server, in ServerHealth after)
    {
        if (after.State == ServerOperation.Stopped)
        {
            if (server.ShutsSessionsWhenDown) ShutServer.OnAllThreads(world, server.Number);
            return;
        }
        if (!server.ShutsBackupSessionsWhenUp || server.Backup || !StartHealth.IsUsable(after)) return;
        foreach (int other in world.Configuration.Proxies[server.Backend].Servers)
            if (world.Configuration.Servers[other].Backup) ShutServer.OnAllThreads(world, other);
    }
}
