using System;
using System.Globalization;
using System.Runtime.CompilerServices;
using Engine.Data.Configuration;
using Engine.Data.Health;
using Engine.Data.Kernel;
using Engine.Data.Worlds;
using Engine.Systems.Balance;
using Engine.Systems.Connect;
using Engine.Systems.Health;
using Engine.Systems.Persist;

namespace Engine.Runtime.Admin.Commands;

/// <summary><c>set server</c> (management guide section 9.3).</summary>
internal static class SetServerCommand
{
    private const string Usage = "usage: set server <backend>/<server> addr | agent | agent-addr | agent-port | "
        + "agent-send | check-addr | check-port | fqdn | health | name | ssl | state | weight";

    [ModuleInitializer]
    internal static void Register() => ServerCommands.Add(
        "set server", AdminLevel.Admin, "<bk>/<srv> [opts]", Run, "change a server's state, weight, address or ssl");

    private static void Run(AdminRequest request)
    {
        if (ServerFinder.Find(request, request.Argument(0)) is not { } server) return;
        string value = request.Argument(2);
        switch (request.Argument(1))
        {
            case "weight":
                ServerCommands.SetWeight(request, server, value);
                break;
            case "state":
                State(request, server, value);
                break;
            case "health":
                Health(request, server, value);
                break;
            case "addr":
                Address(request, server);
                break;
            case "check-port" or "check-addr":
                CheckTarget(request, server);
                break;
            case "agent" or "agent-addr" or "agent-port" or "agent-send":
                Agent(request, server, value);
                break;
            case "fqdn":
                request.Answer("set server <b>/<s> fqdn failed because no resolution is configured.");
                break;
            default:
                request.Answer(Usage);
                break;
        }
    }

    private static void State(AdminRequest request, Server server, string state)
    {
        const ServerAdmin maintenance = ServerAdmin.ForcedMaintenance;
        switch (state)
        {
            case "ready":
                ServerCommands.Change(request, server, ServerAdmin.None, maintenance | ServerAdmin.ForcedDrain);
                break;
            case "drain":
                ServerCommands.Change(request, server, ServerAdmin.ForcedDrain, maintenance);
                break;
            case "maint":
                ServerCommands.Change(request, server, maintenance, ServerAdmin.ForcedDrain);
                break;
            default:
                request.Answer("'set server <srv> state' expects 'ready', 'drain' and 'maint'.");
                break;
        }
    }

    private static void Health(AdminRequest request, Server server, string health)
    {
        ServerOperation? next = health switch
        {
            "up" => ServerOperation.Running,
            "stopping" => ServerOperation.Stopping,
            "down" => ServerOperation.Stopped,
            _ => null,
        };
        if (server.Tracks >= 0)
        {
            request.Answer("cannot change health on a tracking server.");
            return;
        }
        if (next is not { } state)
        {
            request.Answer("'set server <srv> health' expects 'up', 'stopping', or 'down'.");
            return;
        }
        request.Do(world =>
        {
            ref CheckRow check = ref world.Shared.CheckOf(StartHealth.Number(server, agent: false));
            if ((check.Flags & CheckFlags.Configured) != 0)
                check.Health = state == ServerOperation.Stopped ? 0 : server.Check.HealthMax;
            ChangeServer.Operation(world, server.Number, state, ", changed from CLI");
        });
    }

    private static void Address(AdminRequest request, Server server)
    {
        string text = request.Argument(2);
        if (text.Length == 0)
        {
            request.Answer("set server <b>/<s> addr requires an address and optionally a port.");
            return;
        }
        if (!AddressText.TryParse(text, out SocketAddress address))
        {
            request.Answer($"Invalid addr '{text}'");
            return;
        }
        SocketAddress before = request.Engine.Worlds[0].Targets[(uint)server.Number].Address;
        if (before.Family == AddressFamily.Unspecified)
        {
            request.Answer(
                "Update for the current server address family is only supported through configuration file.");
            return;
        }
        address.Port = before.Port;
        if (request.Argument(3) == "port")
        {
            string port = request.Argument(4);
            if (!ushort.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out ushort number))
            {
                request.Answer($"Invalid port '{port}'");
                return;
            }
            address.Port = number;
        }
        string changes = Changes(before, address);
        if (changes.Length == 0)
        {
            request.Answer("nothing changed");
            return;
        }
        // Every thread has the addresses laid out for itself.
        request.DoOnAll(world => MoveServer.Run(world, server.Number, address));
        Proxy backend = request.Engine.Configuration.Proxies[server.Backend];
        DynamicCookies.Renew(backend, server, address);
        server.MovedTo = address;
        if (server.HashKey != ServerHashKey.Id)
            TurnSequence.Renew(request.Engine.Configuration, request.Engine.Shared, backend);
        request.Answer($"{changes} by 'stats socket command'");
    }

    private static string Changes(in SocketAddress before, in SocketAddress after)
    {
        string from = ServerStatus.AddressText(before);
        string to = ServerStatus.AddressText(after);
        string text = from == to ? "" : $"IP changed from '{from}' to '{to}'";
        if (before.Port == after.Port) return text;
        string port = $"port changed from '{before.Port}' to '{after.Port}'";
        return text.Length == 0 ? port : $"{text}, {port}";
    }

    /// <summary>An address or a port is not there.</summary>
    private static bool IsMissing(AdminRequest request)
    {
        string word = request.Argument(1);
        string? what = word.EndsWith("-addr", StringComparison.Ordinal) ? "an address and optionally a port"
            : word.EndsWith("-port", StringComparison.Ordinal) ? "a port"
            : null;
        if (what is null || request.Argument(2).Length > 0) return false;
        request.Answer($"set server <b>/<s> {word} requires {what}.");
        return true;
    }

    private static void CheckTarget(AdminRequest request, Server server)
    {
        if (IsMissing(request)) return;
        if (!server.IsChecked)
        {
            request.Answer("health checks are not enabled on this server");
            return;
        }
        int at = 2;
        SocketAddress? address = null;
        if (request.Argument(1) == "check-addr")
        {
            if (!AddressText.TryParse(request.Argument(at), out SocketAddress parsed))
            {
                request.Answer($"invalid addr '{request.Argument(at)}'");
                return;
            }
            address = parsed;
            at++;
            if (request.Argument(at) == "port") at++;
        }
        string port = request.Argument(at);
        bool hasPort = int.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out int number);
        if (port.Length > 0 && (!hasPort || number is < 1 or > 65535))
        {
            request.Answer(hasPort ? "provided port is not valid" : "provided port is not an integer");
            return;
        }
        request.Do(_ =>
        {
            if (address is { } changed) server.Check.Address = changed;
            if (hasPort) server.Check.Port = number;
        });
    }

    private static void Agent(AdminRequest request, Server server, string value)
    {
        if (IsMissing(request)) return;
        if (!server.HasAgent)
        {
            request.Answer("agent checks are not enabled on this server.");
            return;
        }
        switch (request.Argument(1))
        {
            case "agent" when value is "up" or "down":
                request.Do(world => AgentSays(world, server, value == "up"));
                break;
            case "agent":
                request.Answer("'set server <srv> agent' expects 'up' or 'down'.");
                break;
            case "agent-addr" when AddressText.TryParse(value, out SocketAddress address):
                request.Do(_ => server.Agent.Address = address);
                break;
            case "agent-port" when ushort.TryParse(value, CultureInfo.InvariantCulture, out ushort port) && port > 0:
                request.Do(_ => server.Agent.Port = port);
                break;
            case "agent-addr":
                request.Answer("incorrect addr address given for agent.");
                break;
            case "agent-port":
                request.Answer("provided port is not valid.");
                break;
            default:
                request.Answer("cannot allocate memory for new string.");
                break;
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
