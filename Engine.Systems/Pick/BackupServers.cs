using System.Threading;
using Engine.Data.Configuration;
using Engine.Data.Worlds;
using Engine.Systems.Balance;
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
        && ((backend.Options & ProxyOptions.AllBackups) != 0 || FreeServers.FirstBackup(world, backend) == server);

    /// <summary>A server that is no backup may be chosen.</summary>
    public static bool AnyActive(World world, Proxy backend) =>
        Volatile.Read(ref world.Shared.Backend(backend.Number).Active) > 0;

    /// <summary>Some server may be chosen, free or full.</summary>
    public static bool AnyEligible(World world, Proxy backend) =>
        AnyActive(world, backend) || Volatile.Read(ref world.Shared.Backend(backend.Number).Backups) > 0;
}
