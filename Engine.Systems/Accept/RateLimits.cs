using System;
using System.Threading;
using Engine.Data.Configuration;
using Engine.Data.Shared;
using Engine.Data.Worlds;

namespace Engine.Systems.Accept;

/// <summary>
/// Clients a second: <c>maxconnrate</c>, <c>maxsessrate</c> (manual section 3.2) and <c>rate-limit sessions</c> (4.2). Those
/// beyond wait as they do at a limit of connections, and are looked at again when one more may come.
/// </summary>
internal static class RateLimits
{
    /// <summary>Counts a connection, or counts nothing while a rate is met.</summary>
    public static bool TryCount(World world, Proxy frontend)
    {
        ref SharedProcess process = ref world.Shared.Process;
        if (IsMet(world, ref process.ConnectionRate, Volatile.Read(ref process.ConnectionRateMax))) return false;
        if (IsMet(world, ref process.SessionRate, Volatile.Read(ref process.SessionRateMax))) return false;
        if (IsMet(world, ref world.Shared.Proxy(frontend.Number).FrontendSessionRate, frontend.SessionRateMax)) return false;
        process.ConnectionRate.Add(world.NowMs);
        return true;
    }

    /// <summary>A session began.</summary>
    public static void CountSession(World world, Proxy frontend)
    {
        world.Shared.Process.SessionRate.Add(world.NowMs);
        world.Shared.Proxy(frontend.Number).FrontendSessionRate.Add(world.NowMs);
    }

    private static bool IsMet(World world, ref SharedRate rate, int limit)
    {
        if (limit == 0 || rate.Read(world.NowMs) < limit) return false;
        long again = world.NowNanoseconds + Math.Max(1_000_000, 1_000_000_000L / limit);
        if (world.RetryAcceptNanoseconds == 0 || again < world.RetryAcceptNanoseconds) world.RetryAcceptNanoseconds = again;
        return true;
    }
}
