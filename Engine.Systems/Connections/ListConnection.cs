using Engine.Data.Connections;
using Engine.Data.Worlds;

namespace Engine.Systems.Connections;

/// <summary>Puts a connection on the work list of a phase, once.</summary>
public static class ListConnection
{
    public static void Received(World world, uint row, ref Connection connection)
    {
        if ((connection.Flags & ConnectionFlags.ListedReceived) != 0) return;
        connection.Flags |= ConnectionFlags.ListedReceived;
        world.Received.Add(row);
    }

    public static void Starved(World world, uint row, ref Connection connection)
    {
        if ((connection.Flags & ConnectionFlags.ListedStarved) != 0) return;
        connection.Flags |= ConnectionFlags.ListedStarved;
        world.Starved.Add(row);
    }

    public static void ToSend(World world, uint row, ref Connection connection)
    {
        if ((connection.Flags & ConnectionFlags.ListedSend) != 0) return;
        connection.Flags |= ConnectionFlags.ListedSend;
        world.ToSend.Add(row);
    }
}
