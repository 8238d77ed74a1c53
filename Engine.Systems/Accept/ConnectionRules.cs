using System;
using Engine.Data.Configuration;
using Engine.Data.Connections;
using Engine.Data.Rules;
using Engine.Data.Samples;
using Engine.Data.Worlds;
using Engine.Systems.Connections;
using Engine.Systems.Evaluate;
using Engine.Systems.Rules;

namespace Engine.Systems.Accept;

/// <summary>
/// <c>tcp-request connection</c> and <c>tcp-request session</c>: rules about a client before anything of it was read
/// (manual section 4.2).
/// </summary>
public static unsafe class ConnectionRules
{
    /// <summary>Whether the rules let the client in. A fault of our own keeps it out.</summary>
    /// <param name="world">The thread's world.</param>
    /// <param name="client">Row of its connection.</param>
    /// <param name="listener">Where it came.</param>
    /// <param name="rules">The rules.</param>
    /// <param name="preamble">What the client must begin with; a rule may say so.</param>
    /// <param name="isSession">They are those of the session: what they change is not the connection's own.</param>
    public static bool Allow(
        World world, uint client, Listener listener, RuleProgram rules, ref PreambleKind preamble, bool isSession = false)
    {
        try
        {
            BuildScope.OfConnection(world, client, listener, out Evaluation scope);
            if (isSession && scope.Configuration.Globals.SetsSessionAddresses)
                scope.ConnectionAddresses = world.ConnectionAddresses.Address(client);
            RuleVerdict verdict = default;
            RunRules.Run(ref scope, rules, ref verdict);
            if (verdict.IsSilent) AbandonClient.Run(world, client, verdict);
            if (verdict.Expects != PreambleKind.None) preamble = verdict.Expects;
            return verdict.Kind == RuleVerdictKind.Continue;
        }
        catch (Exception fault)
        {
            world.Counters->Faults++;
            world.LastFault = fault;
            return false;
        }
    }
}
