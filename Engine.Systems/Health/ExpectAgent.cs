using System;
using System.Text;
using Engine.Data.Configuration;
using Engine.Data.Health;
using Engine.Data.Shared;
using Engine.Data.Worlds;
using Engine.Systems.Balance;

namespace Engine.Systems.Health;

/// <summary>What an agent says of its server, a line of words (manual section 5.2, <c>agent-check</c>).</summary>
public static class ExpectAgent
{
    public static ExpectResult Run(World world, int number, ref CheckRow check)
    {
        ReadOnlySpan<byte> input = CheckConnection.Input(world, ref check);
        int end = input.IndexOfAny((byte)'\r', (byte)'\n');
        // A line without its end may have lost words: the reference waits for the rest, in vain.
        if (end < 0) return ExpectResult.Wait;
        AgentWords words = AgentWords.Read(Encoding.Latin1.GetString(input[..end]));
        Server server = world.Configuration.Servers[number / SharedWorld.ChecksPerServer];
        Apply(world, server, words);
        if (words.Unknown is { } unknown && words.Operation is null)
        {
            CheckFinding.Set(ref check, CheckStatus.Checked, 0, $"agent reports an error : {unknown}");
            return ExpectResult.Failed;
        }
        string because = words.Description.Length > 0 ? $" ({words.Description})" : "";
        string text = words.Operation is null ? "" : $"via agent : {words.Operation}{because}";
        CheckFinding.Set(ref check, words.Status, 0, text);
        return words.Status == CheckStatus.Layer7Status ? ExpectResult.Failed : ExpectResult.Passed;
    }

    private static void Apply(World world, Server server, in AgentWords words)
    {
        ref ServerHealth health = ref world.Shared.Health(server.Number);
        if (words.Weight is { } weight)
        {
            long value = words.WeightIsRelative ? Math.Min(256, (long)health.InitialWeight * weight / 100) : weight;
            bool isRefused = value > 256
                || (value != 0 && value != health.InitialWeight
                    && ChooseServer.HasFixedWeights(world.Configuration.Proxies[server.Backend]));
            if (!isRefused && value != health.UserWeight) ChangeServer.Weight(world, server.Number, (int)value);
        }
        if (words.MaxConnections is { } limit) ChangeServer.Limit(world, server.Number, limit);
        switch (words.Wanted)
        {
            case "ready":
                ChangeServer.Admin(
                    world, server.Number, ServerAdmin.None, ServerAdmin.ForcedMaintenance | ServerAdmin.ForcedDrain);
                break;
            case "drain":
                ChangeServer.Admin(world, server.Number, ServerAdmin.ForcedDrain, ServerAdmin.ForcedMaintenance);
                break;
            case "maint":
                ChangeServer.Admin(world, server.Number, ServerAdmin.ForcedMaintenance, ServerAdmin.None);
                break;
        }
    }
}
