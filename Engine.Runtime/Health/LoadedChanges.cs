using Engine.Data.Configuration;
using Engine.Data.Health;
using Engine.Data.Shared;
using Engine.Runtime.CommandLine;

namespace Engine.Runtime.Health;

/// <summary>
/// Tells at start which servers a state file stops or brings back, and how many are left, in the words that such changes
/// have at run time. The counts are the backends' own, kept up server by server.
/// </summary>
internal sealed class LoadedChanges(CompiledConfiguration configuration, SharedWorld shared, MessageWriter messages)
{
    private const string Cause = ", changed from server-state after a reload";

    /// <summary>A line was taken. Who tracks another is told of with that one.</summary>
    /// <param name="server">Whose it was.</param>
    /// <param name="before">What was known of it before.</param>
    /// <param name="said">The state in the line: one that was stopped is told of, whoever stopped it.</param>
    public void Tell(Server server, in ServerHealth before, ServerOperation said)
    {
        if (server.Tracks >= 0) return;
        ServerHealth after = shared.Health(server.Number);
        Count(server, before, after);
        string subject = Subject(server);
        if ((before.Admin & ~after.Admin & ServerAdmin.ForcedMaintenance) != 0)
        {
            string state = after.State == ServerOperation.Stopped ? "DOWN" : "UP";
            messages.Warning($"{subject} is {state}/READY (leaving forced maintenance).");
            return;
        }
        bool rests = (after.Admin & ServerAdmin.Maintenance) != 0 && said != ServerOperation.Stopped;
        if (before.State == after.State || rests) return;
        switch (after.State)
        {
            case ServerOperation.Stopped:
                messages.Warning($"{subject} is DOWN{Cause}. {Left(server)}");
                if (StartHealth.IsUsable(before)) TellNoneLeft(server);
                Follow(server, $" via {Name(server)}");
                break;
            case ServerOperation.Stopping:
                messages.Warning($"{subject} is stopping{Cause}. {Online(server)}");
                if (StartHealth.IsUsable(before)) TellNoneLeft(server);
                break;
            case ServerOperation.Starting:
                messages.Warning($"{subject} is UP. {Online(server)}");
                break;
        }
    }

    /// <summary>Those that track it go down with it; a chain has no loop.</summary>
    private void Follow(Server server, string via)
    {
        foreach (int number in server.TrackedBy)
        {
            Server follower = configuration.Servers[number];
            ref ServerHealth row = ref shared.Health(number);
            if (row.State == ServerOperation.Stopped) continue;
            ServerHealth before = row;
            row.State = ServerOperation.Stopped;
            Count(follower, before, row);
            messages.Warning($"{Subject(follower)} is DOWN{via}. {Left(follower)}");
            if (StartHealth.IsUsable(before)) TellNoneLeft(follower);
            Follow(follower, $" via {Name(follower)}");
        }
    }

    private void Count(Server server, in ServerHealth before, in ServerHealth after)
    {
        int change = (StartHealth.IsUsable(after) ? 1 : 0) - (StartHealth.IsUsable(before) ? 1 : 0);
        ref BackendHealth backend = ref shared.Backend(server.Backend);
        if (server.Backup) backend.Backups += change;
        else backend.Active += change;
    }

    private void TellNoneLeft(Server server)
    {
        ref BackendHealth backend = ref shared.Backend(server.Backend);
        if (backend.Active + backend.Backups > 0) return;
        Proxy proxy = configuration.Proxies[server.Backend];
        string kind = (proxy.Capabilities & ProxyCapabilities.Frontend) != 0 ? "proxy" : "backend";
        messages.Alert($"{kind} '{proxy.Name}' has no server available!");
    }

    private string Left(Server server) => $"{Counts(server, "left")} 0 sessions active, 0 requeued, 0 remaining in queue.";

    private string Online(Server server) => $"{Counts(server, "online")} 0 sessions requeued, 0 total in queue.";

    private string Counts(Server server, string word)
    {
        ref BackendHealth backend = ref shared.Backend(server.Backend);
        string backup = backend.Active == 0 && backend.Backups > 0 ? " Running on backup." : "";
        return $"{backend.Active} active and {backend.Backups} backup servers {word}.{backup}";
    }

    private string Subject(Server server) => $"{(server.Backup ? "Backup " : "")}Server {Name(server)}";

    private string Name(Server server) => $"{configuration.Proxies[server.Backend].Name}/{server.Name}";
}
