using System;
using Engine.Data.Configuration;
using Engine.Data.Connections;
using Engine.Data.Kernel;
using Engine.Data.Streams;
using Engine.Data.Worlds;

namespace Engine.Systems.Connect;

/// <summary>Where a connection to a server goes: its address, with the client's port where the server line has none.</summary>
public static unsafe class ServerTargets
{
    /// <summary>Tells a connect where to go, by addresses that stay valid until the connection's row is freed.</summary>
    public static void Aim(ref Operation connect, World world, uint row, ref Stream stream, Server server, uint connection)
    {
        UnixSocketAddress* fixedTarget = world.Targets.Address((uint)server.Number);
        connect.Length = 1;
        connect.Data = fixedTarget;
        ConnectAddresses* own = world.OwnTarget.Address(connection);
        SetOwn(own, server);
        bool isMarked = SocketMarks.Any(world, row, stream);
        if ((!HasOwn(server) && !isMarked) || server.Path != null) return;
        if (isMarked)
        {
            SocketMarks.Set(world, row, own);
            world.Connection[connection].Flags |= ConnectionFlags.Private;
        }
        own->Target = ThroughSocks(server) ? server.Socks : Wanted(world, ref stream, server);
        if (server.Source.Foreign != ForeignSource.None)
        {
            SocketAddress foreign = SourceOfConnection.Foreign(world, row, ref stream, server.Source);
            if (foreign.Family != AddressFamily.Unspecified)
            {
                own->Source = foreign;
                own->Flags |= OutgoingFlags.Transparent;
            }
            if (server.Source.IsOfClient) world.Connection[connection].Flags |= ConnectionFlags.Private;
        }
        connect.Length = ConnectAddresses.All;
        connect.Data = own;
    }

    /// <summary>What every connection to a server has, checks too: its source, and how the socket is opened.</summary>
    public static void SetOwn(ConnectAddresses* own, Server server)
    {
        own->Source = server.Source.Address;
        own->Socket = server.Socket;
        own->Flags = OutgoingFlags.None;
    }

    private static bool HasOwn(Server server) =>
        server.MapsTarget || server.Source != SourceSettings.None || server.Socket != null || ThroughSocks(server);

    /// <summary>Connections go to a proxy first, which leads them on.</summary>
    public static bool ThroughSocks(Server server) => server.Socks.Family != AddressFamily.Unspecified;

    /// <summary>
    /// Where a connection is to lead to: what the server's line has no address or port of is what the client reached, the
    /// port moved.
    /// </summary>
    public static SocketAddress Wanted(World world, ref Stream stream, Server server)
    {
        SocketAddress target = world.Targets.Address((uint)server.Number)->Address;
        if (!server.MapsTarget) return target;
        ref SocketAddress reached = ref world.Client[stream.Client].Destination;
        ushort port = server.MapsPort ? (ushort)(reached.Port + server.PortOffset) : target.Port;
        if (server.MapsAddress && target.IsAny && !reached.AddressBytes.IsEmpty) target = reached;
        target.Port = port;
        return target;
    }

    /// <summary>Where a connection goes.</summary>
    public static SocketAddress* Of(World world, Server server, uint connection)
    {
        return HasOwn(server) && server.Path == null
            ? &world.OwnTarget.Address(connection)->Target
            : &world.Targets.Address((uint)server.Number)->Address;
    }

    /// <summary>Lays out the addresses of all servers in native memory, once at start.</summary>
    public static void Prepare(World world)
    {
        foreach (Server server in world.Configuration.Servers) Lay(world, server);
    }

    /// <summary>Lays out the address of one server, before any connection goes to it.</summary>
    public static void Lay(World world, Server server)
    {
        UnixSocketAddress* target = world.Targets.Address((uint)server.Number);
        *target = default;
        target->Address = server.Address;
        if (server.Path == null) return;
        target->Address.Family = AddressFamily.Unix;
        Span<byte> path = new(target->Path, UnixSocketAddress.PathMax);
        int start = server.Abstract ? 1 : 0;
        int length = System.Text.Encoding.Latin1.GetBytes(server.Path, path[start..]);
        bool isPadded = server.Abstract && !server.IsExactName;
        target->PathLength = isPadded ? (ushort)UnixSocketAddress.PathMax : (ushort)(start + length);
    }
}
