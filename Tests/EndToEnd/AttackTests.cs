using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Tests.Corpora;
using Tests.EndToEnd.Harness;
using Xunit;

namespace Tests.EndToEnd;

/// <summary>THREATS A and E on a live proxy, in both directions: Corpora/EndToEnd tells each case and the
/// one right outcome.</summary>
[Trait("Category", "EndToEnd")]
public sealed class AttackTests(AttackTests.Run run) : IClassFixture<AttackTests.Run>
{
    private static readonly IReadOnlyList<CorpusCase> requests = Corpus.Read("EndToEnd/requests.txt");
    private static readonly IReadOnlyList<CorpusCase> responses = Corpus.Read("EndToEnd/responses.txt");

    /// <summary>Runs all cases at once the first time one is asked for.</summary>
    public sealed class Run : IDisposable
    {
        private readonly Bench bench = new();
        private readonly Lazy<Lanes> lanes;
        private readonly Lazy<Dictionary<string, Outcome>> fromClients;
        private readonly Lazy<Dictionary<string, Outcome>> fromServers;

        public Run()
        {
            lanes = new(() => new Lanes(bench));
            fromClients = new(() => lanes.Value.FromClients(
                [.. requests.Where(IsRun).Select(c => (c.Name, c.Input))]));
            fromServers = new(() => lanes.Value.FromServers(
                [.. responses.Where(IsRun).Select(
                    c => (c.Name, c.Input, c.Value("to") ?? "GET", c.Has("closed")))]));
        }

        public Dictionary<string, Outcome> FromClients => fromClients.Value;

        public Dictionary<string, Outcome> FromServers => fromServers.Value;

        public void Dispose() => bench.Dispose();
    }

    public static TheoryData<string> Requests => [.. requests.Select(c => c.Name)];

    public static TheoryData<string> Responses => [.. responses.Select(c => c.Name)];

    [SkippableTheory]
    [MemberData(nameof(Requests))]
    public void From_a_client(string name)
    {
        CorpusCase attack = requests.Single(c => c.Name == name);
        Skip.IfNot(IsRun(attack), $"the reference: {attack.Value("reference")}");
        Outcome outcome = run.FromClients[name];
        Assert.Null(outcome.Trouble);
        Assert.True(outcome.ServerErrors.Count == 0 || attack.Has("pending"), outcome.ToString());
        Assert.DoesNotContain(outcome.Requests, r => r.Target.Contains("smuggled", StringComparison.Ordinal));
        Assert.True(IsServed(attack, outcome) || IsRefused(attack, outcome)
            || IsPending(attack, outcome), outcome.ToString());
        if (outcome.Requests.Count > 0)
            ExpectFields(attack, outcome.Requests[0], outcome);
    }

    [SkippableTheory]
    [MemberData(nameof(Responses))]
    public void From_a_server(string name)
    {
        CorpusCase attack = responses.Single(c => c.Name == name);
        Skip.IfNot(IsRun(attack), $"the reference: {attack.Value("reference")}");
        Outcome outcome = run.FromServers[name];
        Assert.Null(outcome.Trouble);
        List<HttpMessage> answers = ParseAnswers(outcome, attack.Value("to") == "HEAD", out string rest);
        if (attack.Value("interim") is { } interim && answers.Count > 1)
        {
            Assert.Equal(interim, string.Join(',', answers.SkipLast(1).Select(a => a.Status)));
            answers.RemoveRange(0, answers.Count - 1);
        }
        bool whole = answers.Count == 1 && rest.Length == 0;
        bool isBad = attack.Has("bad") && whole && answers[0].Status == 502;
        bool isCut = attack.Has("cut") && answers.Count == 0 && outcome.ClientClosed;
        bool isAnswered = attack.Value("status") is { } status && whole && $"{answers[0].Status}" == status;
        Assert.True(isBad || isCut || isAnswered, outcome.ToString());
        if (isAnswered)
            ExpectFields(attack, answers[0], outcome);
        if (attack.Has("may-keep"))
            return;
        if (!attack.Has("kept"))
            Assert.False(outcome.ServerKept, "the connection of the server was used again\n" + outcome);
        else if (isAnswered)
            Assert.True(outcome.ServerKept, "the connection of the server was not used again\n" + outcome);
    }

    private static bool IsRun(CorpusCase attack) => !ProgramUnderTest.IsReference
        || attack.Value("reference") is null;

    private static bool IsServed(CorpusCase attack, Outcome outcome)
    {
        if (attack.Value("served") is not { } served)
            return false;
        string[] targets = served.Split(',');
        string[] expected = attack.Value("answers")?.Split(',') ?? [.. targets.Select(_ => "200")];
        List<HttpMessage> answers = ParseAnswers(outcome, false, out string rest);
        return outcome.Requests.Select(r => r.Target).SequenceEqual(targets)
            && answers.Select(a => $"{a.Status}").SequenceEqual(expected)
            && rest.Length == 0
            && (!attack.Has("closes") || outcome.ClientClosed);
    }

    private static bool IsRefused(CorpusCase attack, Outcome outcome)
    {
        if (attack.Value("refused") is not { } refused)
            return false;
        List<HttpMessage> answers = ParseAnswers(outcome, false, out string rest);
        return answers.Count == 1
            && rest.Length == 0
            && refused.Split(',').Contains($"{answers[0].Status}")
            && outcome.ClientClosed
            && outcome.Requests.Count == 0;
    }

    // A body that turns bad after its head was passed on may also just end both connections.
    private static bool IsPending(CorpusCase attack, Outcome outcome) =>
        attack.Has("pending")
        && outcome.Requests.Count == 0
        && !outcome.ToClient.Contains(" 200 ", StringComparison.Ordinal);

    private static void ExpectFields(CorpusCase attack, HttpMessage message, Outcome outcome)
    {
        if (attack.Value("body") is { } body)
            Assert.Equal(body, message.Text);
        if (attack.Value("has") is { } has)
            Assert.Equal(has[(has.IndexOf(':') + 1)..], message[has[..has.IndexOf(':')]]);
        if (attack.Value("lacks") is { } lacks)
            Assert.True(message[lacks] is null, outcome.ToString());
    }

    private static List<HttpMessage> ParseAnswers(Outcome outcome, bool toHead, out string rest)
    {
        List<HttpMessage> answers = [];
        using ReplayedWire replay = new(outcome.ToClient, outcome.ClientClosed);
        rest = replay.ReadAnswers(answers, toHead);
        return answers;
    }
}
