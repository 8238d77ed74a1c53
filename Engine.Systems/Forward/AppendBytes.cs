using System;
using Engine.Data.Buffers;
using Engine.Data.Worlds;

namespace Engine.Systems.Forward;

/// <summary>Copies bytes to the end of a chain, into its last buffer and as many more as it takes.</summary>
public static unsafe class AppendBytes
{
    /// <summary>False when the slab ran out: then nothing of the bytes was appended.</summary>
    public static bool Run(World world, ref BufferChain chain, ReadOnlySpan<byte> bytes) =>
        Run(world.Buffers, ref chain, bytes);

    /// <inheritdoc cref="Run(World, ref BufferChain, ReadOnlySpan{byte})"/>
    public static bool Run(BufferSlab slab, ref BufferChain chain, ReadOnlySpan<byte> bytes)
    {
        if (!chain.Tail.IsNone)
        {
            ref BufferSegment tail = ref slab.Segment(chain.Tail);
            if (slab.SizeOf(chain.Tail) - tail.End >= bytes.Length)
            {
                bytes.CopyTo(new Span<byte>(slab.Address(chain.Tail) + tail.End, bytes.Length));
                tail.End += bytes.Length;
                chain.Length += bytes.Length;
                return true;
            }
        }
        BufferChain added = default;
        while (bytes.Length > 0)
        {
            BufferRef buffer = slab.Take(bytes.Length <= BufferSlab.SmallSize ? BufferClass.Small : BufferClass.Standard);
            if (buffer.IsNone)
            {
                added.Clear(slab);
                return false;
            }
            int part = Math.Min(bytes.Length, slab.SizeOf(buffer));
            bytes[..part].CopyTo(new Span<byte>(slab.Address(buffer), part));
            slab.Segment(buffer).End = part;
            added.Append(slab, buffer);
            bytes = bytes[part..];
        }
        chain.AppendAll(slab, ref added);
        return true;
    }
}
