using System.Runtime.CompilerServices;
using Engine.Data.Configuration;
using Engine.Data.Health;
using Engine.Data.Registries;
using Engine.Data.Shared;
using Engine.Systems.Balance;
using Engine.Systems.Health;

namespace Engine.Runtime.Admin.Commands;

/// <summary>Commands that change the state of servers (management guide section 9.3).</summary>
internal static class ServerCommands
{
    [ModuleInitializer]
    internal static void Register()
    {
        Add("disable server", AdminLevel.Admin, "(DEPRECATED)", Disable, "disable a server for maintenance (use 'set server' instead)");
        Add("enable server", AdminLevel.Admin, " (DEPRECATED)", Enable, "enable a disabled server (use 'set server' instead)");
        Add("disable health", AdminLevel.Admin, "", DisableHealth, "disable health checks");
        Add("enable health", AdminLevel.Admin, "", EnableHealth, "enable health checks");
        Add("disable agent", AdminLevel.Admin, "", DisableAgent, "disable agent checks");
        Add("enable agent", AdminLevel.Admin, "", EnableAgent, "enable agent checks");
        Add("get weight", AdminLevel.User, "<bk>/<srv>", GetWeight, "report a server's current weight");
        Add("set weight", AdminLevel.Admin, "<bk>/<srv>  (DEPRECATED)", SetWeight,
            "change a server's weight (use 'set server' instead)");
        Add("set maxconn server", AdminLevel.Admin, "<bk>/<srv>", SetLimit, "change a server's maxconn setting");
        Add("shutdown sessions server", AdminLevel.Admin, "<bk>/<srv>", ShutSessions, "kill sessions on a server");
    }

    internal static void Add(string words, AdminLevel level, string usage, AdminCommandRun run, string summary) =>
        Words.CliCommands.Add(new CliCommand(words, level, usage, run) { Summary = summary });

    private static Server? Named(AdminRequest request) => ServerFinder.Find(request, request.Argument(0));

    private static void Disable(AdminRequest request)
    {
        if (Named(request) is { } server)
            Change(request, server, ServerAdmin.ForcedMaintenance, ServerAdmin.None);
    }

    private static void Enable(AdminRequest request)
    {
        if (Named(request) is { } server)
            Change(request, server, ServerAdmin.None, ServerAdmin.ForcedMaintenance);
    }

    /// <summary>Sets and clears what an administrator wants of a server.</summary>
    internal static void Change(AdminRequest request, Server server, ServerAdmin set, ServerAdmin clear) =>
        request.Do(world => ChangeServer.Admin(world, server.Number, set, clear));

    private static void DisableHealth(AdminRequest request) => Switch(request, agent: false, on: false);

    private static void EnableHealth(AdminRequest request) => Switch(request, agent: false, on: true);

    private static void DisableAgent(AdminRequest request) => Switch(request, agent: true, on: false);

    private static void EnableAgent(AdminRequest request) => Switch(request, agent: true, on: true);

    private static void Switch(AdminRequest request, bool agent, bool on)
    {
        if (Named(request) is not { } server) return;
        int number = StartHealth.Number(server, agent);
        bool configured = (request.Engine.Shared.CheckOf(number).Flags & CheckFlags.Configured) != 0;
        if (on && !configured)
        {
            request.Refuse(agent
                ? "Agent was not configured on this server, cannot enable."
                : "Health check was not configured on this server, cannot enable.");
            return;
        }
        request.Do(world =>
        {
            ref CheckRow check = ref world.Shared.CheckOf(number);
            ref ServerHealth health = ref world.Shared.Health(server.Number);
            ShortLock.Enter(ref health.Lock);
            check.Flags = on ? check.Flags | CheckFlags.Enabled : check.Flags & ~CheckFlags.Enabled;
            ShortLock.Exit(ref health.Lock);
        });
    }

    private static void GetWeight(AdminRequest request)
    {
        if (Named(request) is not { } server) return;
        ref ServerHealth health = ref request.Engine.Shared.Health(server.Number);
        request.Answer($"{health.UserWeight} (initial {health.InitialWeight})");
    }

    private static void SetWeight(AdminRequest request)
    {
        if (Named(request) is { } server) SetWeight(request, server, request.Argument(1));
    }

    /// <summary>Takes <c>10</c> or <c>50%</c>.</summary>
    internal static void SetWeight(AdminRequest request, Server server, string text)
    {
        const int most = 256;
        int digits = 0;
        while (digits < text.Length && char.IsAsciiDigit(text[digits])) digits++;
        if (text.Length == 0)
        {
            request.Refuse("Require <weight> or <weight%>.");
            return;
        }
        if (digits == 0)
        {
            request.Refuse("Empty weight string empty or preceded by garbage");
            return;
        }
        bool relative = text[digits..] == "%";
        if (!relative && digits < text.Length)
        {
            request.Refuse("Trailing garbage in weight string");
            return;
        }
        long number = digits > 9 ? int.MaxValue : long.Parse(text[..digits], System.Globalization.CultureInfo.InvariantCulture);
        if (!relative && number > most)
        {
            request.Refuse("Absolute weight can only be between 0 and 256 inclusive.");
            return;
        }
        Proxy backend = request.Engine.Configuration.Proxies[server.Backend];
        int initial = request.Engine.Shared.Health(server.Number).InitialWeight;
        long weight = relative ? System.Math.Min(most, initial * number / 100) : number;
        if (ChooseServer.HasFixedWeights(backend) && weight != 0 && weight != initial)
        {
            request.Refuse("Backend is using a static LB algorithm and only accepts weights '0%' and '100%'.");
            return;
        }
        request.Do(world => ChangeServer.Weight(world, server.Number, (int)weight));
    }

    private static void SetLimit(AdminRequest request)
    {
        if (Named(request) is not { } server) return;
        string text = request.Argument(1);
        if (text.Length == 0) request.Refuse("Require <maxconn>.");
        else if (!char.IsAsciiDigit(text[0])) request.Refuse("maxconn string empty or preceded by garbage");
        else if (!int.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out int limit) || limit < 0)
            request.Refuse("Trailing garbage in maxconn string");
        else request.Do(world => ChangeServer.Limit(world, server.Number, limit));
    }

    private static void ShutSessions(AdminRequest request)
    {
        if (Named(request) is { } server) request.DoOnAll(world => ShutServer.Run(world, server.Number));
    }
}
