using System.Threading;
using Engine.Data.Configuration;
using Engine.Data.Health;
using Engine.Data.Shared;
using Engine.Data.Worlds;

namespace Engine.Systems.Health;

/// <summary>Says in the reference's words what became of a server and of its backend.</summary>
public static class TellChange
{
    private const int LevelEmergency = 0;
    private const int LevelAlert = 1;
    private const int LevelNotice = 5;

    public static void Operation(World world, in ServerChange change, string cause)
    {
        string subject = Subject(world, change.Server);
        bool drained = (change.Before.Admin & ServerAdmin.Drain) != 0;
        switch (change.After.State)
        {
            case ServerOperation.Stopped:
                Tell(world, change.Server, drained ? LevelNotice : LevelAlert,
                    $"{subject} is DOWN{cause}. {Left(world, change)}");
                break;
            case ServerOperation.Stopping:
                Tell(world, change.Server, LevelNotice, $"{subject} is stopping{cause}. {Online(world, change)}");
                break;
            default:
                Tell(world, change.Server, LevelNotice, $"{subject} is UP{cause}. {Online(world, change)}");
                break;
        }
        BackendLost(world, change);
    }

    public static void Admin(World world, in ServerChange change, string via)
    {
        bool was = (change.Before.Admin & ServerAdmin.Maintenance) != 0;
        bool will = (change.After.Admin & ServerAdmin.Maintenance) != 0;
        if (was && will) RemainsInMaintenance(world, change, via);
        else if (will) EntersMaintenance(world, change, via);
        else if (was) LeavesMaintenance(world, change, via);
        else Drains(world, change, via);
        BackendLost(world, change);
    }

    /// <summary>Tells of a backend that just lost its last usable server.</summary>
    public static void BackendLost(World world, in ServerChange change)
    {
        if (!StartHealth.IsUsable(change.Before) || StartHealth.IsUsable(change.After)) return;
        ref BackendHealth backend = ref world.Shared.Backend(change.Server.Backend);
        if (Volatile.Read(ref backend.Active) + Volatile.Read(ref backend.Backups) > 0) return;
        Proxy proxy = world.Configuration.Proxies[change.Server.Backend];
        string kind = (proxy.Capabilities & ProxyCapabilities.Frontend) != 0 ? "proxy" : "backend";
        world.Notices.Add(new HealthNotice(
            change.Server.Backend,
            LevelEmergency,
            $"{kind} {proxy.Name} has no server available!",
            $"{kind} '{proxy.Name}' has no server available!",
            IsAlert: true));
    }

    private static void EntersMaintenance(World world, in ServerChange change, string via)
    {
        string subject = Subject(world, change.Server);
        if (change.Before.State == ServerOperation.Stopped)
        {
            Tell(world, change.Server, LevelNotice, $"{subject} was DOWN and now enters maintenance{via}.");
            return;
        }
        bool drained = (change.Before.Admin & ServerAdmin.Drain) != 0;
        Tell(world, change.Server, drained ? LevelNotice : LevelAlert,
            $"{subject} is going DOWN for maintenance{via}. {Left(world, change)}");
    }

    private static void LeavesMaintenance(World world, in ServerChange change, string via)
    {
        string subject = Subject(world, change.Server);
        string state = change.After.State == ServerOperation.Stopped ? "DOWN" : "UP";
        bool drained = (change.After.Admin & ServerAdmin.Drain) != 0;
        string forced = (change.Before.Admin & ServerAdmin.ForcedMaintenance) != 0 ? "forced " : "";
        Tell(world, change.Server, LevelNotice,
            $"{subject} is {state}/{(drained ? "DRAIN" : "READY")} (leaving {forced}maintenance).");
        if (drained) RemainsDrained(world, change, via);
    }

    private static void RemainsInMaintenance(World world, in ServerChange change, string via)
    {
        const ServerAdmin kinds = ServerAdmin.Maintenance;
        if ((change.Before.Admin & kinds & ~change.After.Admin) == 0) return;
        if ((change.After.Admin & kinds) == ServerAdmin.UnresolvedMaintenance)
        {
            Tell(world, change.Server, LevelNotice,
                $"{Subject(world, change.Server)} is leaving forced maintenance but remains in maintenance.");
            return;
        }
        bool forced = (change.After.Admin & ServerAdmin.ForcedMaintenance) != 0;
        string how = forced ? "forced maintenance" : $"maintenance{Tracked(world, change.Server, via)}";
        Tell(world, change.Server, LevelNotice, $"{Subject(world, change.Server)} remains in {how}.");
    }

    private static void Drains(World world, in ServerChange change, string via)
    {
        string subject = Subject(world, change.Server);
        bool was = (change.Before.Admin & ServerAdmin.Drain) != 0;
        bool will = (change.After.Admin & ServerAdmin.Drain) != 0;
        if (was && will)
        {
            RemainsDrained(world, change, via);
        }
        else if (will)
        {
            Tell(world, change.Server, LevelNotice, $"{subject} enters drain state{via}. {Online(world, change)}");
        }
        else if (was)
        {
            string state = change.After.State == ServerOperation.Stopped ? "DOWN" : "UP";
            string forced = (change.Before.Admin & ServerAdmin.ForcedDrain) != 0 ? "forced " : "";
            Tell(world, change.Server, LevelNotice, $"{subject} is {state} (leaving {forced}drain){via}.");
        }
    }

    private static void RemainsDrained(World world, in ServerChange change, string via)
    {
        bool forced = (change.After.Admin & ServerAdmin.ForcedDrain) != 0;
        string how = forced ? "forced drain mode" : $"drain mode{Tracked(world, change.Server, via)}";
        Tell(world, change.Server, LevelNotice, $"{Subject(world, change.Server)} remains in {how}.");
    }

    /// <summary>Whom an inherited state comes from: its own commands do not say.</summary>
    private static string Tracked(World world, Server server, string via)
    {
        if (via.Length > 0 || server.Tracks < 0) return via;
        Server tracked = world.Configuration.Servers[server.Tracks];
        return $" via {world.Configuration.Proxies[tracked.Backend].Name}/{tracked.Name}";
    }

    private static string Subject(World world, Server server) =>
        $"{(server.Backup ? "Backup " : "")}Server {world.Configuration.Proxies[server.Backend].Name}/{server.Name}";

    private static string Left(World world, in ServerChange change)
    {
        (int active, int backups, string backup) = Counts(world, change.Server);
        ref SharedServer row = ref world.Shared.Server(change.Server.Number);
        return $"{active} active and {backups} backup servers left.{backup} {Volatile.Read(ref row.Served)} sessions "
            + $"active, {change.Requeued} requeued, {Volatile.Read(ref row.Waiting)} remaining in queue.";
    }

    private static string Online(World world, in ServerChange change)
    {
        (int active, int backups, string backup) = Counts(world, change.Server);
        int queued = Volatile.Read(ref world.Shared.Server(change.Server.Number).Waiting); // its own, as the reference has it
        return $"{active} active and {backups} backup servers online.{backup} {change.Requeued} sessions requeued, "
            + $"{queued} total in queue.";
    }

    private static (int Active, int Backups, string Text) Counts(World world, Server server)
    {
        ref BackendHealth backend = ref world.Shared.Backend(server.Backend);
        int active = Volatile.Read(ref backend.Active);
        int backups = Volatile.Read(ref backend.Backups);
        return (active, backups, active == 0 && backups > 0 ? " Running on backup." : "");
    }

    private static void Tell(World world, Server server, int level, string text) =>
        world.Notices.Add(new HealthNotice(server.Backend, level, text, text, IsAlert: false));
}
