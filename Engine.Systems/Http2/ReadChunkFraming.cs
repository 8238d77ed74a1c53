using System;
using Engine.Data.Buffers;
using Engine.Data.Http2;
using Engine.Data.Worlds;

namespace Engine.Systems.Http2;

/// <summary>
/// Takes the framing of chunks out of an output: it is the plain form that <see cref="Http1.ScanChunked"/> leaves, or
/// one that we wrote.
/// </summary>
internal static class ReadChunkFraming
{
    private const byte Size = 0;
    private const byte SizeFeed = 1;
    private const byte Data = 2;
    private const byte DataReturn = 3;
    private const byte DataFeed = 4;
    private const byte Trailers = 5;

    public static ChunkEnd Run(World world, ref BufferChain output, ref Http2Stream stream)
    {
        BufferSlab slab = world.Buffers;
        while (!output.IsEmpty)
        {
            if (stream.ChunkStep == Data)
            {
                if (stream.SendLeft > 0) return ChunkEnd.More;
                stream.ChunkStep = DataReturn;
            }
            if (stream.ChunkStep == Trailers) return TakeEnd(world, ref output);
            byte value = output.First(slab)[0];
            if (!Step(ref stream, value)) return ChunkEnd.Bad;
            output.Consume(slab, 1);
        }
        return stream.ChunkStep == Trailers ? ChunkEnd.Trailers : ChunkEnd.More;
    }

    private static bool Step(ref Http2Stream stream, byte value)
    {
        switch (stream.ChunkStep)
        {
            case Size when value == '\r':
                stream.ChunkStep = SizeFeed;
                return true;
            case Size:
                int digit = HexDigit(value);
                if (digit < 0 || stream.SendLeft >> 60 != 0) return false;
                stream.SendLeft = (stream.SendLeft << 4) | (uint)digit;
                return true;
            case SizeFeed:
                stream.ChunkStep = stream.SendLeft == 0 ? Trailers : Data;
                return value == '\n';
            case DataReturn:
                stream.ChunkStep = DataFeed;
                return value == '\r';
            default:
                stream.ChunkStep = Size;
                return value == '\n';
        }
    }

    private static ChunkEnd TakeEnd(World world, ref BufferChain output)
    {
        Span<byte> first = stackalloc byte[2];
        if (DemuxFrames.Peek(world, ref output, first) < 2) return ChunkEnd.Trailers;
        if (!first.SequenceEqual("\r\n"u8)) return ChunkEnd.Trailers;
        output.Consume(world.Buffers, 2);
        return ChunkEnd.Body;
    }

    private static int HexDigit(byte value)
    {
        int digit = value - '0';
        if ((uint)digit <= 9) return digit;
        digit = (value | 0x20) - 'a';
        return (uint)digit <= 5 ? digit + 10 : -1;
    }
}
