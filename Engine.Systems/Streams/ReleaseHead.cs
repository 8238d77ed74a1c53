using Engine.Data.Streams;
using Engine.Data.Worlds;

namespace Engine.Systems.Streams;

/// <summary>Gives the head slot of a stream back.</summary>
public static unsafe class ReleaseHead
{
    public static void Run(World world, ref Stream stream)
    {
        if (stream.Head == null) return;
        world.Heads.Return(stream.Head);
        stream.Head = null;
    }
}
