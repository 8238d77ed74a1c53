using System;
using Engine.Data.Connections;
using Engine.Data.Messages;
using Engine.Data.Streams;
using Engine.Data.Worlds;
using Engine.Systems.Forward;
using Engine.Systems.Http1;

namespace Engine.Systems.Streams;

/// <summary>
/// The body of a request that is answered here and goes nowhere: where all of it is here already, and nothing behind it,
/// it is thrown away, so that the client's connection goes on.
/// </summary>
public static unsafe class DropBody
{
    public static void Run(World world, uint row, ref Stream stream)
    {
        const StreamFlags passed = StreamFlags.RequestSent | StreamFlags.Tcp | StreamFlags.ResponseStarted;
        if (stream.Request.Done || stream.Head == null || (stream.Flags & passed) != 0) return;
        if (stream.State == StreamState.ReadingHead || stream.Request.Passed != 0) return;
        ref Connection client = ref world.Connection[stream.Client];
        int head = stream.Head->HeadLength;
        int body = client.In.Length - head;
        if (body <= 0 || !IsWhole(world, ref stream.Request, in client, head, body)) return;
        client.In.Truncate(world.Buffers, head);
        stream.Request.Done = true;
        world.Log[row].BytesFromClient += (ulong)body; // EndStreams counts what no server got
    }

    private static bool IsWhole(World world, ref BodyState request, in Connection client, int head, int body)
    {
        if (request.Kind == BodyKind.Length) return request.Remaining == (ulong)body;
        Span<byte> first = client.In.First(world.Buffers);
        if (request.Kind != BodyKind.Chunked || first.Length != head + body) return false;
        BodyState state = request; // what is scanned is dropped, or the connection ends with the answer
        return ScanChunked.Run(ref state, first[head..], out int consumed, out _) == ChunkResult.Done && consumed == body;
    }
}
