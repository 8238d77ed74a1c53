using Engine.Data.Configuration;
using Engine.Data.Worlds;
using Engine.Systems.Queue;

namespace Engine.Systems.Pick;

/// <summary>Backup servers work only while no other server may (manual section 5.2, <c>backup</c>).</summary>
public static class BackupServers
{
    /// <summary>Whether a server may be chosen for any request of its backend.</summary>
    public static bool IsEligible(World world, Proxy backend, Server server) =>
        ServerSlots.MayTake(world, server.Number, isTied: false);

    /// <summary>Whether a backup is to work now, if it can: the first of them, or all (<c>option allbackups</c>).</summary>
    public static bool IsTheirTurn(World world, Proxy backend, int server) =>
        !AnyActive(world, backend)
        && ((backend.Options & ProxyOptions.AllBackups) != 0 || FirstBackup(world, backend) == server);

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
