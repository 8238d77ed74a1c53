using System;
using System.Globalization;
using Engine.Data.Configuration;
using Engine.Data.Health;
using Engine.Data.Kernel;
using Engine.Data.Worlds;
using Engine.Runtime.Configuration.Keywords.Checks;
using Engine.Systems.Health;

namespace Engine.Runtime.Admin.Commands;

/// <summary>What <c>set server</c> changes about checks and agents (management guide section 9.3).</summary>
internal static class SetServerChecks
{
    /// <summary>An address or a port is not there.</summary>
    private static bool IsMissing(AdminRequest request)
    {
        string word = request.Argument(1);
        string? what = word.EndsWith("-addr", StringComparison.Ordinal) ? "an address and optionally a port"
            : word.EndsWith("-port", StringComparison.Ordinal) ? "a port"
            : null;
        if (what is null || request.Argument(2).Length > 0) return false;
        request.Refuse($"set server <b>/<s> {word} requires {what}.");
        return true;
    }

    public static void Target(AdminRequest request, Server server)
    {
        if (IsMissing(request)) return;
        if (!server.IsChecked)
        {
            request.Refuse("health checks are not enabled on this server");
            return;
        }
        int at = 2;
        SocketAddress? address = null;
        if (request.Argument(1) == "check-addr")
        {
            if (!AddressText.TryParse(request.Argument(at), out SocketAddress parsed))
            {
                request.Refuse($"invalid addr '{request.Argument(at)}'");
                return;
            }
            address = parsed;
            at = request.Argument(at + 1) == "port" ? at + 2 : -1;
        }
        int? port = null;
        if (at >= 0 && !TryReadPort(request, request.Argument(at), out port)) return;
        request.Do(_ =>
        {
            if (address is { } changed) server.Check.Address = changed;
            if (port is { } number) server.Check.Port = number;
        });
    }

    private static bool TryReadPort(AdminRequest request, string text, out int? port)
    {
        port = null;
        if (!int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number))
        {
            request.Refuse("provided port is not an integer");
            return false;
        }
        port = number;
        if (number is >= 0 and <= ushort.MaxValue) return true;
        request.Refuse("provided port is invalid");
        return false;
    }

    public static void Agent(AdminRequest request, Server server, string value)
    {
        if (IsMissing(request)) return;
        string word = request.Argument(1);
        if (!server.HasAgent)
        {
            string end = word is "agent" or "agent-send" ? "." : "";
            request.Refuse($"agent checks are not enabled on this server{end}");
            return;
        }
        switch (word)
        {
            case "agent" when value is "up" or "down":
                request.Do(world => AgentSays(world, server, value == "up"));
                break;
            case "agent":
                request.Refuse("'set server <srv> agent' expects 'up' or 'down'.");
                break;
            case "agent-addr":
                MoveAgent(request, server, value);
                break;
            case "agent-port":
                if (TryReadPort(request, value, out int? port)) request.Do(_ => server.Agent.Port = port ?? 0);
                break;
            default:
                request.Do(_ => server.Agent.Program = ServerFollowers.AgentProgram(value));
                break;
        }
    }

    private static void MoveAgent(AdminRequest request, Server server, string value)
    {
        int? port = null;
        if (!AddressText.TryParse(value, out SocketAddress address)) request.Refuse($"invalid addr '{value}'");
        else if (request.Argument(3) != "port" || TryReadPort(request, request.Argument(4), out port))
        {
            request.Do(_ =>
            {
                server.Agent.Address = address;
                if (port is { } number) server.Agent.Port = number;
            });
        }
    }

    private static void AgentSays(World world, Server server, bool up)
    {
        ref CheckRow agent = ref world.Shared.CheckOf(StartHealth.Number(server, agent: true));
        ref CheckRow check = ref world.Shared.CheckOf(StartHealth.Number(server, agent: false));
        agent.Health = up ? server.Agent.HealthMax : 0;
        bool healthy = (check.Flags & CheckFlags.Enabled) == 0 || check.Health >= server.Check.Rise;
        if (!up) ChangeServer.Operation(world, server.Number, ServerOperation.Stopped, ", changed from CLI");
        else if (healthy) ChangeServer.Operation(world, server.Number, ServerOperation.Running, ", changed from CLI");
    }
}
