using System.Collections.Generic;
using System.Threading;
using Engine.Data.Configuration;
using Engine.Data.Shared;
using Engine.Data.Tables;
using Engine.Data.Worlds;
using Engine.Systems.Pick;
using Engine.Systems.Queue;

namespace Engine.Systems.Balance;

/// <summary>
/// Finds servers with free slots without looking at those that have none. Who gives a server a slot back, or changes it,
/// says so first and then looks for waiters; who finds it full takes it out of the set.
/// </summary>
public static class FreeServers
{
    /// <summary>Takes a slot of the first eligible server that has one, from a place on and round.</summary>
    /// <param name="world">The thread's world.</param>
    /// <param name="backend">The backend.</param>
    /// <param name="start">Place to begin at, as of <see cref="PlaceOf"/>.</param>
    /// <param name="avoid">A server that will not do, -1 for none.</param>
    /// <returns>A server or <see cref="ChooseServer.Full"/>.</returns>
    public static int TryTake(World world, Proxy backend, int start, int avoid)
    {
        int server = TryTakeFrom(world, backend, start, avoid);
        return server == ChooseServer.Full && start > 0 ? TryTakeFrom(world, backend, 0, avoid) : server;
    }

    private static int TryTakeFrom(World world, Proxy backend, int place, int avoid)
    {
        for (; ; place++)
        {
            int server = Next(world, backend, ref place);
            if (server < 0) return ChooseServer.Full;
            if (server != avoid && ServerSlots.TryTake(world.Shared, server)) return server;
        }
    }

    /// <summary>The next server that may be chosen for any request and has a free slot, -1 for none.</summary>
    /// <param name="world">The thread's world.</param>
    /// <param name="backend">The backend.</param>
    /// <param name="place">Where to begin; then the place of the server.</param>
    public static int Next(World world, Proxy backend, ref int place)
    {
        ServerFarm farm = Volatile.Read(ref backend.Farm);
        if (BackupServers.AnyActive(world, backend)) return Next(world, farm.Active, ref place, needsSlot: true);
        if ((backend.Options & ProxyOptions.AllBackups) != 0) return Next(world, farm.Backups, ref place, needsSlot: true);
        int first = place == 0 ? FirstBackup(world, backend) : -1;
        return first >= 0 && !ServerSlots.IsFull(world.Shared, first) ? first : -1;
    }

    /// <summary>The first backup, in the order of the file, that works; -1 for none.</summary>
    public static int FirstBackup(World world, Proxy backend)
    {
        int place = 0;
        return Next(world, Volatile.Read(ref backend.Farm).Standby, ref place, needsSlot: false);
    }

    /// <summary>Where a server stands among those of its kind.</summary>
    public static int PlaceOf(World world, int server) => Volatile.Read(ref world.Configuration.Servers[server].FreePlace);

    /// <summary>A server may have a free slot, or work, that had none or did not. Looking for waiters comes behind.</summary>
    public static void Changed(World world, int number)
    {
        Server server = world.Configuration.Servers[number];
        // The farm first: the places of a server are never older than those of the farm that is seen.
        ServerFarm farm = Volatile.Read(ref world.Configuration.Proxies[server.Backend].Farm);
        int place = Volatile.Read(ref server.FreePlace);
        if (!server.Backup)
        {
            farm.Active.Places.Add(place);
            return;
        }
        farm.Backups.Places.Add(place);
        farm.Standby.Places.Add(Volatile.Read(ref server.BackupPlace));
    }

    /// <summary>Lays out where to look, for the servers that a backend has now.</summary>
    public static void Prepare(CompiledConfiguration configuration, Proxy backend)
    {
        int[] order = backend.Balance == BalanceAlgorithm.First ? backend.ServersById : backend.Servers;
        ServerFarm farm = new(
            OfKind(configuration, order, backups: false),
            OfKind(configuration, order, backups: true),
            OfKind(configuration, backend.Servers, backups: true));
        Number(configuration, farm.Active.Servers);
        Number(configuration, farm.Backups.Servers);
        for (int place = 0; place < farm.Standby.Servers.Length; place++)
            Volatile.Write(ref configuration.Servers[farm.Standby.Servers[place]].BackupPlace, place);
        Volatile.Write(ref backend.Farm, farm);
    }

    private static void Number(CompiledConfiguration configuration, int[] servers)
    {
        for (int place = 0; place < servers.Length; place++)
            Volatile.Write(ref configuration.Servers[servers[place]].FreePlace, place);
    }

    private static int[] OfKind(CompiledConfiguration configuration, int[] servers, bool backups)
    {
        ValueList<int> found = new();
        foreach (int number in servers)
            if (configuration.Servers[number].Backup == backups) found.Add(number);
        int[] all = new int[found.Count];
        for (int i = 0; i < all.Length; i++) all[i] = found[i];
        return all;
    }

    private static int Next(World world, ServerPlaces list, ref int place, bool needsSlot)
    {
        PlaceSet places = list.Places;
        int found = -1;
        places.Lock.Enter();
        for (place = places.Next(place); place >= 0; place = places.Next(place + 1))
        {
            int server = list.Servers[place];
            if (!IsGood(world.Shared, server, needsSlot) && !StaysGood(world.Shared, places, place, server, needsSlot)) continue;
            found = server;
            break;
        }
        places.Lock.Exit();
        return found;
    }

    /// <summary>Takes a place out and looks again, for who gives a slot back meanwhile believes it to be in.</summary>
    private static bool StaysGood(SharedWorld shared, PlaceSet places, int place, int server, bool needsSlot)
    {
        ref SharedServer row = ref shared.Server(server);
        // A limit that follows the load grows without a word to anybody.
        if (row.LimitMin != 0 && ServerSlots.MayTake(row)) return false;
        places.Remove(place);
        if (!IsGood(shared, server, needsSlot)) return false;
        places.Add(place);
        return true;
    }

    private static bool IsGood(SharedWorld shared, int server, bool needsSlot) =>
        ServerSlots.MayTake(shared.Server(server)) && !(needsSlot && ServerSlots.IsFull(shared, server));
}
