using System;
using Engine.Data.Configuration;
using Engine.Data.Streams;
using Engine.Data.Worlds;

namespace Engine.Systems.Persist;

/// <summary>The server that a cookie's value names.</summary>
internal static class FindCookieServer
{
    /// <summary>
    /// The first server of this cookie value that works, -1 when there is none. Several may have the same value.
    /// </summary>
    /// <param name="world">The thread's world.</param>
    /// <param name="backend">The backend.</param>
    /// <param name="value">What the client sent.</param>
    /// <param name="rules">What rules say of the request.</param>
    /// <param name="isKnown">A server has this value, working or not.</param>
    public static int Run(World world, Proxy backend, ReadOnlySpan<byte> value, PersistenceOverride rules, out bool isKnown)
    {
        isKnown = false;
        if (value.IsEmpty) return -1;
        foreach (int number in backend.Servers)
        {
            if (!world.Configuration.Servers[number].Cookie.Span.SequenceEqual(value)) continue;
            isKnown = true;
            if (PickPersistent.MayTake(world, number, rules)) return number;
        }
        return -1;
    }
}
