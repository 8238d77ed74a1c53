using System;
using System.Globalization;
using System.Linq;
using Engine.Data.Messages;
using Engine.Systems.Http1;
using Tests.Corpora;
using Xunit;

namespace Tests.Systems.Http1;

public sealed unsafe class ParseRequestHeadTests : IDisposable
{
    private readonly HeadBench bench = new(isRequest: true);

    public static TheoryData<string> Valid => HeadCorpus.Names(HeadCorpus.ValidRequests);

    public static TheoryData<string> Invalid => HeadCorpus.Names(HeadCorpus.InvalidRequests);

    public static TheoryData<string> OnlyUnsafe => HeadCorpus.Names(HeadCorpus.UnsafeRequests);

    public void Dispose() => bench.Dispose();

    [Theory]
    [MemberData(nameof(Valid))]
    public void A_valid_head_is_indexed_and_passed_on(string name)
    {
        CorpusCase one = HeadCorpus.Find(HeadCorpus.ValidRequests, name);
        Assert.Equal(HeadResult.Ok, bench.Parse(one.Input));
        MessageHead* head = bench.Head;
        Assert.Equal(one.Input.Length, head->HeadLength);
        Assert.Equal(ExpectedFlags(one, head), head->Flags);
        ExpectBody(one, BodyFraming.OfRequest(head));
        if (one.Value("path") is { } path) Assert.Equal(path, head->PathAndQuery.ToString());
        if (one.Value("authority") is { } authority) Assert.Equal(authority, head->Authority.ToString());
        byte[] written = bench.Write(Said(one));
        Assert.Equal(HeadBench.Show(one.Outputs[0]), HeadBench.Show(written));
        if (head->Version == HttpVersion.Http11 && (head->Flags & HeadFlags.PlainStartLine) != 0)
        {
            // What is logged is what is sent.
            Assert.StartsWith(
                head->StartLine + "\r\n", new ByteViewText(written).ToString(), StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Valid))]
    public void What_is_passed_on_is_the_same_when_parsed_again(string name)
    {
        CorpusCase one = HeadCorpus.Find(HeadCorpus.ValidRequests, name);
        bench.Parse(one.Input);
        byte[] written = bench.Write(Said(one));
        Assert.Equal(HeadResult.Ok, bench.Parse(written));
        Assert.Equal(HeadBench.Show(written), HeadBench.Show(bench.Write(Said(one))));
    }

    [Theory]
    [MemberData(nameof(Valid))]
    public void Every_prefix_of_a_valid_head_is_incomplete(string name)
    {
        CorpusCase one = HeadCorpus.Find(HeadCorpus.ValidRequests, name);
        for (int length = 0; length < one.Input.Length; length++)
        {
            int scanned = 0;
            HeadResult result = bench.Parse(one.Input.AsSpan(0, length), ref scanned);
            Assert.True(result == HeadResult.Incomplete, $"{length} bytes: {result}");
            Assert.Equal(length, scanned);
        }
    }

    [Theory]
    [MemberData(nameof(Valid))]
    public void A_head_in_two_pieces_gives_the_same_index(string name)
    {
        CorpusCase one = HeadCorpus.Find(HeadCorpus.ValidRequests, name);
        bench.Parse(one.Input);
        string expected = bench.Describe();
        for (int split = 0; split <= one.Input.Length; split++)
        {
            int at = split;
            HeadResult result = bench.ParsePieces(one.Input, end => end < at ? at : one.Input.Length);
            Assert.Equal(HeadResult.Ok, result);
            Assert.Equal(expected, bench.Describe());
        }
    }

    [Theory]
    [MemberData(nameof(Valid))]
    public void A_head_byte_by_byte_gives_the_same_index(string name)
    {
        CorpusCase one = HeadCorpus.Find(HeadCorpus.ValidRequests, name);
        bench.Parse(one.Input);
        string expected = bench.Describe();
        Assert.Equal(HeadResult.Ok, bench.ParsePieces(one.Input, end => end + 1));
        Assert.Equal(expected, bench.Describe());
    }

    [Theory]
    [MemberData(nameof(Valid))]
    public void What_stands_behind_a_head_does_not_matter(string name)
    {
        CorpusCase one = HeadCorpus.Find(HeadCorpus.ValidRequests, name);
        bench.Parse(one.Input);
        string expected = bench.Describe();
        string[] behinds = ["\0", "\r", "\n", " x", ": ", "GET / HTTP/1.1\r\n\r\n", new string('A', 100)];
        foreach (string more in behinds)
        {
            byte[] input = [.. one.Input, .. more.Select(c => (byte)c)];
            Assert.Equal(HeadResult.Ok, bench.Parse(input));
            Assert.Equal(expected, bench.Describe());
            ReadOnlySpan<byte> behind = new(bench.Placed + one.Input.Length, more.Length);
            Assert.True(behind.SequenceEqual(input.AsSpan(one.Input.Length)));
        }
    }

    [Theory]
    [MemberData(nameof(Invalid))]
    public void An_invalid_head_is_refused(string name)
    {
        CorpusCase one = HeadCorpus.Find(HeadCorpus.InvalidRequests, name);
        HeadResult expected = Enum.Parse<HeadResult>(one.Facts[0]);
        Assert.Equal(expected, bench.Parse(one.Input));
        Assert.InRange(bench.Head->HeadLength, 0, one.Input.Length);
        Assert.True(expected.RequestStatus() is 400 or 414 or 422 or 431);
    }

    [Theory]
    [MemberData(nameof(Invalid))]
    public void An_invalid_head_is_refused_however_it_arrives(string name)
    {
        CorpusCase one = HeadCorpus.Find(HeadCorpus.InvalidRequests, name);
        HeadResult expected = Enum.Parse<HeadResult>(one.Facts[0]);
        // What does not end is only refused early in its first piece.
        if (one.Has("early") && !one.Has("big")) return;
        int step = one.Has("big") ? 997 : 1;
        for (int split = 0; split <= one.Input.Length; split += step)
        {
            int at = split;
            HeadResult result = bench.ParsePieces(one.Input, end => end < at ? at : one.Input.Length);
            Assert.True(expected == result, $"split at {split}: {result}");
        }
        HeadResult stepped = bench.ParsePieces(one.Input, end => Math.Min(end + step, one.Input.Length));
        Assert.Equal(expected, stepped);
    }

    [Theory]
    [MemberData(nameof(OnlyUnsafe))]
    public void The_relaxed_parser_takes_what_the_strict_one_refuses(string name)
    {
        CorpusCase one = HeadCorpus.Find(HeadCorpus.UnsafeRequests, name);
        Assert.Equal(Enum.Parse<HeadResult>(one.Facts[0]), bench.Parse(one.Input));
        bench.Limits = HeadBench.Unsafe;
        Assert.Equal(HeadResult.Ok, bench.Parse(one.Input));
        Assert.Equal(HeadBench.Show(one.Outputs[0]), HeadBench.Show(bench.Write(ConnectionSaid.Nothing)));
    }

    [Theory]
    [MemberData(nameof(Valid))]
    public void The_relaxed_parser_takes_valid_heads_alike(string name)
    {
        CorpusCase one = HeadCorpus.Find(HeadCorpus.ValidRequests, name);
        bench.Parse(one.Input);
        string expected = bench.Describe();
        bench.Limits = HeadBench.Unsafe;
        Assert.Equal(HeadResult.Ok, bench.Parse(one.Input));
        Assert.Equal(expected, bench.Describe());
    }

    [Fact]
    public void Only_new_bytes_are_scanned_while_the_end_is_not_there()
    {
        // Pages between the first byte and the newest bytes cannot be read: a parser that looks at them again
        // ends the run.
        using GuardedBytes bytes = new(4 * 4096);
        byte[] head = new byte[(4 * 4096) - 10];
        Array.Fill(head, (byte)'a');
        "GET /"u8.CopyTo(head);
        HeadLimits limits = new() { BytesMax = 1 << 20, FieldsMax = 101 };
        byte* start = bytes.Page(0);
        head.CopyTo(new Span<byte>(start, head.Length));
        bytes.SetReadable(bytes.Page(1), 2, readable: false);
        int scanned = (3 * 4096) + 3;
        for (int length = scanned + 1; length <= head.Length; length++)
        {
            HeadResult result = ParseRequestHead.Run(start, length, ref scanned, bench.Head, limits);
            Assert.Equal(HeadResult.Incomplete, result);
            Assert.Equal(length, scanned);
        }
        bytes.SetReadable(bytes.Page(1), 2, readable: true);
    }

    [Fact]
    public void A_slot_that_is_smaller_than_the_limit_bounds_the_fields()
    {
        bench.Head->FieldCapacity = 2;
        Assert.Equal(HeadResult.Ok, bench.Parse("GET / HTTP/1.1\r\na: b\r\nc: d\r\n\r\n"u8));
        Assert.Equal(
            HeadResult.TooManyFields, bench.Parse("GET / HTTP/1.1\r\na: b\r\nc: d\r\ne: f\r\n\r\n"u8));
        bench.Head->FieldCapacity = HeadBench.FieldCapacity;
    }

    [Fact]
    public void The_position_of_an_error_is_told()
    {
        Assert.Equal(HeadResult.BadName, bench.Parse("GET / HTTP/1.1\r\na: b\r\nc d: e\r\n\r\n"u8));
        Assert.Equal("GET / HTTP/1.1\r\na: b\r\nc".Length, bench.Head->HeadLength);
        Assert.Equal(HeadResult.BadTarget, bench.Parse("GET /x#y HTTP/1.1\r\n\r\n"u8));
        Assert.Equal("GET /x".Length, bench.Head->HeadLength);
    }

    private static ConnectionSaid Said(CorpusCase one) =>
        one.Value("said") is { } said ? Enum.Parse<ConnectionSaid>(said) : ConnectionSaid.Nothing;

    private static HeadFlags ExpectedFlags(CorpusCase one, MessageHead* head)
    {
        HeadFlags flags = one.Has("notplain") ? HeadFlags.None : HeadFlags.PlainStartLine;
        foreach (string fact in one.Facts)
        {
            if (Enum.TryParse(fact, out HeadFlags flag)) flags |= flag;
        }
        if (head->Authority.Length > 0 || EditFields.Find(head, KnownHeader.Host) >= 0)
        {
            flags |= HeadFlags.HasHost;
        }
        if (EditFields.Find(head, KnownHeader.ContentLength) >= 0) flags |= HeadFlags.HasContentLength;
        return flags;
    }

    private static void ExpectBody(CorpusCase one, BodyState body)
    {
        string[] expected = (one.Value("body") ?? "None").Split(':');
        if (one.Value("body") == null && body.Kind == BodyKind.Length) return;
        Assert.Equal(Enum.Parse<BodyKind>(expected[0]), body.Kind);
        Assert.Equal(
            expected.Length > 1 ? ulong.Parse(expected[1], CultureInfo.InvariantCulture) : 0, body.Remaining);
        Assert.Equal(body.Kind == BodyKind.None, body.Done);
    }

    /// <summary>Bytes as Latin-1 text.</summary>
    private readonly struct ByteViewText(byte[] bytes)
    {
        public override string ToString() => System.Text.Encoding.Latin1.GetString(bytes);
    }
}
