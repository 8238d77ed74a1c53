using System;
using Engine.Data.Configuration;
using Engine.Data.Connections;
using Engine.Data.Messages;
using Engine.Data.Profiling;
using Engine.Data.Rules;
using Engine.Data.Samples;
using Engine.Data.Streams;
using Engine.Data.Tables;
using Engine.Data.Worlds;
using Engine.Systems.Forward;
using Engine.Systems.Persist;
using Engine.Systems.Rules;
using Engine.Systems.Sticky;
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
            world.Profile.BeginStream(WorkKind.EvaluateResponseRules, list, row);
            try
            {
                Evaluate(world, row, ref stream);
            }
            catch (Exception fault)
            {
                Quarantine.Stream(world, row, fault);
            }
            world.Profile.End();
        }
        list.Clear();
    }

    private static void Evaluate(World world, uint row, ref Stream stream)
    {
        BuildScope.Run(world, row, ref stream, out Evaluation scope);
        scope.Response = stream.Head;
        scope.InResponse = true;
        HoldRules.KeepScratch(world, row, in stream, ref scope);
        RuleStage stage = HoldRules.HoldsAction(world, row, in stream) ? world.Pauses[row].Stage : RuleStage.ResponseContent;
        if (stage == RuleStage.ResponseContent)
        {
            if (scope.Backend!.TcpResponseRules is { } content && !Inspect(world, row, ref stream, ref scope, content)) return;
            if (world.Configuration.StoredKeysSize > 0) ApplyStickRules.OfResponse(world, row, ref stream, ref scope);
        }
        if (stream.Head == null)
        {
            stream.State = StreamState.Relaying;
            ListStream.ToForward(world, row, ref stream);
            return;
        }
        if (stage <= RuleStage.BackendResponse && scope.Backend!.HttpResponseRules is { } first
            && !Apply(world, row, ref stream, ref scope, first, RuleStage.BackendResponse))
        {
            return;
        }
        if (scope.Frontend != scope.Backend && scope.Frontend.HttpResponseRules is { } second
            && !Apply(world, row, ref stream, ref scope, second, RuleStage.FrontendResponse))
        {
            return;
        }
        CaptureFields.ResponseCookie(scope.Frontend.Captures, scope.Captures, stream.Head);
        if ((scope.Backend!.Options & ProxyOptions.CheckCache) != 0 && !CheckCache.Allows(stream.Method, stream.Head))
        {
            world.ProxyCounters[stream.Backend].DeniedResponses++;
            world.ListenerOf(stream).DeniedResponses++;
            FailStream.Run(world, row, ref stream, 502, 'P', 'H');
            return;
        }
        if ((stream.Flags & StreamFlags.HasPersistence) != 0 && scope.Backend!.Cookie is { } cookie
            && !WriteResponseCookie.Run(world, row, ref stream, ref scope, cookie))
        {
            FailStream.Run(world, row, ref stream, 500, 'P', 'H');
            return;
        }
        bool edited = !EditAnswer.HasRules(world, ref stream) || EditAnswer.Apply(ref scope);
        if (scope.FailedEdits > 0) CountFailedEdits.Run(world, ref stream, ref scope);
        if (!edited)
        {
            FailStream.Run(world, row, ref stream, 500, 'P', 'H');
            return;
        }
        KeepFraming(ref stream);
        SerialiseResponse.Run(world, row, ref stream);
    }

    /// <summary>
    /// A rule gave the answer a status that has no body while one follows, or the other way round: what comes behind it
    /// could be read as the next answer, so nothing does (RFC 9112 section 6.3).
    /// </summary>
    private static void KeepFraming(ref Stream stream)
    {
        bool isBare = stream.Head->Status is 204 or 304 or (>= 100 and < 200);
        if (isBare && stream.Response.Kind != BodyKind.None && stream.Response.Kind != BodyKind.Tunnel)
            stream.Flags &= ~StreamFlags.ClientKeepAlive;
    }

    /// <summary>False when the rules wait, or ended the exchange.</summary>
    private static bool Apply(
        World world, uint row, ref Stream stream, ref Evaluation scope, RuleProgram rules, RuleStage stage)
    {
        RuleVerdict verdict = default;
        HoldRules.Recall(world, row, ref stream, stage, ref verdict);
        HoldRules.Tell(world, row, ref stream, stage, ref scope);
        RunRules.Run(ref scope, rules, ref verdict);
        if (scope.FailedEdits > 0) CountFailedEdits.Run(world, ref stream, ref scope);
        if (verdict.Kind == RuleVerdictKind.Wait)
        {
            HoldRules.ForResponse(world, row, ref stream, stage, verdict, ref scope);
            return false;
        }
        HoldRules.Release(ref stream);
        if (verdict.Kind == RuleVerdictKind.Continue) return true;
        EndByRule.Run(world, row, ref stream, verdict, 'H');
        return false;
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
            HoldRules.Pause(world, row, ref stream, RuleStage.ResponseContent, 0, delayMs, scope.Scratch.Used);
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
