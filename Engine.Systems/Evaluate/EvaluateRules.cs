using System;
using System.Threading;
using Engine.Data.Configuration;
using Engine.Data.Connections;
using Engine.Data.Messages;
using Engine.Data.Rules;
using Engine.Data.Samples;
using Engine.Data.Streams;
using Engine.Data.Tables;
using Engine.Data.Worlds;
using Engine.Systems.Rules;
using Engine.Systems.Streams;

namespace Engine.Systems.Evaluate;

/// <summary>Runs the request rules of frontend and backend and chooses the backend between them (manual section 4.1).</summary>
public static unsafe class EvaluateRules
{
    public static void Run(World world)
    {
        RowList list = world.ToRule;
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
        scope.Request = stream.Head;
        Proxy frontend = scope.Frontend;
        if (frontend.HttpRequestRules is { } rules && !Apply(world, row, ref stream, ref scope, rules)) return;
        int number = Switch(ref scope, frontend);
        if (number < 0)
        {
            world.ProxyCounters[frontend.Number].FailedRequests++;
            FailStream.Run(world, row, ref stream, 503, 'S', 'C');
            return;
        }
        Proxy backend = world.Configuration.Proxies[number];
        EnterBackend(world, ref stream, backend);
        scope.Backend = backend;
        if (backend != frontend && backend.HttpRequestRules is { } more
            && !Apply(world, row, ref stream, ref scope, more)) return;
        if (stream.Head != null && !AddForwardedFor.Run(ref scope, frontend, backend))
        {
            FailStream.Run(world, row, ref stream, 500, 'P', 'R');
            return;
        }
        bool ruled = frontend.HttpRequestRules != null || backend.HttpRequestRules != null;
        if (ruled && stream.Head != null && HeadSize.Of(stream.Head) > world.Configuration.Globals.BufferSize)
        {
            FailStream.Run(world, row, ref stream, 500, 'P', 'R');
            return;
        }
        stream.RetriesLeft = (short)backend.Retries;
        ListStream.To(world.ToPick, StreamState.Picking, row, ref stream);
    }

    private static int Switch(ref Evaluation scope, Proxy frontend)
    {
        foreach (SwitchingRule rule in frontend.SwitchingRules)
            if (RunRules.Matches(ref scope, rule.Condition)) return rule.Backend;
        return frontend.DefaultBackend;
    }

    private static void EnterBackend(World world, ref Stream stream, Proxy backend)
    {
        stream.Backend = backend.Number;
        stream.Flags |= StreamFlags.Counted;
        Interlocked.Increment(ref world.Shared.Proxy(backend.Number).BackendConnections);
        world.ProxyCounters[backend.Number].Sessions++;
    }

    /// <summary>False when the rules ended the request.</summary>
    private static bool Apply(World world, uint row, ref Stream stream, ref Evaluation scope, RuleProgram rules)
    {
        RuleVerdict verdict = default;
        RunRules.Run(ref scope, rules, ref verdict);
        if (verdict.Kind == RuleVerdictKind.Continue) return true;
        EndByRule.Run(world, row, ref stream, verdict, 'R');
        return false;
    }
}
