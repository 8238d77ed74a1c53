using Engine.Data.Buffers;
using Engine.Data.Connections;
using Engine.Data.Kernel;
using Engine.Data.Messages;
using Engine.Data.Worlds;
using Engine.Systems.Connections;

namespace Engine.Systems.Forward;

/// <summary>Arms the receive of body bytes, with a buffer as large as what is still to come.</summary>
public static class ArmBody
{
    public static void Run(World world, uint row, ref Connection connection, in BodyState body)
    {
        bool large = body.Kind switch
        {
            BodyKind.Length => body.Remaining > BufferSlab.SmallSize,
            BodyKind.Chunked => body.Remaining > BufferSlab.SmallSize || IsBulky(connection),
            _ => IsBulky(connection),
        };
        if (large) ArmReceive.Large(world, row, ref connection, OperationFlags.None);
        else ArmReceive.Small(world, row, ref connection, OperationFlags.None);
    }

    private static bool IsBulky(in Connection connection) => (connection.Flags & ConnectionFlags.Bulky) != 0;
}
