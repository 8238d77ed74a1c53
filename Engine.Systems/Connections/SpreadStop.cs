using System.Runtime.CompilerServices;
using Engine.Data.Configuration;
using Engine.Data.Connections;
using Engine.Data.Time;
using Engine.Data.Worlds;
using Engine.Systems.Timers;

namespace Engine.Systems.Connections;

/// <summary>
/// When a soft stop ends the connections of clients: all with what they do, or, with <c>close-spread-time</c>, some at a
/// time, so that they do not all come back at once (manual section 3.1).
/// </summary>
public static class SpreadStop
{
    /// <summary>A soft stop is under way that leaves no client connection open behind what it does.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool EndsAll(World world) => world.Stopping && world.Configuration.Globals.CloseSpreadMs == 0;

    /// <summary>Whether one client is to be told now: the more of the time is over, the likelier.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool EndsNow(World world) => world.Stopping && Draw(world);

    /// <summary>How long a client may be idle, milliseconds, 0 for ever: as it is, or to a moment of what is left of the time.</summary>
    public static uint IdleMs(World world, uint idleMs)
    {
        uint spread = world.Configuration.Globals.CloseSpreadMs;
        if (!world.Stopping || spread is 0 or Globals.ClosesNoClient) return idleMs;
        uint past = world.NowMs - world.StoppingSinceMs;
        uint left = past >= spread ? 1 : 1 + (uint)(world.NextRandom() % (spread - past));
        return idleMs == 0 || left < idleMs ? left : idleMs;
    }

    /// <summary>Closes an idle client at a moment of the time, or when its own timeout says so if that is sooner.</summary>
    internal static void CloseLater(World world, uint row, ref Connection connection)
    {
        if (world.Configuration.Globals.CloseSpreadMs == Globals.ClosesNoClient) return;
        uint leftMs = IdleMs(world, 0);
        uint due = connection.Timer.Due;
        bool isSooner = due != 0 && (int)(due - TimerWheel.After(world.NowMs, leftMs)) < 0;
        if (!isSooner) SetTimeout.Connection(world, row, ref connection, leftMs);
    }

    private static bool Draw(World world)
    {
        uint spread = world.Configuration.Globals.CloseSpreadMs;
        if (spread is 0 or Globals.ClosesNoClient) return spread == 0;
        uint past = world.NowMs - world.StoppingSinceMs;
        return past >= spread || world.NextRandom() % spread < past;
    }
}
