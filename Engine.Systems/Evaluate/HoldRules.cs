using Engine.Data.Connections;
using Engine.Data.Kernel;
using Engine.Data.Rules;
using Engine.Data.Samples;
using Engine.Data.Streams;
using Engine.Data.Worlds;
using Engine.Systems.Connections;
using Engine.Systems.Forward;
using Engine.Systems.Samples;
using Engine.Systems.Streams;
using Engine.Systems.Timers;

namespace Engine.Systems.Evaluate;

/// <summary>
/// Rules that cannot decide yet: they wait, for a bounded time, for more of the message, and are evaluated again
/// whenever some of it came (manual section 4.2, <c>tcp-request inspect-delay</c>).
/// </summary>
public static unsafe class HoldRules
{
    private const ConnectionFlags Ended = ConnectionFlags.PeerClosed | ConnectionFlags.Broken;

    /// <summary>Whether rules of this stage may still wait for the client to say more.</summary>
    public static bool MayGrow(World world, uint row, ref Stream stream, RuleStage stage, uint delayMs)
    {
        if (delayMs == 0 || stream.Request.Done || HasExpired(world, row, ref stream, stage)) return false;
        ref Connection client = ref world.Connection[stream.Client];
        return (client.Flags & Ended) == 0 && client.In.Length < world.Configuration.Globals.BufferSize;
    }

    /// <summary>The same for what the server says.</summary>
    public static bool MayGrowResponse(World world, uint row, ref Stream stream, uint delayMs)
    {
        if (delayMs == 0 || HasExpired(world, row, ref stream, RuleStage.ResponseContent)) return false;
        ref Connection server = ref world.Connection[stream.Server];
        return (server.Flags & Ended) == 0 && server.In.Length < world.Configuration.Globals.BufferSize;
    }

    /// <summary>What a stage goes on with: its first rule, or the one it waits at.</summary>
    public static void Recall(World world, uint row, ref Stream stream, RuleStage stage, ref RuleVerdict verdict)
    {
        if (!IsPausedAt(world, row, ref stream, stage)) return;
        verdict.Kind = RuleVerdictKind.Wait;
        verdict.NextStep = world.Pauses[row].NextStep;
        verdict.ByAction = world.Pauses[row].ByAction;
    }

    /// <summary>Tells the rules of a stage what became of their wait.</summary>
    public static void Tell(World world, uint row, ref Stream stream, RuleStage stage, ref Evaluation scope)
    {
        scope.WaitIsOver = HasExpired(world, row, ref stream, stage);
        uint sender = scope.Response == null ? stream.Client : stream.Server;
        scope.InputEnded = (world.Connection[sender].Flags & Ended) != 0;
    }

    /// <summary>What rules made of the head before they waited stays.</summary>
    public static void KeepScratch(World world, uint row, in Stream stream, ref Evaluation scope)
    {
        if ((stream.Flags & StreamFlags.RulesPaused) != 0) scope.Scratch.Resume(world.Pauses[row].ScratchUsed);
    }

    /// <summary>An action of a stage waits, for a time of its own.</summary>
    public static void ForAction(
        World world, uint row, ref Stream stream, RuleStage stage, in RuleVerdict verdict, int scratchUsed)
    {
        PauseAction(world, row, ref stream, stage, verdict, scratchUsed);
        AwaitClient(world, ref stream);
    }

    /// <summary>The same of a response's rules: its server goes on being read, up to a buffer.</summary>
    public static void ForResponse(World world, uint row, ref Stream stream, RuleStage stage, in RuleVerdict verdict, ref Evaluation scope)
    {
        PauseAction(world, row, ref stream, stage, verdict, scope.Scratch.Used);
        world.Pauses[row].InputWhole = stream.Response.Done
            || (BodyInput.TryMeasure(ref scope, ofResponse: true, out _, out bool isWhole, out _) && isWhole);
        stream.State = StreamState.AwaitingResponse;
        ExchangeTimeouts.Progressed(ref world.Connection[stream.Server]);
        ListStream.ToForward(world, row, ref stream);
    }

    /// <summary>Whether the head of the response is there, and its rules wait.</summary>
    public static bool HoldsResponse(in Stream stream) =>
        (stream.Flags & StreamFlags.RulesPaused) != 0 && stream.State == StreamState.AwaitingResponse && stream.Head != null;

    /// <summary>Whether an action waits, which rules that are run again go on with.</summary>
    public static bool HoldsAction(World world, uint row, in Stream stream) =>
        (stream.Flags & StreamFlags.RulesPaused) != 0 && world.Pauses[row].ByAction;

    /// <summary>Whether the server is still read from while a response is held.</summary>
    public static bool TakesMore(World world, uint row, in Stream stream, in Connection server) =>
        !HoldsResponse(stream)
        || (!world.Pauses[row].InputWhole && server.In.Length < world.Configuration.Globals.BufferSize);

    private static void PauseAction(
        World world, uint row, ref Stream stream, RuleStage stage, in RuleVerdict verdict, int scratchUsed)
    {
        bool goesOn = IsPausedAt(world, row, ref stream, stage)
            && world.Pauses[row] is { ByAction: true } pause && pause.NextStep == verdict.NextStep;
        if (!goesOn) Release(ref stream);
        Pause(world, row, ref stream, stage, verdict.NextStep, verdict.WaitMs, scratchUsed);
        world.Pauses[row].ByAction = true;
    }

    /// <summary>The rules of a stage wait. The time starts with the first wait of the stage.</summary>
    public static void Pause(World world, uint row, ref Stream stream, RuleStage stage, int nextStep, uint delayMs, int scratchUsed)
    {
        ref RulePause pause = ref world.Pauses[row];
        if (!IsPausedAt(world, row, ref stream, stage)) pause = new RulePause { Stage = stage };
        stream.Flags |= StreamFlags.RulesPaused;
        pause.NextStep = nextStep;
        pause.ScratchUsed = scratchUsed;
        if (pause.Timed) return;
        pause.Timed = true;
        SetTimeout.Stream(world, row, ref stream, delayMs);
    }

    /// <summary>The rules of the request wait for the client.</summary>
    public static void ForClient(
        World world, uint row, ref Stream stream, RuleStage stage, int nextStep, uint delayMs, int scratchUsed)
    {
        Pause(world, row, ref stream, stage, nextStep, delayMs, scratchUsed);
        AwaitClient(world, ref stream);
    }

    private static void AwaitClient(World world, ref Stream stream)
    {
        stream.State = StreamState.Inspecting;
        ref Connection client = ref world.Connection[stream.Client];
        if (client.In.Length < world.Configuration.Globals.BufferSize)
            ArmReceive.Small(world, stream.Client, ref client, OperationFlags.None);
    }

    /// <summary>A stage is over: its time is, too.</summary>
    public static void Release(ref Stream stream)
    {
        if ((stream.Flags & StreamFlags.RulesPaused) == 0) return;
        stream.Flags &= ~StreamFlags.RulesPaused;
        stream.Timer.Due = 0;
    }

    /// <summary>The client sent something, or its end, while rules wait for it.</summary>
    public static void Resume(World world, uint client, ref Connection connection, uint row, ref Stream stream)
    {
        if ((connection.Flags & ConnectionFlags.Broken) != 0) ClientGone.Run(world, row, ref stream);
        else if ((stream.Flags & StreamFlags.Listed) == 0)
            ListStream.To(world.ToRule, StreamState.Ruling, row, ref stream);
    }

    /// <summary>The time is over: the rules decide now.</summary>
    public static void Expire(World world, uint row, ref Stream stream)
    {
        if ((stream.Flags & (StreamFlags.RulesPaused | StreamFlags.Listed)) != StreamFlags.RulesPaused) return;
        world.Pauses[row].Expired = true;
        bool isRequest = stream.State == StreamState.Inspecting;
        ListStream.To(isRequest ? world.ToRule : world.ToRuleResponse, StreamState.Ruling, row, ref stream);
    }

    /// <summary>The stage in which the rules of a stream go on.</summary>
    public static RuleStage StageOf(World world, uint row, ref Stream stream) =>
        (stream.Flags & StreamFlags.RulesPaused) == 0 ? RuleStage.FrontendContent : world.Pauses[row].Stage;

    private static bool HasExpired(World world, uint row, ref Stream stream, RuleStage stage) =>
        IsPausedAt(world, row, ref stream, stage) && world.Pauses[row].Expired;

    private static bool IsPausedAt(World world, uint row, ref Stream stream, RuleStage stage) =>
        (stream.Flags & StreamFlags.RulesPaused) != 0 && world.Pauses[row].Stage == stage;
}
