using System;
using Engine.Data.Configuration;
using Engine.Data.Connections;
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
        scope.InResponse = true;
        RuleVerdict verdict = default;
        if (scope.Backend!.TcpResponseRules is { } content && !Inspect(world, row, ref stream, ref scope, content)) return;
        if (stream.Head == null)
        {
            stream.State = StreamState.Relaying;
            ListStream.ToForward(world, row, ref stream);
            return;
        }
        if (scope.Backend!.HttpResponseRules is { } first) RunRules.Run(ref scope, first, ref verdict);
        if (verdict.Kind == RuleVerdictKind.Continue && scope.Frontend != scope.Backend
            && scope.Frontend.HttpResponseRules is { } second)
        {
            RunRules.Run(ref scope, second, ref verdict);
        }
        if (verdict.Kind == RuleVerdictKind.Continue) SerialiseResponse.Run(world, row, ref stream);
        else EndByRule.Run(world, row, ref stream, verdict, 'H');
    }

    /// <summary><c>tcp-response content</c>. False when the rules wait for more, or ended the exchange.</summary>
    private static bool Inspect(World world, uint row, ref Stream stream, ref Evaluation scope, RuleProgram rules)
    {
        uint delayMs = stream.Head == null ? scope.Backend!.ResponseInspectMs : 0;
        scope.InputMayGrow = HoldRules.MayGrowResponse(world, row, ref stream, delayMs);
        RuleVerdict verdict = default;
        RunRules.Run(ref scope, rules, ref verdict);
        scope.InputMayGrow = false;
        if (verdict.Kind == RuleVerdictKind.Wait)
        {
            HoldRules.Pause(world, row, ref stream, RuleStage.ResponseContent, 0, delayMs);
            stream.State = StreamState.AwaitingResponse;
            ListStream.ToForward(world, row, ref stream);
            return false;
        }
        HoldRules.Release(ref stream);
        if (verdict.Kind == RuleVerdictKind.Continue) return true;
        if (verdict is { Kind: RuleVerdictKind.Reject, Close: true })
        {
            world.Connection[stream.Server].Flags |= ConnectionFlags.PeerClosed;
            return true;
        }
        EndByRule.Run(world, row, ref stream, verdict, stream.Head == null ? 'D' : 'H');
        return false;
    }
}
