using System;
using Engine.Data.Buffers;
using Engine.Data.Connections;
using Engine.Data.Kernel;
using Engine.Data.Messages;
using Engine.Data.Worlds;
using Engine.Systems.Connections;

namespace Engine.Systems.Forward;

/// <summary>Arms the receive of body bytes, with a buffer as large as what is still to come and may be passed on.</summary>
public static class ArmBody
{
    /// <summary>Bytes in large buffers of one thread that their connections share.</summary>
    private const uint TogetherMax = 32 << 20;

    private const uint ShareLeast = 32 << 10;

    public static void Run(World world, uint row, ref Connection connection, in BodyState body, uint target)
    {
        bool large = body.Kind switch
        {
            BodyKind.Length => body.Remaining > BufferSlab.SmallSize,
            BodyKind.Chunked => body.Remaining > BufferSlab.SmallSize || IsBulky(connection),
            _ => IsBulky(connection),
        };
        int room = large ? OutputRoom.Of(world, target, world.Connection[target]) : BufferSlab.SmallSize;
        if (room > BufferSlab.SmallSize)
            ArmReceive.Large(world, row, ref connection, OperationFlags.None, Math.Min(room, Share(world)));
        else if (room > 0) ArmReceive.Small(world, row, ref connection, OperationFlags.None);
    }

    /// <summary>Bytes that a connection may receive at once, so that those of all together are bounded.</summary>
    private static int Share(World world) =>
        (int)Math.Max(TogetherMax / (world.Buffers.LentOf(BufferClass.Large) + 1), ShareLeast);

    private static bool IsBulky(in Connection connection) => (connection.Flags & ConnectionFlags.Bulky) != 0;
}
