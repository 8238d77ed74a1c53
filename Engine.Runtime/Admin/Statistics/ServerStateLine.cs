using System.Globalization;
using System.Text;
using Engine.Data.Configuration;
using Engine.Data.Health;
using Engine.Data.Kernel;
using Engine.Systems.Health;

namespace Engine.Runtime.Admin.Statistics;

/// <summary>A server's line of <c>show servers state</c>, version 1 (management guide section 9.3).</summary>
internal static class ServerStateLine
{
    public static void Write(EngineAccess engine, Server server, Anonymizer hide, StringBuilder text)
    {
        Proxy backend = engine.Configuration.Proxies[server.Backend];
        ref ServerHealth health = ref engine.Shared.Health(server.Number);
        ref CheckRow check = ref engine.Shared.CheckOf(StartHealth.Number(server, agent: false));
        ref CheckRow agent = ref engine.Shared.CheckOf(StartHealth.Number(server, agent: true));
        SocketAddress address = engine.Worlds[0].Targets[(uint)server.Number].Address;
        string shown = server.Path is null ? Text(address) : "-";
        long age = CollectStats.Seconds(EngineAccess.NowNanoseconds - health.ChangedNanoseconds);
        const CheckFlags told = CheckFlags.Running | CheckFlags.Configured | CheckFlags.Enabled | CheckFlags.Paused
            | CheckFlags.Agent;
        text.Append(
            CultureInfo.InvariantCulture,
            $"{backend.Id} {hide.Name(backend.Name)} {server.Id} {hide.Name(server.Name)} {hide.Address(shown)} {(int)health.State} {(int)health.Admin} "
            + $"{health.UserWeight} {health.InitialWeight} {age} {(int)check.Status} {(int)check.Verdict} {check.Health} "
            + $"{(int)(check.Flags & told)} {(int)(agent.Flags & told)} {Bit(backend.HasGivenId)} {Bit(server.HasGivenId)} "
            + $"{(server.HostName is null ? "-" : hide.Name(server.HostName))} {(server.MapsPort ? server.PortOffset : address.Port)} - "
            + $"{UsesTls(server)} {server.Check.Port} {Text(server.Check.Address)} {Text(server.Agent.Address)} {server.Agent.Port}\n");
    }

    /// <summary>-1 is what <c>no-ssl</c> says.</summary>
    private static int UsesTls(Server server) => server.Tls is { ForTraffic: true } ? 1 : server.RefusesTls ? -1 : 0;

    private static int Bit(bool holds) => holds ? 1 : 0;

    private static string Text(in SocketAddress address) =>
        address.Family == AddressFamily.Unspecified ? "-" : ServerStatus.AddressText(address);
}
