using System;
using System.Globalization;
using System.Text;
using Engine.Data.Configuration;
using Engine.Data.Health;
using Engine.Data.Kernel;
using Engine.Data.Shared;
using Engine.Data.Text;

namespace Engine.Systems.Health;

/// <summary>The state of a server as the statistics show it (management guide section 9.1, <c>status</c>).</summary>
public static class ServerStatus
{
    /// <summary>The server whose checks decide: itself, or at the end of what it tracks.</summary>
    public static Server Judged(CompiledConfiguration configuration, Server server)
    {
        Server judged = server;
        for (int links = 0; judged.Tracks >= 0 && links < configuration.Servers.Length; links++)
            judged = configuration.Servers[judged.Tracks];
        return judged;
    }

    /// <summary><c>UP</c>, <c>UP 1/3</c>, <c>DOWN</c>, <c>NOLB</c>, <c>MAINT (via b/s)</c>, <c>DRAIN</c>, <c>no check</c> ...</summary>
    public static string Text(CompiledConfiguration configuration, SharedWorld shared, Server server)
    {
        ref ServerHealth health = ref shared.Health(server.Number);
        if ((health.Admin & ServerAdmin.Maintenance) != 0) return Maintenance(configuration, server, health);
        Server judged = Judged(configuration, server);
        ref CheckRow check = ref shared.CheckOf(StartHealth.Number(judged, agent: false));
        ref CheckRow agent = ref shared.CheckOf(StartHealth.Number(judged, agent: true));
        bool checks = (check.Flags & CheckFlags.Enabled) != 0;
        bool asks = (agent.Flags & CheckFlags.Enabled) != 0;
        if (health.State == ServerOperation.Stopped)
        {
            if (asks && agent.Health < judged.Agent.Rise) return "DOWN (agent)";
            return checks && check.Health > 0 ? $"DOWN {check.Health}/{judged.Check.Rise}" : "DOWN";
        }
        bool drained = (health.Admin & ServerAdmin.Drain) != 0;
        if (drained && asks) return "DRAIN (agent)";
        string word = drained ? "DRAIN" : health.State == ServerOperation.Stopping ? "NOLB" : "UP";
        if (!checks) return server.Tracks < 0 && word == "UP" ? "no check" : word;
        // Below its rise it was not tested yet: what is told is 0 or less.
        if (check.Health == judged.Check.HealthMax) return word;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{word} {check.Health - judged.Check.Rise + 1}/{judged.Check.Fall}");
    }

    /// <summary>An address without its port; empty for a unix socket.</summary>
    public static string AddressText(in SocketAddress address)
    {
        Span<byte> text = stackalloc byte[WriteAddress.Ipv6Max];
        int length = address.Family switch
        {
            AddressFamily.Inet => WriteAddress.Ipv4(text, address.AddressBytes),
            AddressFamily.Inet6 => WriteAddress.Ipv6(text, address.AddressBytes),
            _ => 0,
        };
        return Encoding.ASCII.GetString(text[..length]);
    }

    private static string Maintenance(CompiledConfiguration configuration, Server server, in ServerHealth health)
    {
        if ((health.Admin & ServerAdmin.UnresolvedMaintenance) != 0) return "MAINT (resolution)";
        if ((health.Admin & ServerAdmin.ForcedMaintenance) != 0 || server.Tracks < 0) return "MAINT";
        Server tracked = configuration.Servers[server.Tracks];
        return $"MAINT (via {configuration.Proxies[tracked.Backend].Name}/{tracked.Name})";
    }
}
