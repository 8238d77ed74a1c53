using Engine.Data.Buffers;
using Engine.Data.Connections;
using Engine.Data.Tables;
using Engine.Data.Worlds;
using Engine.Systems.Connections;

namespace Engine.Systems.Receive;

/// <summary>Lists again the connections whose receive found no buffer, as soon as buffers may be there.</summary>
public static class FeedStarved
{
    public static void Run(World world)
    {
        RowList starved = world.Starved;
        if (starved.Count == 0) return;
        for (uint i = 0; i < starved.Count; i++)
        {
            uint row = starved[i];
            if (!world.Connections.IsTaken(row)) continue;
            ref Connection connection = ref world.Connection[row];
            if (connection.State == ConnectionState.Open) ListConnection.Received(world, row, ref connection);
        }
        starved.Clear();
    }
}
