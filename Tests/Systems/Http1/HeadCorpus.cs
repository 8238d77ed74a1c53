using System.Collections.Generic;
using Tests.Corpora;
using Xunit;

namespace Tests.Systems.Http1;

/// <summary>The corpora of heads and chunked bodies, each read once.</summary>
public static class HeadCorpus
{
    public static readonly IReadOnlyList<CorpusCase> ValidRequests = Corpus.Read("Http1/requests.valid.txt");
    public static readonly IReadOnlyList<CorpusCase> InvalidRequests =
        Corpus.Read("Http1/requests.invalid.txt");
    public static readonly IReadOnlyList<CorpusCase> ValidResponses =
        Corpus.Read("Http1/responses.valid.txt");
    public static readonly IReadOnlyList<CorpusCase> InvalidResponses =
        Corpus.Read("Http1/responses.invalid.txt");
    public static readonly IReadOnlyList<CorpusCase> UnsafeRequests =
        Corpus.Read("Http1/unsafe.requests.txt");
    public static readonly IReadOnlyList<CorpusCase> UnsafeResponses =
        Corpus.Read("Http1/unsafe.responses.txt");
    public static readonly IReadOnlyList<CorpusCase> ValidChunked = Corpus.Read("Http1/chunked.valid.txt");
    public static readonly IReadOnlyList<CorpusCase> InvalidChunked =
        Corpus.Read("Http1/chunked.invalid.txt");

    /// <summary>The cases by name, as xunit shows them.</summary>
    public static TheoryData<string> Names(IReadOnlyList<CorpusCase> cases)
    {
        TheoryData<string> names = [];
        foreach (CorpusCase one in cases) names.Add(one.Name);
        return names;
    }

    public static CorpusCase Find(IReadOnlyList<CorpusCase> cases, string name)
    {
        foreach (CorpusCase one in cases)
        {
            if (one.Name == name) return one;
        }
        throw new KeyNotFoundException(name);
    }
}
