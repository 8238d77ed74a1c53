using System;
using System.Threading;
using Engine.Data.Configuration;
using Engine.Data.Connections;
using Engine.Data.Logs;
using Engine.Data.Messages;
using Engine.Data.Profiling;
using Engine.Data.Rules;
using Engine.Data.Samples;
using Engine.Data.Streams;
using Engine.Data.Tables;
using Engine.Data.Worlds;
using Engine.Systems.Connections;
using Engine.Systems.Http1;
using Engine.Systems.Logs;
using Engine.Systems.Pages;
using Engine.Systems.Persist;
using Engine.Systems.Queue;
using Engine.Systems.Rules;
using Engine.Systems.Sticky;
using Engine.Systems.Streams;
using Engine.Systems.Timers;

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
            world.Profile.BeginStream(WorkKind.EvaluateRules, list, row);
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
        scope.Request = stream.Head;
        HoldRules.KeepScratch(world, row, in stream, ref scope);
        Proxy frontend = scope.Frontend;
        RuleStage stage = HoldRules.StageOf(world, row, ref stream);
        if (frontend.Captures is { } captures && (stream.Flags & StreamFlags.RulesPaused) == 0)
            captures.Reset(scope.Captures);
        if (stage <= RuleStage.FrontendContent && frontend.TcpRequestRules is { } content
            && !Inspect(world, row, ref stream, ref scope, content, RuleStage.FrontendContent, frontend.RequestInspectMs))
        {
            return;
        }
        if (stage <= RuleStage.FrontendContent && stream.Head != null)
        {
            CountTracked.Request(world, row, in stream);
            if (scope.Configuration.Globals.CountsRates)
                world.Shared.Proxy(stream.Frontend).RequestRate.Add(world.NowMs);
        }
        if (stage <= RuleStage.FrontendContent && frontend.Captures is { } plan && stream.Head != null)
            CaptureFields.OfRequest(plan, scope.Captures, stream.Head);

        // Made now: its format may look at the request, whose head is gone when the id is told later.
        if (stage <= RuleStage.FrontendContent && frontend.UniqueIdFormat is not null) UniqueId.TryTake(ref scope, out _);
        if (stage <= RuleStage.FrontendRequest && !frontend.MonitorUri.IsEmpty
            && AnswerMonitor.Run(world, row, ref stream, ref scope))
        {
            return;
        }
        if (stage <= RuleStage.FrontendBody && !BeginRequest(world, row, ref stream, ref scope, frontend, RuleStage.FrontendBody))
            return;
        if (stage <= RuleStage.FrontendRequest && frontend.HttpRequestRules is { } rules
            && !Apply(world, row, ref stream, ref scope, rules, RuleStage.FrontendRequest))
        {
            return;
        }
        if (stage <= RuleStage.FrontendPage && frontend.Stats is { } page
            && ServePage.TryRun(world, row, ref stream, ref scope, page, RuleStage.FrontendPage))
        {
            return;
        }
        if (stage <= RuleStage.Switching && !EnterBackend(world, row, ref stream, ref scope)) return;
        Proxy backend = scope.Backend!;
        if (backend != frontend)
        {
            if (stage <= RuleStage.BackendContent && backend.TcpRequestRules is { } theirs
                && !Inspect(world, row, ref stream, ref scope, theirs, RuleStage.BackendContent, backend.RequestInspectMs))
            {
                return;
            }
            if (stage <= RuleStage.BackendBody && !BeginRequest(world, row, ref stream, ref scope, backend, RuleStage.BackendBody))
                return;
            if (stage <= RuleStage.BackendRequest && backend.HttpRequestRules is { } more
                && !Apply(world, row, ref stream, ref scope, more, RuleStage.BackendRequest))
            {
                return;
            }
        }
        if (backend != frontend && backend.Stats is { } own
            && ServePage.TryRun(world, row, ref stream, ref scope, own, RuleStage.BackendPage))
        {
            return;
        }
        Finish(world, row, ref stream, ref scope);
    }

    /// <summary>What options ask for before the rules of a proxy. False when the request was answered, or waits.</summary>
    private static bool BeginRequest(
        World world, uint row, ref Stream stream, ref Evaluation scope, Proxy proxy, RuleStage stage)
    {
        if (stream.Head == null) return true;
        const ProxyOptions restricted = ProxyOptions.DeleteFieldNames | ProxyOptions.RejectFieldNames;
        if ((proxy.Options & restricted) != 0 && !RestrictNames.Run(stream.Head, proxy.Options))
        {
            world.ProxyCounters[stream.Frontend].DeniedRequests++;
            world.ListenerOf(stream).DeniedRequests++;
            if ((stream.Flags & StreamFlags.Counted) != 0) world.ProxyCounters[stream.Backend].BackendDeniedRequests++;
            CountTracked.Error(world, row, in stream);
            FailStream.Run(world, row, ref stream, 403, 'P', 'R');
            return false;
        }
        return (proxy.Options & ProxyOptions.HttpBufferRequest) == 0
            || BufferRequest.Run(world, row, ref stream, ref scope, stage);
    }

    /// <summary>What is added behind all rules; then the request goes to look for a server.</summary>
    private static void Finish(World world, uint row, ref Stream stream, ref Evaluation scope)
    {
        Proxy frontend = scope.Frontend;
        Proxy backend = scope.Backend!;
        CaptureFields.RequestCookie(frontend.Captures, scope.Captures, stream.Head);
        // Made now, while what it may be made from is there, whoever asks for it later.
        if (stream.Head != null && frontend.UniqueIdFormat is not null && UniqueId.TryTake(ref scope, out ByteView id)
            && !frontend.UniqueIdHeader.IsEmpty && !EditFields.Add(stream.Head, frontend.UniqueIdHeader, id))
        {
            FailStream.Run(world, row, ref stream, 500, 'P', 'R');
            return;
        }
        if (stream.Head != null && !AddOrigin(ref scope, frontend, backend))
        {
            FailStream.Run(world, row, ref stream, 500, 'P', 'R');
            return;
        }
        if (backend.ServerRules.Length > 0) ServerRules.Choose(world, row, ref stream, ref scope);
        if (backend.Cookie is { } cookie && stream.Head != null
            && !ReadRequestCookie.Run(world, row, ref stream, ref scope, cookie))
        {
            FailStream.Run(world, row, ref stream, 500, 'P', 'R');
            return;
        }
        if (backend.PersistToken is { } token) ReadServerToken.Run(world, row, ref stream, ref scope, token);
        if (backend.StickRules.Length > 0) ApplyStickRules.OfRequest(world, row, ref stream, ref scope);
        bool ruled = frontend.HttpRequestRules != null || backend.HttpRequestRules != null;
        if (ruled && stream.Head != null && HeadSize.Of(stream.Head) + HeadSize.SaidMax > world.Configuration.Globals.BufferSize)
        {
            FailStream.Run(world, row, ref stream, 500, 'P', 'R');
            return;
        }
        stream.RetriesLeft = (short)StreamTimeouts.Retries(world, ref stream);
        ListStream.To(world.ToPick, StreamState.Picking, row, ref stream);
    }

    /// <summary>Fields that tell where the request came from. False when the head has no room for them.</summary>
    private static bool AddOrigin(ref Evaluation scope, Proxy frontend, Proxy backend)
    {
        if (!AddEarlyData.Run(ref scope)) return false;
        if (backend.Forwarded is { } forwarded && !AddForwarded.Run(ref scope, forwarded)) return false;
        return AddForwardedFor.Run(ref scope, frontend, backend) && AddForwardedFor.Destination(ref scope, frontend, backend);
    }

    /// <summary>Chooses the backend. False when there is none: the request was failed.</summary>
    private static bool EnterBackend(World world, uint row, ref Stream stream, ref Evaluation scope)
    {
        int number = Switch(ref scope, scope.Frontend);
        if (number < 0)
        {
            world.ProxyCounters[stream.Frontend].FailedRequests++;
            world.ListenerOf(stream).FailedRequests++;
            FailStream.Run(world, row, ref stream, 503, 'S', 'C');
            return false;
        }
        Enter(world, row, ref stream, ref scope, number);
        return true;
    }

    /// <summary>
    /// The client left while the body of its request was awaited: the line tells where the request would have gone, as
    /// it does of any that was given up on the way.
    /// </summary>
    internal static void EnterGivenUp(World world, uint row, ref Stream stream, ref Evaluation scope)
    {
        if (stream.Backend >= 0) return;
        int number = Switch(ref scope, scope.Frontend);
        if (number >= 0) Enter(world, row, ref stream, ref scope, number);
    }

    private static void Enter(World world, uint row, ref Stream stream, ref Evaluation scope, int number)
    {
        Proxy backend = world.Configuration.Proxies[number];
        scope.Backend = backend;
        if (number != stream.Frontend && (stream.Flags & StreamFlags.HasOwnTimeouts) != 0)
            StreamTimeouts.EnterBackend(ref world.OwnTimeouts[row]);
        JoinBackend.Run(world, ref stream, backend);
        if (scope.Configuration.Globals.CountsRates) world.Shared.Proxy(number).BackendSessionRate.Add(world.NowMs);
        if (backend.PersistenceRules.Length > 0 || backend.ServerRules.Length > 0)
            ServerRules.Begin(world, row, ref stream, ref scope);
    }

    private static int Switch(ref Evaluation scope, Proxy frontend)
    {
        Proxy[] proxies = scope.Configuration.Proxies;
        foreach (SwitchingRule rule in frontend.SwitchingRules)
        {
            if (!RunRules.Matches(ref scope, rule.Condition)) continue;
            int number = rule.Name is null ? rule.Backend : FindNamed(ref scope, rule.Name, frontend);
            // A name that is no backend's ends the rules; one of a disabled backend does not (manual, use_backend).
            if (number < 0) break;
            if (IsOpen(ref scope, frontend, proxies[number])) return number;
        }
        int other = frontend.DefaultBackend;
        return other < 0 || IsOpen(ref scope, frontend, proxies[other]) ? other : -1;
    }

    /// <summary>Whether rules may choose a backend. A listen section's own is always open to it.</summary>
    private static bool IsOpen(ref Evaluation scope, Proxy frontend, Proxy backend)
    {
        if (backend == frontend || (!backend.Disabled && !Volatile.Read(ref backend.Unpublished))) return true;
        foreach (Condition condition in frontend.ForcedSwitching)
            if (RunRules.Matches(ref scope, condition)) return true;
        return false;
    }

    private static int FindNamed(ref Evaluation scope, LogProgram format, Proxy frontend)
    {
        if (!MakeText.TryRun(ref scope, format, out ByteView name)) return -1;
        int number = scope.Configuration.BackendNames!.Find(name.Span);
        if (number < 0) return -1;
        Proxy backend = scope.Configuration.Proxies[number];
        bool suits = backend.Mode == frontend.Mode && backend != frontend;
        return suits ? number : -1;
    }

    /// <summary>Rules that may wait for more of the message. False when they do, or when they ended the request.</summary>
    private static bool Inspect(
        World world, uint row, ref Stream stream, ref Evaluation scope, RuleProgram rules, RuleStage stage, uint delayMs)
    {
        scope.InputMayGrow = HoldRules.MayGrow(world, row, ref stream, stage, delayMs);
        RuleVerdict verdict = default;
        int scratchUsed = scope.Scratch.Used;
        HoldRules.Recall(world, row, ref stream, stage, ref verdict);
        RunRules.Run(ref scope, rules, ref verdict);
        scope.InputMayGrow = false;
        if (verdict.Kind == RuleVerdictKind.Wait)
        {
            HoldRules.ForClient(world, row, ref stream, stage, verdict.NextStep, delayMs, scratchUsed);
            return false;
        }
        return Passes(world, row, ref stream, ref scope, verdict);
    }

    /// <summary>False when the rules ended the request.</summary>
    private static bool Apply(
        World world, uint row, ref Stream stream, ref Evaluation scope, RuleProgram rules, RuleStage stage)
    {
        RuleVerdict verdict = default;
        HoldRules.Recall(world, row, ref stream, stage, ref verdict);
        HoldRules.Tell(world, row, ref stream, stage, ref scope);
        RunRules.Run(ref scope, rules, ref verdict);
        if (scope.FailedEdits > 0) CountFailedEdits.Run(world, ref stream, ref scope);
        if (scope.Hinted) ListConnection.ToSend(world, stream.Client, ref world.Connection[stream.Client]);
        if (verdict.Kind == RuleVerdictKind.Wait)
        {
            if (!stream.Request.Done) BufferRequest.AskForBody(world, ref stream);
            HoldRules.ForAction(world, row, ref stream, stage, verdict, scope.Scratch.Used);
            return false;
        }
        return Passes(world, row, ref stream, ref scope, verdict);
    }

    private static bool Passes(
        World world, uint row, ref Stream stream, ref Evaluation scope, in RuleVerdict verdict)
    {
        HoldRules.Release(ref stream);
        if (verdict.Kind == RuleVerdictKind.Continue) return true;
        if (verdict.Kind == RuleVerdictKind.ClientGone) EnterGivenUp(world, row, ref stream, ref scope);
        EndByRule.Run(world, row, ref stream, verdict, 'R');
        return false;
    }
}
