using Engine.Data.Buffers;
using Engine.Data.Connections;
using Engine.Data.Streams;
using Engine.Data.Worlds;

namespace Engine.Systems.Streams;

/// <summary>The response begins: the request kept for a repetition is needed no more.</summary>
public static class ReleaseRetained
{
    public static void Run(World world, ref Stream stream, ref Connection server)
    {
        if (stream.Retained.IsNone) return;
        if (server.Out.Head != stream.Retained) world.Buffers.Return(stream.Retained);
        stream.Retained = BufferRef.None;
    }
}
