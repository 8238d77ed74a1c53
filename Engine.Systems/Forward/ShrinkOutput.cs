using Engine.Data.Buffers;

namespace Engine.Systems.Forward;

/// <summary>A little that waits for a peer to read again is not left in a buffer for much.</summary>
internal static class ShrinkOutput
{
    /// <summary>Copies what a large buffer holds into as many smaller ones as it fills, where that is little.</summary>
    public static void Run(BufferSlab slab, ref BufferChain chain)
    {
        if (chain.Head.IsNone || chain.Head.Class != BufferClass.Large) return;
        if (chain.Length > 2 * slab.SizeOf(BufferClass.Standard)) return;
        BufferChain smaller = default;
        for (BufferRef buffer = chain.Head; !buffer.IsNone; buffer = slab.Segment(buffer).Next)
        {
            if (AppendBytes.Run(slab, ref smaller, Filled(slab, buffer))) continue;
            smaller.Clear(slab);
            return;
        }
        chain.Clear(slab);
        chain = smaller;
    }

    private static unsafe System.ReadOnlySpan<byte> Filled(BufferSlab slab, BufferRef buffer)
    {
        ref BufferSegment segment = ref slab.Segment(buffer);
        return new(slab.Address(buffer) + segment.Start, segment.Length);
    }
}
