using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Engine.Data.Messages;
using Engine.Systems.Http1;
using Tests.Corpora;
using Xunit;

namespace Tests.Systems.Http1;

public sealed class ScanChunkedTests
{
    public static TheoryData<string> Valid => HeadCorpus.Names(HeadCorpus.ValidChunked);

    public static TheoryData<string> Invalid => HeadCorpus.Names(HeadCorpus.InvalidChunked);

    [Theory]
    [MemberData(nameof(Valid))]
    public void A_body_is_relayed_or_decoded_however_it_is_cut(string name)
    {
        CorpusCase one = HeadCorpus.Find(HeadCorpus.ValidChunked, name);
        int rest = int.Parse(one.Value("rest") ?? "0", CultureInfo.InvariantCulture);
        foreach (int[] cuts in Cuts(one))
        {
            foreach (bool decode in new[] { false, true })
            {
                ChunkRun run = ChunkRun.Of(one.Input, cuts, decode);
                Assert.Equal(ChunkResult.Done, run.Result);
                Assert.True(run.State.Done);
                byte[] expected = one.Outputs[decode ? 1 : 0];
                Assert.Equal(HeadBench.Show(expected), HeadBench.Show(run.Output));
                Assert.Equal((ulong)one.Outputs[1].Length, run.State.Passed);
                Assert.Equal(one.Input.Length - rest, run.Consumed);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Valid))]
    public void A_body_is_not_over_before_its_last_byte(string name)
    {
        CorpusCase one = HeadCorpus.Find(HeadCorpus.ValidChunked, name);
        int rest = int.Parse(one.Value("rest") ?? "0", CultureInfo.InvariantCulture);
        for (int length = 0; length < one.Input.Length - rest; length++)
        {
            ChunkRun run = ChunkRun.Of(one.Input[..length], [], decode: false);
            Assert.Equal(ChunkResult.More, run.Result);
            Assert.False(run.State.Done);
            Assert.Equal(length, run.Consumed);
        }
    }

    [Fact]
    public void A_plain_body_is_passed_without_moving_a_byte()
    {
        foreach (CorpusCase one in HeadCorpus.ValidChunked.Where(c => c.Has("plain")))
        {
            byte[] input = (byte[])one.Input.Clone();
            BodyState state = new() { Kind = BodyKind.Chunked };
            ScanChunked.Run(ref state, input, out int consumed, out int produced);
            Assert.Equal(consumed, produced);
            Assert.Equal(one.Input, input);
        }
    }

    [Theory]
    [MemberData(nameof(Invalid))]
    public void An_invalid_body_is_refused_however_it_is_cut(string name)
    {
        CorpusCase one = HeadCorpus.Find(HeadCorpus.InvalidChunked, name);
        ChunkResult expected = Enum.Parse<ChunkResult>(one.Facts[0]);
        foreach (int[] cuts in Cuts(one))
        {
            foreach (bool decode in new[] { false, true })
            {
                ChunkRun run = ChunkRun.Of(one.Input, cuts, decode);
                Assert.Equal(expected, run.Result);
                Assert.False(run.State.Done);
            }
        }
    }

    [Fact]
    public void Sizes_are_52_bits_wide()
    {
        BodyState state = new() { Kind = BodyKind.Chunked };
        byte[] input = "000FFFFFFFFFFFFF\r\nabc"u8.ToArray();
        Assert.Equal(ChunkResult.More, ScanChunked.Run(ref state, input, out int consumed, out int produced));
        Assert.Equal((input.Length, input.Length), (consumed, produced));
        Assert.Equal(ChunkLimits.SizeMax - 3, state.Remaining);
        Assert.Equal(3UL, state.Passed);
    }

    [Fact]
    public void Nothing_comes_of_no_bytes()
    {
        BodyState state = new() { Kind = BodyKind.Chunked };
        Assert.Equal(ChunkResult.More, ScanChunked.Run(ref state, [], out int consumed, out int produced));
        Assert.Equal((0, 0), (consumed, produced));
    }

    [Theory]
    [InlineData(1UL, "1\r\n")]
    [InlineData(15UL, "f\r\n")]
    [InlineData(16UL, "10\r\n")]
    [InlineData(4096UL, "1000\r\n")]
    [InlineData(0xABCDEF0123456789UL, "abcdef0123456789\r\n")]
    [InlineData(ulong.MaxValue, "ffffffffffffffff\r\n")]
    public void A_size_line_is_written(ulong size, string expected)
    {
        Span<byte> line = stackalloc byte[WriteChunk.HeaderMax];
        int length = WriteChunk.Header(line, size);
        Assert.Equal(expected, System.Text.Encoding.ASCII.GetString(line[..length]));
    }

    // Whole, at every byte, cut once anywhere; long ones at some places only.
    private static IEnumerable<int[]> Cuts(CorpusCase one)
    {
        yield return [];
        yield return [.. Enumerable.Range(1, one.Input.Length - 1)];
        int step = one.Has("long") ? 251 : 1;
        for (int cut = 1; cut < one.Input.Length; cut += step) yield return [cut];
    }
}
