using System.Runtime.CompilerServices;
using Engine.Data.Connections;
using Engine.Data.Streams;
using Engine.Data.Time;
using Engine.Data.Worlds;

namespace Engine.Systems.Timers;

/// <summary>Sets the deadline of a row; a timeout of 0 ms means for ever.</summary>
public static class SetTimeout
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Connection(World world, uint row, ref Connection connection, uint timeoutMs)
    {
        uint due = timeoutMs == 0 ? 0 : TimerWheel.After(world.NowMs, timeoutMs);
        world.Wheel.Set(TimerWheel.ConnectionKind, row, ref connection.Timer, due);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Stream(World world, uint row, ref Stream stream, uint timeoutMs)
    {
        uint due = timeoutMs == 0 ? 0 : TimerWheel.After(world.NowMs, timeoutMs);
        world.Wheel.Set(TimerWheel.StreamKind, row, ref stream.Timer, due);
    }
}
