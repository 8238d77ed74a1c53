using System;
using Engine.Data.Buffers;
using Engine.Data.Messages;
using Engine.Data.Samples;

namespace Engine.Systems.Samples;

/// <summary>Bytes of an input, which may stand in several buffers: uncopied where they stand in one.</summary>
internal static unsafe class ReadInput
{
    /// <summary>False when the input has not so many bytes, or scratch memory has no room to join them.</summary>
    public static bool TryTake(ref Evaluation scope, BufferChain* input, int offset, int length, out ByteView bytes)
    {
        bytes = default;
        if (input == null || offset < 0 || length < 0 || input->Length - length < offset) return false;
        BufferSlab slab = scope.Buffers!;
        BufferRef buffer = input->Head;
        while (!buffer.IsNone && offset >= slab.Segment(buffer).Length)
        {
            offset -= slab.Segment(buffer).Length;
            buffer = slab.Segment(buffer).Next;
        }
        if (length == 0) return true;
        ref BufferSegment first = ref slab.Segment(buffer);
        if (first.Length - offset >= length)
        {
            bytes = new ByteView(slab.Address(buffer) + first.Start + offset, length);
            return true;
        }
        return TryJoin(ref scope, buffer, offset, length, out bytes);
    }

    private static bool TryJoin(ref Evaluation scope, BufferRef buffer, int offset, int length, out ByteView bytes)
    {
        bytes = default;
        BufferSlab slab = scope.Buffers!;
        Span<byte> space = scope.Scratch.Free;
        if (space.Length < length) return false;
        int filled = 0;
        while (filled < length)
        {
            ref BufferSegment segment = ref slab.Segment(buffer);
            int part = Math.Min(segment.Length - offset, length - filled);
            new ReadOnlySpan<byte>(slab.Address(buffer) + segment.Start + offset, part).CopyTo(space[filled..]);
            filled += part;
            offset = 0;
            buffer = segment.Next;
        }
        bytes = scope.Scratch.Commit(length);
        return true;
    }
}
