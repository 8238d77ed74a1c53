using System.Globalization;
using System.IO;
using Engine.Data.Configuration;
using Engine.Data.Health;
using Engine.Data.Shared;
using Engine.Runtime.CommandLine;

namespace Engine.Runtime.Health;

/// <summary>
/// Takes the states of servers over from a file that another process wrote with <c>show servers state</c> (manual section
/// 4.2, <c>load-server-state-from-file</c>). Where the configuration changed since, it counts.
/// </summary>
public static class LoadServerStates
{
    private const int FirstNumber = 5;
    private const int PortField = 18;

    /// <summary>Names and largest values of the numbers from <see cref="FirstNumber"/> on.</summary>
    private static readonly (string Name, int High)[] ranges =
    [
        ("srv_op_state", 3), ("srv_admin_state", 127), ("srv_uweight", 256), ("srv_iweight", 256),
        ("srv_last_time_change", int.MaxValue), ("srv_check_status", (int)CheckStatus.ProcessOk), ("srv_check_result", 4),
        ("srv_check_health", int.MaxValue), ("srv_check_state", 31), ("srv_agent_state", 31), ("bk_f_forced_id", 1),
        ("srv_f_forced_id", 1),
    ];

    /// <summary>
    /// Reads what the configuration names, before any thread runs. Without a world to put it in, it only says what is wrong
    /// with the files.
    /// </summary>
    public static void Run(
        CompiledConfiguration configuration, SharedWorld? shared, MessageWriter messages, long nowNanoseconds)
    {
        bool any = false;
        LoadedChanges? changes = shared is null ? null : new(configuration, shared, messages);
        ServerStateFile? global = configuration.Globals.ServerStateFile is { } name
            ? ServerStateFile.Global(PathOf(configuration.Globals, name), messages)
            : null;
        foreach (Proxy proxy in configuration.Proxies)
        {
            if (proxy.Disabled || proxy.Servers.Length == 0) continue;
            if (proxy.ServerStates == ServerStateSource.None) continue;
            bool isLocal = proxy.ServerStates == ServerStateSource.Local;
            ServerStateFile? file = isLocal
                ? ServerStateFile.Local(PathOf(configuration.Globals, proxy.ServerStateFile ?? proxy.Name), proxy, messages)
                : global;
            if (file is null) continue;
            foreach (int number in proxy.Servers)
            {
                Server server = configuration.Servers[number];
                if (file.Take(proxy.Name, server.Name) is not { } fields) continue;
                if (Wrong(fields) is { } wrong)
                {
                    messages.Warning($"server-state application failed for server '{proxy.Name}/{server.Name}'{wrong}");
                    continue;
                }
                if (shared is null) continue;
                ServerHealth before = shared.Health(number);
                string? fault = Take(shared, server, fields, nowNanoseconds);
                any = true;
                changes!.Tell(server, before, (ServerOperation)Number(fields, FirstNumber));
                if (fault is not null)
                    messages.Warning($"server-state partially applied for server '{proxy.Name}/{server.Name}', {fault}");
            }
            if (!isLocal) continue;
            foreach (string[] left in file.Left)
                messages.Warning($"Proxy '{proxy.Name}': can't find server '{left[3]}' in backend '{proxy.Name}'");
        }
        if (shared is null || !any) return;
        StartHealth.FollowAll(shared, configuration);
        StartHealth.Recount(shared, configuration);
    }

    private static string PathOf(Globals globals, string name) =>
        globals.ServerStateBase is { } folder && !name.StartsWith('/') ? Path.Combine(folder, name) : name;

    /// <summary>What is wrong with a line, each with a comma before it; null: nothing.</summary>
    private static string? Wrong(string[] fields)
    {
        string said = "";
        for (int i = 0; i < ranges.Length; i++)
        {
            (string name, int high) = ranges[i];
            string value = fields[FirstNumber + i];
            if (!TryNumber(value, out int number) || number > high) said += $", invalid {name} value '{value}'";
        }
        if (!TryNumber(fields[PortField], out int port) || port > ushort.MaxValue)
            said += $", invalid srv_port value '{fields[PortField]}'";
        return said.Length == 0 ? null : said;
    }

    /// <summary>All numbers but those of checks' targets are good ones; what is wrong with those, or null.</summary>
    private static string? Take(SharedWorld shared, Server server, string[] fields, long nowNanoseconds)
    {
        ref ServerHealth row = ref shared.Health(server.Number);
        ServerAdmin admin = (ServerAdmin)Number(fields, 6);
        int initial = Number(fields, 8);
        row.Admin &= ~(ServerAdmin.InheritedMaintenance | ServerAdmin.InheritedDrain); // comes anew from whom it tracks
        // What the configuration now says of maintenance counts, unless it said the same when the file was written.
        bool said = (admin & ServerAdmin.ConfiguredMaintenance) != 0;
        if (said == server.Disabled)
            row.Admin = (row.Admin & ~ServerAdmin.ForcedMaintenance) | (admin & ServerAdmin.ForcedMaintenance);
        // A drain that came of a weight of zero ends with it.
        bool drains = (admin & ServerAdmin.ForcedDrain) != 0 && (initial > 0 || row.InitialWeight == 0);
        if (drains && (row.Admin & ServerAdmin.ForcedMaintenance) == 0) row.Admin |= ServerAdmin.ForcedDrain;
        if (initial == row.InitialWeight) row.UserWeight = Number(fields, 7);
        row.ChangedNanoseconds = nowNanoseconds - (Number(fields, 9) * 1_000_000_000L);
        ref CheckRow check = ref shared.CheckOf(StartHealth.Number(server, agent: false));
        ref CheckRow agent = ref shared.CheckOf(StartHealth.Number(server, agent: true));
        check.Status = (CheckStatus)Number(fields, 10);
        check.Verdict = (CheckVerdict)Number(fields, 11);
        SwitchOff(ref check, Number(fields, 13));
        SwitchOff(ref agent, Number(fields, 14));
        if (!server.MapsPort && server.Path is null) server.Address.Port = (ushort)Number(fields, PortField);
        row.State = (row.Admin & ServerAdmin.Maintenance) != 0
            ? Rest(ref check)
            : Work(server, (ServerOperation)Number(fields, 5), Number(fields, 12), ref check);
        if (row.State == ServerOperation.Starting) shared.WarmDueNanoseconds = nowNanoseconds;
        return LoadedTargets.Take(server, fields, check.Flags, agent.Flags);
    }

    /// <summary>Checks that the Runtime API switched off stay so.</summary>
    private static void SwitchOff(ref CheckRow check, int state)
    {
        const CheckFlags configured = CheckFlags.Configured;
        CheckFlags before = (CheckFlags)state;
        if ((check.Flags & configured) != 0 && (before & configured) != 0 && (before & CheckFlags.Enabled) == 0)
            check.Flags &= ~CheckFlags.Enabled;
    }

    private static ServerOperation Rest(ref CheckRow check)
    {
        check.Flags |= CheckFlags.Paused;
        check.Health = 0;
        return ServerOperation.Stopped;
    }

    /// <summary>The state of a server that is not in maintenance; its check's health is one that goes with it.</summary>
    private static ServerOperation Work(Server server, ServerOperation state, int health, ref CheckRow check)
    {
        if ((check.Flags & CheckFlags.Configured) != 0) check.Flags &= ~CheckFlags.Paused;
        // Without checks nobody would ever bring it up again; one that tracks another follows that one.
        if (!server.IsChecked) state = ServerOperation.Running;
        if (state == ServerOperation.Starting && server.SlowStartMs == 0) state = ServerOperation.Running;
        int rise = server.Check.Rise;
        int max = server.Check.HealthMax;
        check.Health = state switch
        {
            ServerOperation.Stopped => 0,
            ServerOperation.Stopping => health >= rise && health < max ? health : rise,
            _ => max,
        };
        return state;
    }

    private static int Number(string[] fields, int at) => int.Parse(fields[at], NumberStyles.None, CultureInfo.InvariantCulture);

    private static bool TryNumber(string text, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
