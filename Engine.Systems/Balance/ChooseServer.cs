using Engine.Data.Configuration;
using Engine.Data.Shared;
using Engine.Data.Streams;
using Engine.Data.Worlds;
using Engine.Systems.Pick;
using Engine.Systems.Queue;

namespace Engine.Systems.Balance;

/// <summary>
/// Chooses a server by the backend's algorithm and takes a slot on it. An algorithm is a static function of the
/// world, the backend and the stream that answers a server's number with its slot taken, <see cref="Full"/> or
/// <see cref="None"/>.
/// </summary>
public static unsafe class ChooseServer
{
    /// <summary>No server takes requests.</summary>
    public const int None = -1;

    /// <summary>Servers take requests, but none has a free slot.</summary>
    public const int Full = -2;

    /// <summary>The request belongs to this server, which is full: it waits for it and no other.</summary>
    public static int WaitFor(int server) => -3 - server;

    /// <summary>The server of a <see cref="WaitFor"/> answer.</summary>
    public static int Awaited(int answer) => -3 - answer;

    /// <summary>By <see cref="BalanceAlgorithm"/>.</summary>
    private static readonly delegate*<World, Proxy, uint, ref Stream, int>[] Algorithms =
    [
        &Random.Choose,
        &RoundRobin.Choose,
        &StaticTurns.Choose,
        &LeastConnections.Choose,
        &First.Choose,
        &Hashed.Choose,
        &Hashed.Choose,
        &Hashed.Choose,
        &Hashed.Choose,
        &Hashed.Choose,
        &Hashed.Choose,
    ];

    public static int Run(World world, uint row, ref Stream stream, Proxy backend)
    {
        if (backend.Servers.Length == 1) return Single(world, backend);
        int server = Algorithms[(int)backend.Balance](world, backend, row, ref stream);
        if (server == Full) server = AnyFree(world, backend, stream.FailedServer);
        if (server >= 0 && server == stream.FailedServer) server = Avoid(world, backend, server);
        return server;
    }

    private static int Single(World world, Proxy backend)
    {
        int server = backend.Servers[0];
        if (!ServerSlots.MayTake(world.Shared.Server(server))) return None;
        if (ServerSlots.TryTake(world.Shared, server)) return server;
        return Hashes(backend.Balance) ? WaitFor(server) : Full; // a hash knows no other
    }

    /// <summary>The algorithms that hash something of the request.</summary>
    public static bool Hashes(BalanceAlgorithm algorithm) => algorithm >= BalanceAlgorithm.Source;

    /// <summary>Weights of its servers are those of the file, or 0.</summary>
    public static bool HasFixedWeights(Proxy backend) => HasTable(backend.Balance) && !HasRing(backend);

    /// <summary>Consistent hashing; <c>hash-type</c> may also stand where nothing is hashed.</summary>
    public static bool HasRing(Proxy backend) => Hashes(backend.Balance) && backend.Hash.Consistent;

    /// <summary>The algorithms with a table, or ring, of those that work now.</summary>
    public static bool HasTable(BalanceAlgorithm algorithm) =>
        algorithm == BalanceAlgorithm.StaticRoundRobin || Hashes(algorithm);

    /// <summary>The algorithm's choice was full: any free server is better than a place in the queue.</summary>
    private static int AnyFree(World world, Proxy backend, int avoid)
    {
        int server = FreeServers.TryTake(world, backend, 0, avoid);
        return server == Full && !BackupServers.AnyEligible(world, backend) ? None : server;
    }

    /// <summary>A redispatch goes elsewhere when there is an elsewhere.</summary>
    private static int Avoid(World world, Proxy backend, int server)
    {
        int other = FreeServers.TryTake(world, backend, 0, server);
        if (other < 0) return server;
        ServerSlots.GiveBack(world, server);
        return other;
    }

    /// <summary>Takes a slot of a server if it is eligible and has one.</summary>
    public static bool TryTake(World world, Proxy backend, int number) =>
        BackupServers.IsEligible(world, backend, world.Configuration.Servers[number])
        && ServerSlots.TryTake(world.Shared, number);
}
