using System.Globalization;
using Engine.Data.Configuration;
using Engine.Data.Health;
using Engine.Data.Kernel;
using Engine.Runtime.Configuration.Keywords.Checks;

namespace Engine.Runtime.Health;

/// <summary>Where checks and agents go, as a state file says it: what the Runtime API had set when it was written.</summary>
internal static class LoadedTargets
{
    private const int CheckPort = 21;
    private const int CheckAddress = 22;
    private const int AgentAddress = 23;
    private const int AgentPort = 24;

    /// <summary>What is wrong; null: nothing. The agent's is not looked at behind a fault.</summary>
    public static string? Take(Server server, string[] fields, CheckFlags check, CheckFlags agent) =>
        Take(server.Check, Field(fields, CheckAddress, "-"), Field(fields, CheckPort, "0"), check, "health")
        ?? Take(server.Agent, Field(fields, AgentAddress, "-"), Field(fields, AgentPort, "0"), agent, "agent");

    private static string? Field(string[] fields, int at, string none) => at < fields.Length && fields[at] != none ? fields[at] : null;

    private static string? Take(CheckSettings settings, string? address, string? port, CheckFlags flags, string kind)
    {
        if (address is null && port is null) return null;
        if ((flags & CheckFlags.Enabled) == 0) return $"{kind} checks are not enabled on this server";
        SocketAddress target = default;
        int number = 0;
        if (address is not null && !AddressText.TryParse(address, out target)) return $"invalid addr '{address}'";
        if (port is not null && !int.TryParse(port, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number))
            return "provided port is not an integer";
        if (number is < 0 or > ushort.MaxValue) return "provided port is invalid";
        if (address is not null) settings.Address = target;
        if (port is not null) settings.Port = number;
        return null;
    }
}
