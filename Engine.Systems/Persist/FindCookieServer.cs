using System;
using System.IO.Hashing;
using System.Threading;
using Engine.Data.Configuration;
using Engine.Data.Streams;
using Engine.Data.Worlds;

namespace Engine.Systems.Persist;

/// <summary>The server that a cookie's value names.</summary>
public static class FindCookieServer
{
    private static readonly Lock Making = new();

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
        ServersByKey? index = Volatile.Read(ref backend.ServersByCookie);
        if (index is null || index.Version != Volatile.Read(ref backend.NamesVersion))
            index = Make(world.Configuration, backend);
        uint key = XxHash32.HashToUInt32(value);
        int at = index.First(key);
        for (int number = index.At(at, key); number >= 0; number = index.At(++at, key))
        {
            if (!world.Configuration.Servers[number].Cookie.Span.SequenceEqual(value)) continue;
            isKnown = true;
            if (PickPersistent.MayTake(world, number, rules)) return number;
        }
        return -1;
    }

    private static ServersByKey Make(CompiledConfiguration configuration, Proxy backend)
    {
        using Lock.Scope scope = Making.EnterScope();
        int version = Volatile.Read(ref backend.NamesVersion);
        if (backend.ServersByCookie is { } made && made.Version == version) return made;
        int[] servers = Volatile.Read(ref backend.Servers);
        uint[] keys = new uint[servers.Length];
        for (int i = 0; i < keys.Length; i++) keys[i] = XxHash32.HashToUInt32(configuration.Servers[servers[i]].Cookie.Span);
        ServersByKey index = new(keys, servers, version);
        Volatile.Write(ref backend.ServersByCookie, index);
        return index;
    }
}
