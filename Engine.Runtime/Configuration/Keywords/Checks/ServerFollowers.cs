using Engine.Data.Configuration;
using Engine.Data.Health;
using Engine.Data.Kernel;
using Engine.Data.Messages;

namespace Engine.Runtime.Configuration.Keywords.Checks;

/// <summary>Resolves <c>track</c> and completes agents when all sections are read.</summary>
internal static class ServerFollowers
{
    public static void Resolve(ConfigurationDraft draft, ProxyDraft proxy)
    {
        foreach (ServerDraft server in proxy.Servers)
        {
            if (server.Tracks is { } name) Track(draft, proxy, server, name);
            Server target = server.Target;
            // An agent without a place of its own is asked where the server is checked.
            if (target.Agent.Address.Family == AddressFamily.Unspecified) target.Agent.Address = target.Check.Address;
            if (target.Agent.Port == 0) target.Agent.Port = target.Check.Port;
            if (!target.HasAgent) continue;
            if (target.Agent.Port == 0)
            {
                if (draft.Diagnostics.Alerts > 0) continue; // its line was not read to the end
                Refuse(draft, server, $"server {target.Name} does not have agent port. Agent check has been disabled.");
                continue;
            }
            target.Agent.Program = AgentProgram(server.AgentSend);
        }
    }

    /// <summary>
    /// Asks an agent, with words first or none. Always as many steps, so that it may be exchanged while a check is under way.
    /// </summary>
    public static CheckProgram AgentProgram(string? words) => new(
        CheckKind.Agent,
        [
            new CheckStep { IsDefault = true },
            new CheckStep { Kind = CheckStepKind.Send, Bytes = ByteView.Literal(words ?? "") },
            new CheckStep { Kind = CheckStepKind.Expect, Expect = ExpectKind.AgentWords },
        ]);

    private static void Track(ConfigurationDraft draft, ProxyDraft proxy, ServerDraft server, string name)
    {
        if (server.Target.IsChecked)
        {
            Refuse(draft, server, "unable to enable checks and tracking at the same time!");
            return;
        }
        int slash = name.IndexOf('/');
        string backend = slash < 0 ? proxy.Name : name[..slash];
        ProxyDraft? other = draft.FindBackend(backend);
        if (other is null)
        {
            Refuse(draft, server, $"unable to find required proxy '{backend}' for tracking.");
            return;
        }
        string wanted = name[(slash + 1)..];
        ServerDraft? tracked = other.Servers.Find(candidate => candidate.Target.Name == wanted);
        if (tracked is null)
        {
            Refuse(draft, server, $"unable to find required server '{wanted}' for tracking.");
            return;
        }
        if (tracked.Target.IsAdded)
        {
            Refuse(draft, server, $"unable to use {backend}/{wanted} for tracking as it is a dynamic server.");
            return;
        }
        if (Loops(draft, server, tracked))
        {
            Refuse(draft, server, $"unable to track {backend}/{wanted} as it belongs to a tracking chain looping back to "
                + $"{proxy.Name}/{server.Target.Name}.");
            return;
        }
        if (!tracked.Target.IsChecked && !tracked.Target.HasAgent && tracked.Tracks is null)
        {
            Refuse(draft, server,
                $"unable to use {backend}/{wanted} for tracking as it does not have any check nor agent enabled.");
            return;
        }
        server.Target.Tracks = tracked.Target.Number;
        if (!server.Target.IsAdded) tracked.Target.TrackedBy = [server.Target.Number, .. tracked.Target.TrackedBy];
    }

    private static bool Loops(ConfigurationDraft draft, ServerDraft server, ServerDraft? tracked)
    {
        // Links that were resolved before are followed; a loop is closed by the last of them.
        for (int links = 0; tracked is not null && links < draft.Target.Servers.Length; links++)
        {
            if (tracked == server) return true;
            int next = tracked.Target.Tracks;
            if (next < 0) return false;
            Server target = draft.Target.Servers[next];
            tracked = draft.Proxies[target.Backend].Servers.Find(candidate => candidate.Target == target);
        }
        return false;
    }

    private static void Refuse(ConfigurationDraft draft, ServerDraft server, string text) =>
        draft.Diagnostics.AlertBare($"[{server.Target.File}:{server.Target.Line}] : {server.What}{text}");
}
