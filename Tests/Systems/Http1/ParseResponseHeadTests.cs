using System;
using System.Globalization;
using Engine.Data.Messages;
using Engine.Systems.Http1;
using Tests.Corpora;
using Xunit;

namespace Tests.Systems.Http1;

public sealed unsafe class ParseResponseHeadTests : IDisposable
{
    private readonly HeadBench bench = new(isRequest: false);

    public static TheoryData<string> Valid => HeadCorpus.Names(HeadCorpus.ValidResponses);

    public static TheoryData<string> Invalid => HeadCorpus.Names(HeadCorpus.InvalidResponses);

    public static TheoryData<string> OnlyUnsafe => HeadCorpus.Names(HeadCorpus.UnsafeResponses);

    public void Dispose() => bench.Dispose();

    [Theory]
    [MemberData(nameof(Valid))]
    public void A_valid_head_is_indexed_framed_and_passed_on(string name)
    {
        CorpusCase one = HeadCorpus.Find(HeadCorpus.ValidResponses, name);
        Assert.Equal(HeadResult.Ok, bench.Parse(one.Input));
        MessageHead* head = bench.Head;
        Assert.Equal(one.Input.Length, head->HeadLength);
        if (one.Value("status") is { } status)
        {
            Assert.Equal(status, head->Status.ToString(CultureInfo.InvariantCulture));
        }
        BodyState body = BodyFraming.OfResponse(head, RequestMethod(one));
        Assert.Equal(ExpectedFlags(one, head), head->Flags);
        if (one.Value("body") is { } expected) ExpectBody(expected.Split(':'), body);
        Assert.Equal(HeadBench.Show(one.Outputs[0]), HeadBench.Show(bench.Write(Said(one))));
    }

    [Theory]
    [MemberData(nameof(Valid))]
    public void What_is_passed_on_is_the_same_when_parsed_again(string name)
    {
        CorpusCase one = HeadCorpus.Find(HeadCorpus.ValidResponses, name);
        bench.Parse(one.Input);
        BodyState body = BodyFraming.OfResponse(bench.Head, RequestMethod(one));
        byte[] written = bench.Write(Said(one));
        Assert.Equal(HeadResult.Ok, bench.Parse(written));
        BodyState again = BodyFraming.OfResponse(bench.Head, RequestMethod(one));
        Assert.Equal((body.Kind, body.Remaining), (again.Kind, again.Remaining));
        Assert.Equal(HeadBench.Show(written), HeadBench.Show(bench.Write(Said(one))));
    }

    [Theory]
    [MemberData(nameof(Valid))]
    public void Every_prefix_of_a_valid_head_is_incomplete(string name)
    {
        CorpusCase one = HeadCorpus.Find(HeadCorpus.ValidResponses, name);
        for (int length = 0; length < one.Input.Length; length++)
        {
            HeadResult result = bench.Parse(one.Input.AsSpan(0, length));
            Assert.True(result == HeadResult.Incomplete, $"{length} bytes: {result}");
        }
    }

    [Theory]
    [MemberData(nameof(Valid))]
    public void A_head_in_pieces_gives_the_same_index(string name)
    {
        CorpusCase one = HeadCorpus.Find(HeadCorpus.ValidResponses, name);
        bench.Parse(one.Input);
        string expected = bench.Describe();
        for (int split = 0; split <= one.Input.Length; split++)
        {
            int at = split;
            Assert.Equal(
                HeadResult.Ok, bench.ParsePieces(one.Input, end => end < at ? at : one.Input.Length));
            Assert.Equal(expected, bench.Describe());
        }
        Assert.Equal(HeadResult.Ok, bench.ParsePieces(one.Input, end => end + 1));
        Assert.Equal(expected, bench.Describe());
    }

    [Theory]
    [MemberData(nameof(Invalid))]
    public void An_invalid_head_is_refused_however_it_arrives(string name)
    {
        CorpusCase one = HeadCorpus.Find(HeadCorpus.InvalidResponses, name);
        HeadResult expected = Enum.Parse<HeadResult>(one.Facts[0]);
        int step = one.Has("big") ? 997 : 1;
        for (int split = 0; split <= one.Input.Length; split += step)
        {
            int at = split;
            HeadResult result = bench.ParsePieces(one.Input, end => end < at ? at : one.Input.Length);
            Assert.True(expected == result, $"split at {split}: {result}");
        }
        Assert.Equal(expected, bench.ParsePieces(one.Input, end => Math.Min(end + step, one.Input.Length)));
    }

    [Theory]
    [MemberData(nameof(OnlyUnsafe))]
    public void The_relaxed_parser_takes_what_the_strict_one_refuses(string name)
    {
        CorpusCase one = HeadCorpus.Find(HeadCorpus.UnsafeResponses, name);
        Assert.Equal(Enum.Parse<HeadResult>(one.Facts[0]), bench.Parse(one.Input));
        bench.Limits = HeadBench.Unsafe;
        Assert.Equal(HeadResult.Ok, bench.Parse(one.Input));
        Assert.Equal(HeadBench.Show(one.Outputs[0]), HeadBench.Show(bench.Write(ConnectionSaid.Nothing)));
    }

    private static Method RequestMethod(CorpusCase one) =>
        one.Value("to") is { } method ? Enum.Parse<Method>(method, ignoreCase: true) : Method.Get;

    private static ConnectionSaid Said(CorpusCase one) =>
        one.Value("said") is { } said ? Enum.Parse<ConnectionSaid>(said) : ConnectionSaid.Nothing;

    private static HeadFlags ExpectedFlags(CorpusCase one, MessageHead* head)
    {
        HeadFlags flags = HeadFlags.None;
        foreach (string fact in one.Facts)
        {
            if (Enum.TryParse(fact, out HeadFlags flag)) flags |= flag;
        }
        if (EditFields.Find(head, KnownHeader.ContentLength) >= 0) flags |= HeadFlags.HasContentLength;
        return flags;
    }

    private static void ExpectBody(string[] expected, BodyState body)
    {
        Assert.Equal(Enum.Parse<BodyKind>(expected[0]), body.Kind);
        Assert.Equal(
            expected.Length > 1 ? ulong.Parse(expected[1], CultureInfo.InvariantCulture) : 0, body.Remaining);
        Assert.Equal(body.Kind == BodyKind.None, body.Done);
    }
}
