using System;
using Engine.Data.Buffers;
using Engine.Data.Configuration;
using Engine.Data.Streams;
using Engine.Data.Worlds;

namespace Engine.Systems.Replay;

/// <summary>
/// Copies what goes to a server, head and body, into one buffer, where the backend's <c>retry-on</c> may want it sent again
/// (manual section 4.2). A request that does not fit is not sent again.
/// </summary>
public static unsafe class KeepRequest
{
    /// <summary>The head was written: the copy begins with it.</summary>
    public static void Begin(World world, uint row, in Stream stream, BufferRef head)
    {
        if ((world.Configuration.Proxies[stream.Backend].RetryOn & RetryEvents.AfterSending) == 0) return;
        ref KeptRequest kept = ref world.KeptRequests[row];
        if (kept.IsRefused) return;
        kept.Copy = world.Buffers.Take(BufferClass.Standard);
        if (kept.Copy.IsNone) return;
        world.Buffers.Segment(kept.Copy).Start = 0;
        world.Buffers.Segment(kept.Copy).End = 0;
        ref BufferSegment segment = ref world.Buffers.Segment(head);
        Add(world, ref kept, new ReadOnlySpan<byte>(world.Buffers.Address(head) + segment.Start, segment.Length));
    }

    /// <summary>Bytes of the body were put at the end of the server's output.</summary>
    /// <param name="world">The thread's world.</param>
    /// <param name="row">Row of the stream.</param>
    /// <param name="output">The output.</param>
    /// <param name="added">How many.</param>
    public static void Follow(World world, uint row, in BufferChain output, int added)
    {
        if (!world.Configuration.Globals.KeepsRequests || added == 0) return;
        ref KeptRequest kept = ref world.KeptRequests[row];
        if (kept.Copy.IsNone) return;
        int skip = output.Length - added;
        for (BufferRef buffer = output.Head; !buffer.IsNone; buffer = world.Buffers.Segment(buffer).Next)
        {
            ref BufferSegment segment = ref world.Buffers.Segment(buffer);
            int length = segment.Length;
            if (skip < length && !kept.Copy.IsNone)
                Add(world, ref kept, new ReadOnlySpan<byte>(world.Buffers.Address(buffer) + segment.Start + skip, length - skip));
            skip = Math.Max(0, skip - length);
        }
    }

    /// <summary>What goes past the copy can only be sent once.</summary>
    public static void Drop(World world, uint row)
    {
        if (!world.Configuration.Globals.KeepsRequests) return;
        ref KeptRequest kept = ref world.KeptRequests[row];
        if (!kept.Copy.IsNone) world.Buffers.Return(kept.Copy);
        kept.Copy = BufferRef.None;
    }

    private static void Add(World world, ref KeptRequest kept, ReadOnlySpan<byte> bytes)
    {
        ref BufferSegment segment = ref world.Buffers.Segment(kept.Copy);
        int free = world.Buffers.SizeOf(BufferClass.Standard) - segment.End;
        if (bytes.Length > free)
        {
            world.Buffers.Return(kept.Copy);
            kept.Copy = BufferRef.None;
            return;
        }
        bytes.CopyTo(new Span<byte>(world.Buffers.Address(kept.Copy) + segment.End, free));
        segment.End += bytes.Length;
    }
}
