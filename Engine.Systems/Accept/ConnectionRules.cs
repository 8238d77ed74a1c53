using System;
using Engine.Data.Configuration;
using Engine.Data.Rules;
using Engine.Data.Samples;
using Engine.Data.Worlds;
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
    public static bool Allow(World world, uint client, Listener listener, RuleProgram rules)
    {
        try
        {
            BuildScope.OfConnection(world, client, listener, out Evaluation scope);
            RuleVerdict verdict = default;
            RunRules.Run(ref scope, rules, ref verdict);
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
