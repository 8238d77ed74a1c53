using System;
using System.Globalization;
using System.Runtime.CompilerServices;
using Engine.Data.Configuration;
using Engine.Data.Health;
using Engine.Data.Kernel;
using Engine.Runtime.Configuration;
using Engine.Runtime.Configuration.Keywords;
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
        "set server", AdminLevel.Admin, "<bk>/<srv> [opts]", Run, "change a server's state, weight, address, name or ssl");

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
                SetServerChecks.Target(request, server);
                break;
            case "agent" or "agent-addr" or "agent-port" or "agent-send":
                SetServerChecks.Agent(request, server, value);
                break;
            case "fqdn":
                request.Refuse(value.Length == 0
                    ? "set server <b>/<s> fqdn requires a FQDN."
                    : "set server <b>/<s> fqdn failed because no resolution is configured.");
                break;
            case "name":
                Rename(request, server, value);
                break;
            case "ssl":
                SwitchTls(request, server, value);
                break;
            default:
                request.Refuse(Usage);
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
                request.Refuse("'set server <srv> state' expects 'ready', 'drain' and 'maint'.");
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
            request.Refuse("cannot change health on a tracking server.");
            return;
        }
        if (next is not { } state)
        {
            request.Refuse("'set server <srv> health' expects 'up', 'stopping', or 'down'.");
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
            request.Refuse("set server <b>/<s> addr requires an address and optionally a port.");
            return;
        }
        if (!AddressText.TryParse(text, out SocketAddress address))
        {
            request.Refuse($"Invalid addr '{text}'");
            return;
        }
        SocketAddress before = request.Engine.Worlds[0].Targets[(uint)server.Number].Address;
        if (before.Family is not (AddressFamily.Inet or AddressFamily.Inet6))
        {
            request.Refuse("Update for the current server address family is only supported through configuration file.");
            return;
        }
        address.Port = before.Port;
        bool maps = server.MapsPort;
        int offset = server.PortOffset;
        string refused = "";
        if (request.Argument(3) == "port" && !TryReadPort(request, server, ref address, ref maps, ref offset, out refused)) return;
        string changes = Changes(
            before, address, Port(before, server.MapsPort, server.PortOffset), Port(address, maps, offset));
        if (changes.Length > 0) changes += refused;
        if (changes.Length == 0)
        {
            request.Warn("nothing changed");
            return;
        }
        // Every thread has the addresses laid out for itself.
        request.DoOnAll(world =>
        {
            server.PortOffset = offset;
            server.MapsPort = maps;
            MoveServer.Run(world, server.Number, address);
        });
        Proxy backend = request.Engine.Configuration.Proxies[server.Backend];
        DynamicCookies.Renew(backend, server, address);
        server.MovedTo = address;
        if (server.HashKey != ServerHashKey.Id)
            TurnSequence.Renew(request.Engine.Configuration, request.Engine.Shared, backend);
        request.Warn($"{changes} by 'stats socket command'");
    }

    /// <summary>A port, or with a sign what is added to the one that the client reached. False after an answer.</summary>
    private static bool TryReadPort(
        AdminRequest request, Server server, ref SocketAddress address, ref bool maps, ref int offset, out string refused)
    {
        refused = "";
        string text = request.Argument(4);
        if (!int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number)
            || number is < -ushort.MaxValue or > ushort.MaxValue)
        {
            request.Refuse($"problem converting port '{text}' to an int");
            return false;
        }
        bool isMoved = text[0] is '+' or '-';
        if (isMoved && !maps && server.IsChecked && server.Check.Port == 0)
        {
            refused = ", can't change <port> to port map because it is incompatible with current health check port "
                + "configuration (use 'port' statement from the 'server' directive).";
            return true;
        }
        maps = isMoved;
        if (isMoved) offset = number;
        else address.Port = (ushort)number;
        return true;
    }

    private static string Port(in SocketAddress address, bool maps, int offset) =>
        maps ? $"+{(ushort)offset}" : $"{address.Port}";

    private static string Changes(in SocketAddress before, in SocketAddress after, string portBefore, string portAfter)
    {
        string from = ServerStatus.AddressText(before);
        string to = ServerStatus.AddressText(after);
        string text = from == to ? "" : $"IP changed from '{from}' to '{to}'";
        if (portBefore == portAfter) return text;
        string port = $"port changed from '{portBefore}' to '{portAfter}'";
        return text.Length == 0 ? port : $"{text}, {port}";
    }

    private static void Rename(AdminRequest request, Server server, string name)
    {
        CompiledConfiguration configuration = request.Engine.Configuration;
        Proxy backend = configuration.Proxies[server.Backend];
        if (name.Length == 0) request.Refuse("set server <b>/<s> name requires a new name.");
        else if (ServerKeyword.Forbidden(name) is not null) request.Refuse("Server name contains invalid characters.");
        else if ((request.Engine.Shared.Health(server.Number).Admin & ServerAdmin.Maintenance) == 0)
            request.Refuse("Server must be in maintenance mode to be renamed (set server <b>/<s> state maint).");
        else if (AddedServerCommands.IsNamed(backend, server))
        {
            request.Refuse("Cannot rename: server's name is statically referenced (use-server, track, or sample argument).");
        }
        else if (name != server.Name && Array.Exists(backend.Servers, number => configuration.Servers[number].Name == name))
            request.Refuse("A server with the same name already exists in this backend.");
        else
        {
            AddedServers.Rename(configuration, server, name);
            AddedServerCommands.RenewNames(configuration, backend);
            request.Notify("Server name updated.");
        }
    }

    /// <summary>Connections that are kept are of the other kind: they are closed.</summary>
    private static void SwitchTls(AdminRequest request, Server server, string state)
    {
        if (server.IsAdded) request.Refuse("'set server <srv> ssl' not supported on dynamic servers");
        else if (server.Tls is not { } tls)
        {
            request.Refuse("'set server <srv> ssl' cannot be set.  default-server should define ssl settings");
        }
        else if (state is not ("on" or "off")) request.Refuse("'set server <srv> ssl' expects 'on' or 'off'.");
        else
        {
            request.DoOnAll(world =>
            {
                tls.ForTraffic = state == "on";
                server.RefusesTls = false;
                ServerPools.CloseIdle(world, server.Number);
            });
            request.Inform("server ssl setting updated.");
        }
    }
}
