using System;
using Engine.Data.Configuration;
using Engine.Data.Health;
using Engine.Data.Shared;
using Engine.Data.Worlds;

namespace Engine.Systems.Health;

/// <summary>What traffic says of a server's health (manual section 5.2, <c>observe</c>). Off, it costs a look at the server.</summary>
public static class ObserveTraffic
{
    public static void ConnectFailed(World world, int server)
    {
        Server facts = world.Configuration.Servers[server];
        if (facts.Observes != ServerObservation.None) Fail(world, facts, "L4 unsuccessful connection");
    }

    public static void Connected(World world, int server)
    {
        Server facts = world.Configuration.Servers[server];
        if (facts.Observes == ServerObservation.Layer4) world.Shared.Health(server).ErrorsInRow = 0;
    }

    /// <summary>A response arrived. What a server says of its own inability is an error, what it says of requests is not.</summary>
    public static void Responded(World world, int server, int status)
    {
        Server facts = world.Configuration.Servers[server];
        if (facts.Observes != ServerObservation.Layer7) return;
        bool good = status is >= 100 and < 500 or 501 or 505;
        if (good) world.Shared.Health(server).ErrorsInRow = 0;
        else Fail(world, facts, "Wrong http response");
    }

    /// <summary>What it said is no head of a response, or not a whole one.</summary>
    public static void ResponseInvalid(World world, int server) => Layer7(world, server, "Invalid http response (headers)");

    public static void ResponseLate(World world, int server) => Layer7(world, server, "Read timeout (http)");

    /// <summary>It closed without a word.</summary>
    public static void ResponseMissing(World world, int server) => Layer7(world, server, "Read error (http)");

    private static void Layer7(World world, int server, string what)
    {
        if (server < 0) return;
        Server facts = world.Configuration.Servers[server];
        if (facts.Observes == ServerObservation.Layer7) Fail(world, facts, what);
    }

    private static void Fail(World world, Server server, string what)
    {
        int number = StartHealth.Number(server, agent: false);
        ref CheckRow check = ref world.Shared.CheckOf(number);
        const CheckFlags wanted = CheckFlags.Configured | CheckFlags.Enabled;
        if ((check.Flags & (wanted | CheckFlags.Paused)) != wanted) return;
        ref ServerHealth health = ref world.Shared.Health(server.Number);
        ShortLock.Enter(ref health.Lock);
        bool reached = ++health.ErrorsInRow >= server.ErrorLimit;
        if (reached)
        {
            health.ErrorsInRow = 0;
            health.ErrorLimitHits++;
        }
        ShortLock.Exit(ref health.Lock);
        if (!reached) return;
        check.Flags |= CheckFlags.Hasten;
        uint soon = server.Check.FastIntervalMs != 0 ? server.Check.FastIntervalMs : server.Check.IntervalMs;
        world.Checks?.Hasten(number, (world.NowNanoseconds / 1_000_000) + soon);
        if (server.OnErrorLimit == ErrorLimitAction.FastInterval) return;
        // As one failed check, but that with mark-down it is the last, and with sudden-death the last but one.
        if (server.OnErrorLimit == ErrorLimitAction.MarkDown) check.Health = Math.Min(check.Health, 1);
        if (server.OnErrorLimit == ErrorLimitAction.SuddenDeath) check.Health = Math.Min(check.Health, server.Check.Rise + 1);
        CheckFinding.Set(ref check, CheckStatus.Observed, 0,
            $"Detected {server.ErrorLimit} consecutive errors, last one was: {what}");
        FinishCheck.Judge(world, number, ref check, CheckStatus.Observed, -1);
    }
}
