using Engine.Data.Buffers;
using Engine.Data.Connections;
using Engine.Data.Tables;
using Engine.Data.Worlds;
using Engine.Systems.Connections;
using Engine.Systems.Tls;

namespace Engine.Systems.Receive;

/// <summary>Lists again the connections whose receive found no buffer, as soon as there are buffers.</summary>
public static class FeedStarved
{
    public static void Run(World world)
    {
        RowList starved = world.Starved;
        if (starved.Count == 0) return;
        bool isFed = !world.Buffers.IsExhausted(BufferClass.Small);
        uint kept = 0;
        for (uint i = 0; i < starved.Count; i++)
        {
            uint row = starved[i];
            ref Connection connection = ref world.Connection[row];
            bool closing = connection.State == ConnectionState.Closing;
            if (!isFed && !closing)
            {
                starved[kept++] = row;
                continue;
            }
            connection.Flags &= ~ConnectionFlags.ListedStarved;
            if (closing) CloseConnection.TryFree(world, row, ref connection);
            else if ((connection.Flags & ConnectionFlags.Encrypted) != 0) OpenRecords.Resume(world, row, ref connection);
            else ListConnection.Received(world, row, ref connection);
        }
        starved.Truncate(kept);
    }
}
