using System;
using Engine.Data.Configuration;
using Engine.Data.Rules;
using Engine.Data.Samples;
using Engine.Data.Streams;
using Engine.Data.Tables;
using Engine.Data.Worlds;
using Engine.Systems.Forward;
using Engine.Systems.Rules;
using Engine.Systems.Streams;

namespace Engine.Systems.Evaluate;

/// <summary>Runs the response rules of backend and frontend, then passes the head on.</summary>
public static unsafe class EvaluateResponseRules
{
    public static void Run(World world)
    {
        RowList list = world.ToRuleResponse;
        for (uint i = 0; i < list.Count; i++)
        {
            uint row = list[i];
            ref Stream stream = ref world.Stream[row];
            stream.Flags &= ~StreamFlags.Listed;
            if (stream.State != StreamState.Ruling) continue;
            try
            {
                Evaluate(world, row, ref stream);
            }
            catch (Exception fault)
            {
                Quarantine.Stream(world, row, fault);
            }
        }
        list.Clear();
    }

    private static void Evaluate(World world, uint row, ref Stream stream)
    {
        BuildScope.Run(world, row, ref stream, out Evaluation scope);
        scope.Response = stream.Head;
        RuleVerdict verdict = default;
        if (scope.Backend!.HttpResponseRules is { } first) RunRules.Run(ref scope, first, ref verdict);
        if (verdict.Kind == RuleVerdictKind.Continue && scope.Frontend != scope.Backend
            && scope.Frontend.HttpResponseRules is { } second)
        {
            RunRules.Run(ref scope, second, ref verdict);
        }
        if (verdict.Kind == RuleVerdictKind.Continue) SerialiseResponse.Run(world, row, ref stream);
        else EndByRule.Run(world, row, ref stream, verdict, 'H');
    }
}
