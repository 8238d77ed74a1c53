using System;
using System.Collections.Generic;
using Engine.Data.Messages;
using Engine.Systems.Http1;
using Xunit;

namespace Tests.Systems.Http1;

/// <summary>A chunked body put through the decoder in segments.</summary>
public sealed record ChunkRun(ChunkResult Result, BodyState State, byte[] Output, int Consumed)
{
    /// <param name="input">The body and perhaps more.</param>
    /// <param name="cuts">Where segments end, rising.</param>
    /// <param name="decode">Payload only.</param>
    public static ChunkRun Of(byte[] input, int[] cuts, bool decode)
    {
        BodyState state = new() { Kind = BodyKind.Chunked, Delivery = decode ? BodyDelivery.Decoded : BodyDelivery.AsSent };
        List<byte> output = [];
        int total = 0;
        int start = 0;
        ChunkResult result = ChunkResult.More;
        for (int i = 0; i <= cuts.Length && result == ChunkResult.More; i++)
        {
            int end = i < cuts.Length ? cuts[i] : input.Length;
            byte[] segment = input[start..end];
            result = ScanChunked.Run(ref state, segment, out int consumed, out int produced);
            Assert.InRange(produced, 0, consumed);
            Assert.InRange(consumed, 0, segment.Length);
            if (result == ChunkResult.More) Assert.Equal(segment.Length, consumed);
            // Behind what was used up nothing is changed: it belongs to the next message.
            Assert.True(segment.AsSpan(consumed).SequenceEqual(input.AsSpan((start + consumed)..end)));
            output.AddRange(segment[..produced]);
            total += consumed;
            start = end;
        }
        return new ChunkRun(result, state, [.. output], total);
    }
}
