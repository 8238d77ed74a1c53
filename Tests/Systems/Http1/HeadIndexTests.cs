using System.Collections.Generic;
using System.Text;
using Engine.Data.Messages;
using Tests.Corpora;
using Xunit;

namespace Tests.Systems.Http1;

/// <summary>The whole index of a few heads, so that a change of it is seen in review.</summary>
public sealed class HeadIndexTests
{
    [Fact]
    public void Requests() => Snapshot.Verify(Index(
        isRequest: true,
        HeadCorpus.ValidRequests,
        "browser",
        "A1 CL.TE",
        "A29 framing, Host and trusted fields stay whatever Connection names",
        "A26 H2C first of two",
        "absolute, default port, no path, blanks",
        "CONNECT",
        "A20 fold"));

    [Fact]
    public void Responses() => Snapshot.Verify(Index(
        isRequest: false,
        HeadCorpus.ValidResponses,
        "origin",
        "A24 chunked in HTTP/1.0",
        "101 websocket",
        "no reason"));

    private static unsafe string Index(
        bool isRequest, IReadOnlyList<CorpusCase> cases, params string[] names)
    {
        using HeadBench bench = new(isRequest);
        StringBuilder text = new();
        foreach (string name in names)
        {
            HeadResult result = bench.Parse(HeadCorpus.Find(cases, name).Input);
            text.Append("== ").Append(name).Append(": ").Append(result).Append('\n').Append(bench.Describe());
        }
        return text.ToString();
    }
}
