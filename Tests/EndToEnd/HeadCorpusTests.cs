using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;
using Tests.Corpora;
using Tests.EndToEnd.Harness;
using Xunit;

namespace Tests.EndToEnd;

/// <summary>
/// The corpora of the parsers on a live proxy, in both directions: what the parser refuses must end the
/// connection and reach
/// nobody, and what it takes must reach the other side as the corpus says.
/// </summary>
[Trait("Category", "EndToEnd")]
public sealed class HeadCorpusTests(HeadCorpusTests.Run run) : IClassFixture<HeadCorpusTests.Run>
{
    private const string ReferenceRules = "the reference: the corpora hold rules of our own";
    private const string Smuggled = "GET /smuggled HTTP/1.1\r\nHost: h\r\n\r\n";
    private const string ChunkedRequest =
        "POST /chunked HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n";
    private const string ChunkedResponse = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
    private static readonly IReadOnlyList<CorpusCase> goodRequests = Corpus.Read("Http1/requests.valid.txt");
    private static readonly IReadOnlyList<CorpusCase> badRequests = Corpus.Read("Http1/requests.invalid.txt");
    private static readonly IReadOnlyList<CorpusCase> goodResponses = Corpus.Read(
        "Http1/responses.valid.txt");
    private static readonly IReadOnlyList<CorpusCase> badResponses = Corpus.Read(
        "Http1/responses.invalid.txt");
    private static readonly IReadOnlyList<CorpusCase> goodChunks = Corpus.Read("Http1/chunked.valid.txt");
    private static readonly IReadOnlyList<CorpusCase> badChunks = Corpus.Read("Http1/chunked.invalid.txt");

    /// <summary>Each corpus runs at once the first time one of its cases is asked for.</summary>
    public sealed class Run : IDisposable
    {
        private readonly Bench bench = new();
        private readonly Dictionary<string, Dictionary<string, Outcome>> outcomes = [];
        private Lanes? lanes;

        public Outcome Of(string corpus, string name)
        {
            lock (outcomes)
            {
                lanes ??= new Lanes(bench);
                if (!outcomes.TryGetValue(corpus, out Dictionary<string, Outcome>? run))
                    outcomes[corpus] = run = RunAll(corpus, lanes);
                return run[name];
            }
        }

        public void Dispose() => bench.Dispose();
    }

    // One case tells of a caller that says nothing of an upgrade; a live proxy says it.
    public static TheoryData<string> GoodRequests =>
        [.. goodRequests.Where(c => !c.Has("Upgrade") || c.Value("said") is not null).Select(c => c.Name)];

    /// <summary>The preface is no request of HTTP/1, and turns the connection into one of HTTP/2.</summary>
    public static TheoryData<string> BadRequests =>
        [.. badRequests.Where(c => !c.Name.EndsWith("HTTP/2 preface", StringComparison.Ordinal)).Select(c => c.Name)];

    // A switch of protocols is an answer only to a request for one; TunnelTests asks for it.
    public static TheoryData<string> GoodResponses =>
        [.. goodResponses.Where(c => c.Value("status") != "101").Select(c => c.Name)];

    public static TheoryData<string> BadResponses => [.. badResponses.Select(c => c.Name)];

    public static TheoryData<string> GoodChunks => [.. goodChunks.Select(c => c.Name)];

    public static TheoryData<string> BadChunks => [.. badChunks.Select(c => c.Name)];

    [SkippableTheory]
    [MemberData(nameof(GoodRequests))]
    public void A_good_request_reaches_the_server_as_the_corpus_says(string name)
    {
        Skip.If(ProgramUnderTest.IsReference, ReferenceRules);
        CorpusCase one = goodRequests.Single(c => c.Name == name);
        Outcome outcome = run.Of("good requests", name);
        Assert.Null(outcome.Trouble);
        string expected = WithoutConnection(Wire.Encoding.GetString(one.Outputs[0]));
        int end = outcome.ToServer.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        Assert.True(end >= 0, outcome.ToString());
        Assert.Equal(expected, WithoutConnection(outcome.ToServer[..(end + 4)]));
    }

    [SkippableTheory]
    [MemberData(nameof(BadRequests))]
    public void A_bad_request_is_refused_and_ends_its_connection(string name)
    {
        Skip.If(ProgramUnderTest.IsReference, ReferenceRules);
        Outcome outcome = run.Of("bad requests", name);
        Assert.Null(outcome.Trouble);
        Assert.True(outcome.ToServer.Length == 0, outcome.ToString());
        Assert.True(outcome.ClientClosed, outcome.ToString());
        Assert.Matches(@"^HTTP/1\.1 (4\d\d|50[15]) ", outcome.ToClient);
        Assert.Single(Regex.Matches(outcome.ToClient, @"HTTP/1\.1 "));
    }

    [SkippableTheory]
    [MemberData(nameof(GoodResponses))]
    public void A_good_response_reaches_the_client_as_the_corpus_says(string name)
    {
        Skip.If(ProgramUnderTest.IsReference, ReferenceRules);
        Outcome outcome = run.Of("good responses", name);
        CorpusCase one = goodResponses.Single(c => c.Name == name);
        Assert.Null(outcome.Trouble);
        string expected = WithoutConnection(Wire.Encoding.GetString(one.Outputs[0]));
        int end = outcome.ToClient.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        Assert.True(end >= 0, outcome.ToString());
        Assert.Equal(expected, WithoutConnection(outcome.ToClient[..(end + 4)]));
    }

    [SkippableTheory]
    [MemberData(nameof(BadResponses))]
    public void A_bad_response_is_a_bad_gateway_and_ends_its_connection(string name)
    {
        Skip.If(ProgramUnderTest.IsReference, ReferenceRules);
        Outcome outcome = run.Of("bad responses", name);
        Assert.Null(outcome.Trouble);
        Assert.False(outcome.ServerKept, outcome.ToString());
        Assert.StartsWith("HTTP/1.1 502 ", outcome.ToClient);
    }

    [SkippableTheory]
    [MemberData(nameof(GoodChunks))]
    public void Good_chunks_reach_both_sides_whole(string name)
    {
        Skip.If(ProgramUnderTest.IsReference, ReferenceRules);
        CorpusCase one = goodChunks.Single(c => c.Name == name);
        string payload = Wire.Encoding.GetString(one.Outputs[1]);
        Outcome up = run.Of("good chunks up", name);
        Assert.Null(up.Trouble);
        Assert.True(up.Requests.Count > 0, up.ToString());
        Assert.Equal(payload, up.Requests[0].Text);
        Outcome down = run.Of("good chunks down", name);
        Assert.Null(down.Trouble);
        List<HttpMessage> answers = [];
        using ReplayedWire replay = new(down.ToClient, down.ClientClosed);
        replay.ReadAnswers(answers, toHead: false);
        Assert.Equal(payload, Assert.Single(answers).Text);
    }

    [SkippableTheory]
    [MemberData(nameof(BadChunks))]
    public void Bad_chunks_are_never_whole_on_the_other_side(string name)
    {
        Skip.If(ProgramUnderTest.IsReference, ReferenceRules);
        Outcome up = run.Of("bad chunks up", name);
        Assert.Null(up.Trouble);
        Assert.Empty(up.Requests);
        Assert.True(up.ClientClosed, up.ToString());
        Assert.DoesNotContain(" 200 ", up.ToClient);
        Outcome down = run.Of("bad chunks down", name);
        Assert.Null(down.Trouble);
        Assert.True(down.ClientClosed
            || down.ToClient.StartsWith("HTTP/1.1 502 ", StringComparison.Ordinal), down.ToString());
        Assert.False(down.ToClient.EndsWith("\r\n0\r\n\r\n", StringComparison.Ordinal), down.ToString());
        Assert.False(down.ServerKept, down.ToString());
    }

    private static Dictionary<string, Outcome> RunAll(string corpus, Lanes lanes) => corpus switch
    {
        "good requests" => lanes.FromClients([.. goodRequests.Select(c => (c.Name, WithBody(c)))]),
        "bad requests" => lanes.FromClients([.. badRequests.Select(c => (c.Name, Join(c.Input, Smuggled)))]),
        "good responses" => lanes.FromServers(
            [.. goodResponses.Select(c => (c.Name, c.Input, c.Value("to") ?? "GET", Closes: false))]),
        "bad responses" => lanes.FromServers(
            [.. badResponses.Select(c => (c.Name, c.Input, "GET", Closes: false))]),
        "good chunks up" => lanes.FromClients(
            [.. goodChunks.Select(c => (c.Name, Join(ChunkedRequest, c.Input)))]),
        "good chunks down" => lanes.FromServers(
            [.. goodChunks.Select(c => (c.Name, Join(ChunkedResponse, c.Input), "GET", Closes: false))]),
        "bad chunks up" => lanes.FromClients(
            [.. badChunks.Select(c => (c.Name, Join(Join(ChunkedRequest, c.Input), Smuggled)))], mustEnd: true),
        _ => lanes.FromServers([.. badChunks.Select(
            c => (c.Name, Join(ChunkedResponse, c.Input), "GET", Closes: false))], mustEnd: true),
    };

    private static byte[] WithBody(CorpusCase one)
    {
        string body = one.Value("body") ?? "None";
        if (body == "Chunked")
            return Join(one.Input, "0\r\n\r\n");
        return body.StartsWith("Length:", StringComparison.Ordinal)
            && int.TryParse(body[7..], NumberStyles.None, CultureInfo.InvariantCulture, out int length)
            ? Join(one.Input, new string('b', length))
            : one.Input;
    }

    private static byte[] Join(byte[] first, string second) => [.. first, .. Wire.Encoding.GetBytes(second)];

    private static byte[] Join(string first, byte[] second) => [.. Wire.Encoding.GetBytes(first), .. second];

    // What the proxy says of its own connection is not the parsers' business.
    private static string WithoutConnection(string head) =>
        Regex.Replace(head, @"(?<=\r\n)connection: [^\r]*\r\n", "", RegexOptions.IgnoreCase);
}
