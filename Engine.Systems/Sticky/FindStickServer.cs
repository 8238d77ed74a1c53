using System.Threading;
using Engine.Data.Configuration;
using Engine.Data.Kernel;
using Engine.Data.Sticky;
using Engine.Data.Worlds;
using Engine.Systems.Health;

namespace Engine.Systems.Sticky;

/// <summary>How entries name servers: by name or address (<c>srvkey</c>), and by id where that finds none.</summary>
public static unsafe class FindStickServer
{
    private static readonly Lock Making = new();

    /// <summary>The server that an entry means, -1 when the backend has none of the kind.</summary>
    /// <param name="world">The thread's world.</param>
    /// <param name="backend">Whose servers.</param>
    /// <param name="table">The entry's table.</param>
    /// <param name="text">Number of the text it holds, 0 when it holds none.</param>
    /// <param name="id">The id it holds.</param>
    public static int Run(World world, int backend, StickTableSettings table, uint text, int id)
    {
        Proxy proxy = world.Configuration.Proxies[backend];
        int byId = FindId(world.Configuration, proxy, id);
        if (text == 0 || (byId >= 0 && TextOf(world, table, world.Configuration.Servers[byId]) == text)) return byId;
        ref ServersByKey? known = ref table.ServersByAddress ? ref proxy.ServersByStickAddress : ref proxy.ServersByStickName;
        ServersByKey? index = Volatile.Read(ref known);
        if (index is null || index.Version != Volatile.Read(ref proxy.NamesVersion)) index = Make(world, table, proxy, ref known);
        int byText = index.At(index.First(text), text);
        return byText >= 0 ? byText : byId;
    }

    private static ServersByKey Make(World world, StickTableSettings table, Proxy backend, ref ServersByKey? known)
    {
        using Lock.Scope scope = Making.EnterScope();
        int version = Volatile.Read(ref backend.NamesVersion);
        if (known is { } made && made.Version == version) return made;
        int[] servers = Volatile.Read(ref backend.Servers);
        uint[] keys = new uint[servers.Length];
        for (int i = 0; i < keys.Length; i++) keys[i] = TextOf(world, table, world.Configuration.Servers[servers[i]]);
        ServersByKey index = new(keys, servers, version);
        Volatile.Write(ref known, index);
        return index;
    }

    /// <summary>Number of the text that names a server.</summary>
    public static uint TextOf(World world, StickTableSettings table, Server server)
    {
        ref uint known = ref table.ServersByAddress ? ref server.StickAddress : ref server.StickName;
        uint number = Volatile.Read(ref known);
        if (number != 0) return number;
        string text = table.ServersByAddress ? AddressOf(world, server) : server.Name;
        number = world.Shared.StickTexts.NumberOf(text);
        Volatile.Write(ref known, number);
        return number;
    }

    private static string AddressOf(World world, Server server) =>
        server.Path ?? Text(in world.Targets.Address((uint)server.Number)->Address);

    private static string Text(in SocketAddress address)
    {
        string text = ServerStatus.AddressText(in address);
        return address.Family == AddressFamily.Inet6 ? $"[{text}]:{address.Port}" : $"{text}:{address.Port}";
    }

    private static int FindId(CompiledConfiguration configuration, Proxy backend, int id)
    {
        int low = 0;
        int high = backend.ServersById.Length - 1;
        while (low <= high)
        {
            int middle = (low + high) / 2;
            int number = backend.ServersById[middle];
            int other = configuration.Servers[number].Id;
            if (other == id) return number;
            if (other < id) low = middle + 1;
            else high = middle - 1;
        }
        return -1;
    }
}
