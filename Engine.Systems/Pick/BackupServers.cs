using Engine.Data.Configuration;
using Engine.Data.Worlds;
using Engine.Systems.Queue;

namespace Engine.Systems.Pick;

/// <summary>Backup servers work only while no other server may (manual section 5.2, <c>backup</c>).</summary>
public static class BackupServers
{
    /// <summary>Whether a server may be chosen for any request of its backend.</summary>
    public static bool IsEligible(World world, Proxy backend, Server server)
    {
        if (!ServerSlots.MayTake(world.Shared.Server(server.Number))) return false;
        if (!server.Backup) return true;
        if (AnyActive(world, backend)) return false;
        return (backend.Options & ProxyOptions.AllBackups) != 0 || FirstBackup(world, backend) == server.Number;
    }

    /// <summary>Whether a server may take waiters of its backend's queue.</summary>
    public static bool MayTakeWaiters(World world, Server server) =>
        IsEligible(world, world.Configuration.Proxies[server.Backend], server);

    private static bool AnyActive(World world, Proxy backend)
    {
        foreach (int number in backend.Servers)
        {
            Server other = world.Configuration.Servers[number];
            if (!other.Backup && ServerSlots.MayTake(world.Shared.Server(number))) return true;
        }
        return false;
    }

    private static int FirstBackup(World world, Proxy backend)
    {
        foreach (int number in backend.Servers)
        {
            Server other = world.Configuration.Servers[number];
            if (other.Backup && ServerSlots.MayTake(world.Shared.Server(number))) return number;
        }
        return -1;
    }
}
