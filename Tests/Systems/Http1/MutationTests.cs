using System;
using System.Collections.Generic;
using System.Linq;
using Engine.Data.Messages;
using Engine.Systems.Http1;
using Tests.Corpora;
using Xunit;

namespace Tests.Systems.Http1;

/// <summary>
/// Corpora bent at random: nothing may throw, read beyond its input, depend on how it arrives, or be passed
/// on in a way that reads differently the second time. The seeds are fixed; a failure names its own.
/// </summary>
public sealed unsafe class MutationTests
{
    private const int Rounds = 4000;

    private static readonly byte[] Favourites = "\0\t\n\r :,;/#*?@[]aA0xX1\x7f\x80\xff"u8.ToArray();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Requests(int seed) =>
        Run(
            seed,
            isRequest: true,
            [.. HeadCorpus.ValidRequests, .. HeadCorpus.InvalidRequests, .. HeadCorpus.UnsafeRequests]);

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public void Responses(int seed) =>
        Run(
            seed,
            isRequest: false,
            [.. HeadCorpus.ValidResponses, .. HeadCorpus.InvalidResponses, .. HeadCorpus.UnsafeResponses]);

    [Theory]
    [InlineData(6)]
    [InlineData(7)]
    public void Chunks(int seed)
    {
        Random random = new(seed);
        CorpusCase[] cases = [.. HeadCorpus.ValidChunked, .. HeadCorpus.InvalidChunked];
        for (int round = 0; round < Rounds; round++)
        {
            byte[] input = Mutate(random, cases, 2000);
            ChunkRun whole = ChunkRun.Of(input, [], decode: false);
            int[] cuts = Cuts(random, input.Length);
            ChunkRun pieces = ChunkRun.Of(input, cuts, decode: false);
            string where = $"seed {seed}, round {round}: {HeadBench.Show(input)}";
            Assert.True(whole.Result == pieces.Result && whole.Output.SequenceEqual(pieces.Output), where);
            ChunkRun payload = ChunkRun.Of(input, cuts, decode: true);
            bool counted = (ulong)payload.Output.Length == payload.State.Passed;
            Assert.True(whole.Result == payload.Result && counted, where);
            if (whole.Result != ChunkResult.Done) continue;
            // What was relayed is a body that decodes to the same payload and changes no more.
            ChunkRun again = ChunkRun.Of(whole.Output, [], decode: true);
            Assert.True(
                again.Result == ChunkResult.Done && again.Output.SequenceEqual(payload.Output), where);
            Assert.True(
                ChunkRun.Of(whole.Output, [], decode: false).Output.SequenceEqual(whole.Output), where);
        }
    }

    private static void Run(int seed, bool isRequest, CorpusCase[] cases)
    {
        Random random = new(seed);
        using HeadBench bench = new(isRequest);
        for (int round = 0; round < Rounds; round++)
        {
            byte[] input = Mutate(random, cases, 4000);
            bench.Limits = random.Next(4) == 0 ? HeadBench.Unsafe : HeadBench.Strict;
            string where = $"seed {seed}, round {round}: {HeadBench.Show(input)}";
            HeadResult result = bench.Parse(input);
            if (result == HeadResult.Ok) PassOn(bench, isRequest, where);
            string index = result == HeadResult.Ok ? Reparsed(bench, input) : "";
            int[] cuts = Cuts(random, input.Length);
            HeadResult pieces =
                bench.ParsePieces(input, end => cuts.FirstOrDefault(cut => cut > end, input.Length));
            // Wrong in the first piece may be seen before the end is there; apart from that it is all the
            // same.
            bool agree = pieces == result || (result.IsError() && pieces == HeadResult.Incomplete);
            Assert.True(agree, $"{where}\n{result} and {pieces}");
            if (result == HeadResult.Ok) Assert.True(index == bench.Describe(), where);
        }
    }

    private static string Reparsed(HeadBench bench, byte[] input)
    {
        bench.Parse(input);
        return bench.Describe();
    }

    private static void PassOn(HeadBench bench, bool isRequest, string where)
    {
        Method method = isRequest ? bench.Head->Method : Method.Get;
        BodyState body = Framing(bench, isRequest, method);
        byte[] written = bench.Write(ConnectionSaid.Upgrade);
        HeadLimits limits = bench.Limits;
        if (!limits.AcceptUnsafe) Assert.True(ParsesAlike(bench, written), where);
        else bench.Parse(written);
        BodyState again = Framing(bench, isRequest, method);
        Assert.True((body.Kind, body.Remaining) == (again.Kind, again.Remaining), where);
        Assert.True(bench.Write(ConnectionSaid.Upgrade).SequenceEqual(written), where);
    }

    private static bool ParsesAlike(HeadBench bench, byte[] written) =>
        bench.Parse(written) == HeadResult.Ok && bench.Head->HeadLength == written.Length;

    private static BodyState Framing(HeadBench bench, bool isRequest, Method method) =>
        isRequest ? BodyFraming.OfRequest(bench.Head) : BodyFraming.OfResponse(bench.Head, method);

    private static byte[] Mutate(Random random, CorpusCase[] cases, int lengthMax)
    {
        CorpusCase one;
        do one = cases[random.Next(cases.Length)];
        while (one.Input.Length > lengthMax);
        List<byte> bytes = [.. one.Input];
        for (int edits = random.Next(1, 4); edits > 0; edits--)
        {
            int at = random.Next(bytes.Count + 1);
            switch (random.Next(6))
            {
                case 0: bytes.Insert(at, Favourites[random.Next(Favourites.Length)]); break;
                case 1 when at < bytes.Count: bytes.RemoveAt(at); break;
                case 2 when at < bytes.Count: bytes[at] = Favourites[random.Next(Favourites.Length)]; break;
                case 3 when at < bytes.Count: bytes[at] ^= (byte)(1 << random.Next(8)); break;
                case 4: bytes.InsertRange(at, Piece(random, cases)); break;
                case 5 when at < bytes.Count: bytes.RemoveRange(at, random.Next(bytes.Count - at)); break;
            }
        }
        return [.. bytes];
    }

    private static byte[] Piece(Random random, CorpusCase[] cases)
    {
        byte[] from = cases[random.Next(cases.Length)].Input;
        int start = random.Next(from.Length);
        int length = random.Next(Math.Min(40, from.Length - start));
        return from[start..(start + length)];
    }

    private static int[] Cuts(Random random, int length)
    {
        SortedSet<int> cuts = [];
        for (int count = random.Next(5); count > 0 && length > 1; count--) cuts.Add(random.Next(1, length));
        return [.. cuts];
    }
}
