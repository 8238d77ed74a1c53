using Engine.Data.Connections;
using Engine.Data.Tables;
using Engine.Data.Worlds;

namespace Engine.Systems.Http2;

/// <summary>
/// The connection whose socket a client's bytes come from: of a stream of HTTP/2 the one that it is on, while that is
/// there. What is known of the connection rather than of one request stands in its row.
/// </summary>
public static class ClientRow
{
    public static uint Of(World world, uint row)
    {
        if ((world.Connection[row].Flags & ConnectionFlags.Http2Stream) == 0) return row;
        uint parent = world.Http2.Stream[row].Connection;
        return parent == Table.NoRow ? row : parent;
    }
}
