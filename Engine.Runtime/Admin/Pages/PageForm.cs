using System;
using System.Collections.Generic;
using Engine.Data.Configuration;
using Engine.Data.Health;
using Engine.Data.Pages;
using Engine.Data.Worlds;
using Engine.Runtime.Admin.Commands;
using Engine.Systems.Health;

namespace Engine.Runtime.Admin.Pages;

/// <summary>Carries out what the form of the page wants (manual section 4.2, <c>stats admin</c>).</summary>
internal static class PageForm
{
    /// <summary>What the page then says: DONE, NONE, PART, ERRP (nothing to be done), EXCD (too much), DENY, UNKN.</summary>
    public static string Apply(EngineAccess engine, PageRequest request)
    {
        if (!request.IsAdmin) return "DENY";
        if (request.Form is null) return "EXCD";
        string action = "";
        string backend = "";
        List<string> names = [];
        foreach (string pair in request.Form.TrimEnd('\r', '\n').Split('&'))
        {
            int sign = pair.IndexOf('=', StringComparison.Ordinal);
            string value = sign < 0 ? "" : Uri.UnescapeDataString(pair[(sign + 1)..].Replace('+', ' '));
            switch (sign < 0 ? pair : pair[..sign])
            {
                case "action":
                    action = value;
                    break;
                case "b":
                    backend = value;
                    break;
                case "s":
                    names.Add(value);
                    break;
            }
        }
        Proxy? proxy = ServerFinder.Backend(engine.Configuration, backend);
        // What the page does not show, its form does not change.
        string[] shown = request.Page?.Scopes ?? [];
        if (shown.Length > 0 && (proxy is null || Array.IndexOf(shown, proxy.Name) < 0)) return "DENY";
        if (action.Length == 0 && backend.Length == 0) return "NONE";
        if (Order(action) is not { } order || proxy is null) return "ERRP";
        int done = 0;
        foreach (int number in proxy.Servers)
        {
            Server server = engine.Configuration.Servers[number];
            if (names.Contains(server.Name) && engine.Run(world => order(world, server))) done++;
        }
        if (done == 0) return names.Count == 0 ? "NONE" : "ERRP";
        return done < names.Count ? "PART" : "DONE";
    }

    private static Action<World, Server>? Order(string action) =>
        action switch
        {
            "ready" => static (world, server) => ChangeServer.Admin(
                world, server.Number, ServerAdmin.None, ServerAdmin.ForcedMaintenance | ServerAdmin.ForcedDrain),
            "drain" => static (world, server) => ChangeServer.Admin(
                world, server.Number, ServerAdmin.ForcedDrain, ServerAdmin.ForcedMaintenance),
            "maint" => static (world, server) => ChangeServer.Admin(
                world, server.Number, ServerAdmin.ForcedMaintenance, ServerAdmin.ForcedDrain),
            "dhlth" => static (world, server) => Switch(world, server, agent: false, on: false),
            "ehlth" => static (world, server) => Switch(world, server, agent: false, on: true),
            "dagent" => static (world, server) => Switch(world, server, agent: true, on: false),
            "eagent" => static (world, server) => Switch(world, server, agent: true, on: true),
            "hrunn" => static (world, server) => Force(world, server, ServerOperation.Running),
            "hnolb" => static (world, server) => Force(world, server, ServerOperation.Stopping),
            "hdown" => static (world, server) => Force(world, server, ServerOperation.Stopped),
            "shutdown" => static (world, server) => ShutServer.OnAllThreads(world, server.Number),
            _ => null,
        };

    private static void Switch(World world, Server server, bool agent, bool on)
    {
        ref CheckRow check = ref world.Shared.CheckOf(StartHealth.Number(server, agent));
        if ((check.Flags & CheckFlags.Configured) == 0) return;
        check.Flags = on ? check.Flags | CheckFlags.Enabled : check.Flags & ~CheckFlags.Enabled;
    }

    private static void Force(World world, Server server, ServerOperation state)
    {
        if (server.Tracks >= 0) return;
        ref CheckRow check = ref world.Shared.CheckOf(StartHealth.Number(server, agent: false));
        if ((check.Flags & CheckFlags.Configured) != 0)
            check.Health = state == ServerOperation.Stopped ? 0 : server.Check.HealthMax;
        ChangeServer.Operation(world, server.Number, state, ", changed from Web interface");
    }
}
