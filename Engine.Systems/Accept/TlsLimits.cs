using System;
using System.Threading;
using Engine.Data.Configuration;
using Engine.Data.Shared;
using Engine.Data.Worlds;

namespace Engine.Systems.Accept;

/// <summary>The limits of encrypted clients: <c>maxsslconn</c> and <c>maxsslrate</c> (manual section 3.2).</summary>
internal static class TlsLimits
{
    private const long SecondNanoseconds = 1_000_000_000;

    /// <summary>Counts a client, or counts nothing when a limit is met: a moment later there may be room.</summary>
    public static bool TryCount(World world)
    {
        Globals globals = world.Configuration.Globals;
        ref SharedProcess process = ref world.Shared.Process;
        if (Interlocked.Increment(ref process.TlsConnections) > globals.TlsConnectionsMax && globals.TlsConnectionsMax > 0)
        {
            Interlocked.Decrement(ref process.TlsConnections);
            return false;
        }
        if (globals.TlsRateMax == 0) return true;
        long second = world.NowNanoseconds / SecondNanoseconds;
        if (Interlocked.Exchange(ref process.TlsSecond, second) != second) Interlocked.Exchange(ref process.TlsAccepted, 0);
        if (Interlocked.Increment(ref process.TlsAccepted) <= globals.TlsRateMax) return true;
        Uncount(world);
        world.RetryAcceptNanoseconds = (second + 1) * SecondNanoseconds;
        return false;
    }

    /// <summary>A client that was counted is not served after all.</summary>
    public static void Uncount(World world)
    {
        Interlocked.Decrement(ref world.Shared.Process.TlsConnections);
        if (world.Configuration.Globals.TlsRateMax > 0) Interlocked.Decrement(ref world.Shared.Process.TlsAccepted);
    }
}
