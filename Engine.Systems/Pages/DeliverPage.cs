using System.Runtime.InteropServices;
using Engine.Data.Messages;
using Engine.Data.Pages;
using Engine.Data.Streams;
using Engine.Data.Worlds;
using Engine.Systems.Evaluate;
using Engine.Systems.Forward;
using Engine.Systems.Streams;

namespace Engine.Systems.Pages;

/// <summary>Sends a page that was made for a stream, if the stream still waits for it.</summary>
public static unsafe class DeliverPage
{
    /// <param name="world">The thread's world.</param>
    /// <param name="request">Whom it is for.</param>
    /// <param name="status">Status of the answer.</param>
    /// <param name="head">Start line and fields, with the empty line.</param>
    /// <param name="body">Native memory, which is let go of when the stream is over.</param>
    public static void Run(World world, PageRequest request, ushort status, ByteView head, ByteView body)
    {
        Sweep(world);
        uint row = request.Stream;
        if (!IsWanted(world, request))
        {
            Free(world, (nint)body.Start);
            return;
        }
        ref Stream stream = ref world.Stream[row];
        stream.Status = status;
        DropBody.Run(world, row, ref stream);
        world.PageBlocks.Add(new PageBlock((nint)body.Start, row, request.Generation));
        ByteView sent = (stream.Flags & StreamFlags.HeadRequest) != 0 ? default : body;
        if (!stream.Request.Done) stream.Flags &= ~StreamFlags.ClientKeepAlive;
        int written = WriteReply.Run(world, row, ref stream, head, sent);
        if (written > 0) CountBytes.ToClient(world, row, ref stream, (ulong)(written + sent.Length));
    }

    /// <summary>The stream is there and waits for it.</summary>
    public static bool IsWanted(World world, PageRequest request) =>
        world.Streams.IsLive(request.Stream, request.Generation)
        && world.Stream[request.Stream].State == StreamState.AwaitingPage;

    /// <summary>Frees the pages whose streams are over; a few at most are there.</summary>
    public static void Sweep(World world)
    {
        int kept = 0;
        for (int i = 0; i < world.PageBlocks.Count; i++)
        {
            PageBlock block = world.PageBlocks[i];
            if (world.Streams.IsLive(block.Stream, block.Generation)) world.PageBlocks[kept++] = block;
            else Free(world, block.Start);
        }
        while (world.PageBlocks.Count > kept) world.PageBlocks.RemoveLast();
    }
    private static void Free(World world, nint start)
    {
        if (world.Shared.FreePage is { } free) free(start);
        else NativeMemory.Free((void*)start);
    }
}
