using System.Runtime.CompilerServices;
using System.Threading;
using Engine.Data.Streams;
using Engine.Data.Worlds;

namespace Engine.Systems.Streams;

/// <summary>Gives a request, or a TCP session, its number in the process, where some format tells it (%rt).</summary>
public static class NumberRequest
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run(World world, ref StreamLog log)
    {
        if (world.Configuration.Globals.TellsNumbers)
            log.RequestNumber = (uint)Interlocked.Increment(ref world.Shared.Process.Requests) - 1;
    }
}
