using System;
using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;
using Engine.Data.Configuration;
using Engine.Data.Kernel;
using Engine.Data.Tables;
using Engine.Systems.Samples;

namespace Engine.Systems.Balance;

/// <summary>Lays the points of consistent hashing out, and finds the one that is nearest to a key.</summary>
internal static class RingPoints
{
    /// <summary>Points that a server may have at most: its keys begin at its id times this.</summary>
    private const uint PointsMax = 4096;

    /// <param name="configuration">Knows the servers' ids.</param>
    /// <param name="servers">Servers with their number of points: 16 for each unit of weight of one that is warm.</param>
    public static ServerRing Build(CompiledConfiguration configuration, ValueList<WeightedServer> servers)
    {
        int count = 0;
        foreach ((_, int points) in servers) count += points;
        uint[] keys = new uint[count];
        int[] owners = new int[count];
        int at = 0;
        foreach ((int number, int points) in servers)
        {
            uint first = KeyOf(configuration.Servers[number]);
            for (uint point = 0; point < points; point++)
            {
                keys[at] = Hashes.Mix(first + point);
                owners[at++] = number;
            }
        }
        Array.Sort(keys, owners);
        return new ServerRing(keys, owners);
    }

    /// <summary>What the points of a server are counted from: its id, or what <c>hash-key</c> names.</summary>
    private static uint KeyOf(Server server)
    {
        SocketAddress address = server.MovedTo.Family == AddressFamily.Unspecified ? server.Address : server.MovedTo;
        if (server.HashKey == ServerHashKey.Id32) return Hashes.Mix(BinaryPrimitives.ReverseEndianness((uint)server.Id));
        if (server is { HashKey: ServerHashKey.Guid, Guid: { } guid })
            return XxHash32.HashToUInt32(Encoding.UTF8.GetBytes(guid), 0);
        if (server.HashKey is ServerHashKey.Address or ServerHashKey.AddressAndPort && server.Path is null)
        {
            uint port = server.HashKey == ServerHashKey.AddressAndPort ? Hashes.Mix(address.Port) : 0;
            if (address.Family == AddressFamily.Inet)
                return Hashes.Mix(port + BinaryPrimitives.ReadUInt32LittleEndian(address.AddressBytes));
            if (address.Family == AddressFamily.Inet6)
                return XxHash32.HashToUInt32(address.AddressBytes, (int)port);
        }
        return (uint)server.Id * PointsMax;
    }

    /// <summary>Index of the point nearest to a hash, the one before it when both are as near; -1: there is none.</summary>
    public static int Nearest(ServerRing ring, uint hash)
    {
        uint[] keys = ring.Keys;
        if (keys.Length == 0) return -1;
        int next = From(ring, hash);
        int before = (next + keys.Length - 1) % keys.Length;
        return hash - keys[before] <= keys[next] - hash ? before : next;
    }

    /// <summary>Index of the first point that is no smaller than a hash, round the ring.</summary>
    public static int From(ServerRing ring, uint hash) => LowerBound(ring.Keys, hash) % ring.Keys.Length;

    private static int LowerBound(uint[] keys, uint hash)
    {
        int low = 0;
        int high = keys.Length;
        while (low < high)
        {
            int middle = (int)((uint)(low + high) >> 1);
            if (keys[middle] < hash) low = middle + 1;
            else high = middle;
        }
        return low;
    }
}
