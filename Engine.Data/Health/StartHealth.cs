using Engine.Data.Configuration;
using Engine.Data.Shared;

namespace Engine.Data.Health;

/// <summary>The state that servers start in (manual section 5.2, <c>disabled</c>, <c>init-state</c>, <c>track</c>).</summary>
public static class StartHealth
{
    public static void Run(SharedWorld shared, CompiledConfiguration configuration, long nowNanoseconds)
    {
        foreach (Server server in configuration.Servers) Begin(shared, server, nowNanoseconds);
        FollowAll(shared, configuration);
        foreach (Proxy proxy in configuration.Proxies)
            shared.Backend(proxy.Number).ChangedNanoseconds = nowNanoseconds;
        foreach (Server server in configuration.Servers) Publish(shared, server);
    }

    /// <summary>Servers that track others take their states over.</summary>
    public static void FollowAll(SharedWorld shared, CompiledConfiguration configuration)
    {
        foreach (Server server in configuration.Servers) Follow(shared, configuration, server);
    }

    /// <summary>Counts the usable servers of each backend anew, after states were taken over from elsewhere.</summary>
    public static void Recount(SharedWorld shared, CompiledConfiguration configuration)
    {
        foreach (Proxy proxy in configuration.Proxies)
        {
            ref BackendHealth backend = ref shared.Backend(proxy.Number);
            backend.Active = backend.Backups = backend.ActiveWeight = backend.BackupWeight = 0;
        }
        foreach (Server server in configuration.Servers) Publish(shared, server);
    }

    /// <summary>Gives a server's rows their first values; its state is that of its own settings.</summary>
    public static void Begin(SharedWorld shared, Server server, long nowNanoseconds)
    {
        ref ServerHealth health = ref shared.Health(server.Number);
        health = default;
        health.ChangedNanoseconds = nowNanoseconds;
        health.UserWeight = server.Weight;
        health.Sixteenths = 16;
        health.InitialWeight = server.Weight;
        health.MaxConnections = server.MaxConnections;
        ref SharedServer row = ref shared.Server(server.Number);
        row.Backend = server.Backend;
        row.LimitMin = server.MinConnections;
        row.Warmth = 100;
        health.State = ServerOperation.Running;
        if (server.Disabled) health.Admin = ServerAdmin.ForcedMaintenance | ServerAdmin.ConfiguredMaintenance;
        if (server.Unresolved) health.Admin |= ServerAdmin.UnresolvedMaintenance;
        BeginCheck(ref shared.CheckOf(Number(server, agent: false)), server.IsChecked, server.Check, isAgent: false);
        BeginCheck(ref shared.CheckOf(Number(server, agent: true)), server.HasAgent, server.Agent, isAgent: true);
        if (server.IsChecked && !server.Check.BeginsUntested && server.Check.InitialHealth < server.Check.Rise)
            health.State = ServerOperation.Stopped;
        if (!server.Disabled && !server.Unresolved) return;
        health.State = ServerOperation.Stopped;
        ref CheckRow check = ref shared.CheckOf(Number(server, agent: false));
        check.Flags |= CheckFlags.Paused;
        check.Health = 0;
    }

    /// <summary>Number of a server's check.</summary>
    public static int Number(Server server, bool agent) =>
        server.Number * SharedWorld.ChecksPerServer + (agent ? 1 : 0);

    /// <summary>Makes known what each request reads of a server, and counts it where it is usable.</summary>
    public static void Publish(SharedWorld shared, Server server)
    {
        ref ServerHealth health = ref shared.Health(server.Number);
        ref SharedServer row = ref shared.Server(server.Number);
        row.Limit = health.MaxConnections;
        row.Weight = EffectiveWeight(health);
        row.Share = row.Weight * health.Sixteenths;
        row.Running = IsRunning(health) ? 1 : 0;
        if (!IsUsable(health)) return;
        ref BackendHealth backend = ref shared.Backend(server.Backend);
        if (server.Backup)
        {
            backend.Backups++;
            backend.BackupWeight += health.UserWeight;
        }
        else
        {
            backend.Active++;
            backend.ActiveWeight += health.UserWeight;
        }
    }

    /// <summary>It may carry requests, if only those that are tied to it.</summary>
    public static bool IsRunning(in ServerHealth health) =>
        health.State != ServerOperation.Stopped && (health.Admin & ServerAdmin.Maintenance) == 0;

    /// <summary>It may be chosen for any request.</summary>
    public static bool IsUsable(in ServerHealth health) => IsRunning(health) && EffectiveWeight(health) > 0;

    /// <summary>The weight that balancing uses: 0 while it is drained or stops.</summary>
    public static int EffectiveWeight(in ServerHealth health) =>
        (health.Admin & ServerAdmin.Drain) != 0 || health.State == ServerOperation.Stopping ? 0 : health.UserWeight;

    private static void BeginCheck(ref CheckRow check, bool isThere, CheckSettings settings, bool isAgent)
    {
        check = default;
        check.Connection = Tables.Table.NoRow;
        check.DurationMs = -1;
        check.Input = Buffers.BufferRef.None;
        check.Status = isThere || !isAgent ? CheckStatus.Initialising : CheckStatus.Unknown;
        if (settings.IsFromDefaults && !isAgent) check.Health = settings.InitialHealth;
        if (!isThere) return;
        check.Flags = CheckFlags.Configured | CheckFlags.Enabled | (isAgent ? CheckFlags.Agent : CheckFlags.None);
        check.Health = settings.BeginsUntested && !isAgent ? 0 : settings.InitialHealth;
    }

    /// <summary>A server that tracks another takes its state over.</summary>
    private static void Follow(SharedWorld shared, CompiledConfiguration configuration, Server server)
    {
        int tracked = server.Tracks;
        // A chain has no loop (the configuration is refused), and so not more links than servers.
        for (int links = 0; tracked >= 0 && links < configuration.Servers.Length; links++)
        {
            int next = configuration.Servers[tracked].Tracks;
            if (next < 0) break;
            tracked = next;
        }
        if (tracked < 0) return;
        ref ServerHealth followed = ref shared.Health(tracked);
        ref ServerHealth health = ref shared.Health(server.Number);
        if ((followed.Admin & ServerAdmin.Maintenance) != 0) health.Admin |= ServerAdmin.InheritedMaintenance;
        if ((followed.Admin & ServerAdmin.Drain) != 0) health.Admin |= ServerAdmin.InheritedDrain;
        if (followed.State != ServerOperation.Stopped) return;
        health.State = ServerOperation.Stopped;
        shared.CheckOf(Number(server, agent: false)).Health = 0;
    }
}
