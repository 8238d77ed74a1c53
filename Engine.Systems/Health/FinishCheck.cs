using System;
using System.Globalization;
using System.Text;
using System.Threading;
using Engine.Data.Configuration;
using Engine.Data.Health;
using Engine.Data.Shared;
using Engine.Data.Worlds;

namespace Engine.Systems.Health;

/// <summary>A check is over: what it found is kept and told, the server goes up or down, the next check gets its time.</summary>
public static class FinishCheck
{
    private const int LevelNotice = 5;

    public static void Run(World world, int number, ref CheckRow check)
    {
        CheckConnection.Close(world, ref check);
        Judge(world, number, ref check, check.Found, (int)((world.NowNanoseconds - check.StartedNanoseconds) / 1_000_000));
        Release(world, number, ref check);
    }

    /// <summary>A check that is not wanted now: its next turn comes all the same.</summary>
    public static void Skip(World world, int number, ref CheckRow check) => Release(world, number, ref check);

    /// <summary>Takes a finding, from a check or from traffic, for the health of the server.</summary>
    /// <param name="world">The thread's world.</param>
    /// <param name="number">Number of the check.</param>
    /// <param name="check">The check.</param>
    /// <param name="status">What was found; its code and text stand in the check.</param>
    /// <param name="durationMs">How long it took; -1: no check was made.</param>
    public static void Judge(World world, int number, ref CheckRow check, CheckStatus status, int durationMs)
    {
        Server server = world.Configuration.Servers[number / SharedWorld.ChecksPerServer];
        CheckSettings settings = RunCheck.Settings(world, number);
        ref ServerHealth health = ref world.Shared.Health(server.Number);
        // Put into maintenance meanwhile: it counts no more.
        if ((check.Flags & CheckFlags.Paused) != 0) return;
        bool report;
        ShortLock.Enter(ref health.Lock);
        report = Keep(ref check, settings, status, durationMs, ref health);
        ShortLock.Exit(ref health.Lock);
        if (check.Verdict is CheckVerdict.Unknown or CheckVerdict.Neutral) return;
        Proxy backend = world.Configuration.Proxies[server.Backend];
        bool logs = (backend.Options & ProxyOptions.LogHealthChecks) != 0;
        string cause = Describe(check);
        if (report && logs) TellCheck(world, server, settings, check, cause);
        Notify(world, server, ref check, logs ? "" : cause);
    }

    /// <summary>Why, as log lines have it: <c>, reason: ..., code: ..., info: "...", check duration: ...ms</c>.</summary>
    public static string Describe(in CheckRow check)
    {
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $", reason: {CheckStatuses.Text(check.Status)}");
        if (CheckStatuses.HasCode(check.Status)) text.Append(CultureInfo.InvariantCulture, $", code: {check.Code}");
        if (check.TextLength > 0) text.Append(", info: \"").Append(CheckFinding.Text(check)).Append('"');
        if (check.DurationMs >= 0) text.Append(CultureInfo.InvariantCulture, $", check duration: {check.DurationMs}ms");
        return text.ToString();
    }

    /// <summary>Under the server's lock. True when <c>option log-health-checks</c> has something to say.</summary>
    private static bool Keep(
        ref CheckRow check, CheckSettings settings, CheckStatus status, int durationMs, ref ServerHealth health)
    {
        bool report = status != check.Status;
        bool isFirst = check.Status == CheckStatus.Initialising; // it tells the state, it changes none
        check.Status = status;
        check.Verdict = CheckStatuses.Verdict(status);
        check.Code = check.FoundCode;
        check.DurationMs = durationMs;
        check.Text = check.FoundText;
        check.TextLength = check.FoundTextLength;
        if (check.Verdict >= CheckVerdict.Passed)
        {
            health.ErrorsInRow = 0;
            if (check.Health >= settings.HealthMax) return report;
            if (++check.Health >= settings.Rise) check.Health = settings.HealthMax;
            return true;
        }
        // An agent that cannot be reached says nothing of the server.
        bool counts = (check.Flags & CheckFlags.Agent) == 0 || status > CheckStatus.Layer7Data;
        if (check.Verdict != CheckVerdict.Failed || !counts || check.Health == 0) return report;
        if (!isFirst) health.ChecksFailed++;
        if (--check.Health < settings.Rise) check.Health = 0;
        return true;
    }

    private static void Notify(World world, Server server, ref CheckRow check, string cause)
    {
        ref CheckRow health = ref world.Shared.CheckOf(StartHealth.Number(server, agent: false));
        ref CheckRow agent = ref world.Shared.CheckOf(StartHealth.Number(server, agent: true));
        bool unhealthy = (health.Flags & CheckFlags.Enabled) != 0 && health.Health < server.Check.Rise;
        bool agentSaysNo = (agent.Flags & CheckFlags.Enabled) != 0 && agent.Health < server.Agent.Rise;
        if (check.Verdict == CheckVerdict.Failed)
        {
            if ((check.Flags & CheckFlags.Agent) != 0 ? agentSaysNo : unhealthy)
                ChangeServer.Operation(world, server.Number, ServerOperation.Stopped, cause);
            return;
        }
        if (unhealthy || agentSaysNo) return;
        bool stops = check.Verdict == CheckVerdict.Conditional;
        ServerOperation state = world.Shared.Health(server.Number).State;
        if (stops) ChangeServer.Operation(world, server.Number, ServerOperation.Stopping, cause);
        else if (state is ServerOperation.Stopped || (state == ServerOperation.Stopping && !IsConditional(health)))
            ChangeServer.Operation(world, server.Number, ServerOperation.Running, cause);
    }

    /// <summary>An agent's word does not end what the health check wants.</summary>
    private static bool IsConditional(in CheckRow health) =>
        (health.Flags & CheckFlags.Enabled) != 0 && health.Verdict == CheckVerdict.Conditional;

    private static void TellCheck(World world, Server server, CheckSettings settings, in CheckRow check, string cause)
    {
        bool up = check.Health >= settings.Rise;
        string kind = (check.Flags & CheckFlags.Agent) != 0 ? "Agent" : "Health";
        string backup = server.Backup ? "backup " : "";
        string how = check.Verdict >= CheckVerdict.Conditional ? "conditionally succeeded"
            : check.Verdict == CheckVerdict.Passed ? "succeeded" : "failed";
        int from = up ? check.Health - settings.Rise + 1 : check.Health;
        int to = up ? settings.Fall : settings.Rise;
        string state = !up ? "DOWN" : world.Shared.Health(server.Number).UserWeight > 0 ? "UP" : "DRAIN";
        string name = world.Configuration.Proxies[server.Backend].Name;
        string text = string.Create(
            CultureInfo.InvariantCulture,
            $"{kind} check for {backup}server {name}/{server.Name} {how}{cause}, status: {from}/{to} {state}.");
        world.Notices.Add(new HealthNotice(server.Backend, LevelNotice, text, text, IsAlert: false));
    }

    private static void Release(World world, int number, ref CheckRow check)
    {
        check.Flags &= ~CheckFlags.Running;
        check.HandedOver = false;
        Interlocked.Decrement(ref world.Shared.LoadOf(world.Thread).Running);
        if (world.Checks == null || world.Stopping || (check.Flags & CheckFlags.Configured) == 0) return;
        world.Checks.Set(number, (world.NowNanoseconds / 1_000_000) + Delay(world, number, check));
    }

    /// <summary><c>inter</c>, <c>fastinter</c> or <c>downinter</c>, moved at random by <c>spread-checks</c>.</summary>
    private static long Delay(World world, int number, in CheckRow check)
    {
        CheckSettings settings = RunCheck.Settings(world, number);
        int server = number / SharedWorld.ChecksPerServer;
        bool down = check.Health == 0 && world.Shared.Health(server).State == ServerOperation.Stopped;
        uint delay = settings.FastIntervalMs;
        if ((check.Flags & CheckFlags.Hasten) == 0)
        {
            if (check.Health == settings.HealthMax) delay = settings.IntervalMs;
            else if (down) delay = settings.DownIntervalMs;
        }
        if (delay == 0) delay = settings.IntervalMs;
        long spread = delay * (long)world.Configuration.Globals.SpreadChecksPercent / 100;
        if (spread > 0) return Math.Max(1, delay - spread + (long)(world.NextRandom() % (ulong)(2 * spread + 1)));
        return Math.Max(1, delay);
    }
}
