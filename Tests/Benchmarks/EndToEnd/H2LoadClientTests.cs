using Benchmarks.EndToEnd;
using Benchmarks.Load;
using Xunit;

namespace Tests.Benchmarks.EndToEnd;

public sealed class H2LoadClientTests
{
    private const string Report = """
        finished in 995.29ms, 133600.00 req/s, 4.84MB/s
        requests: 133600 total, 134600 started, 133600 done, 133600 succeeded, 0 failed, 0 errored, 0 timeout
        status codes: 133600 2xx, 0 3xx, 0 4xx, 0 5xx
        """;

    [Fact]
    public void ReadsTheReport()
    {
        LoadResult result = H2LoadClient.Parse(Report);
        Assert.Equal(133_600, result.Requests);
        Assert.Equal(0.99529, result.Seconds, 9);
        Assert.Equal(0, result.Errors.Total);
    }

    [Fact]
    public void ReadsTheErrors()
    {
        LoadErrors errors = H2LoadClient.Parse("""
            finished in 1.00s, 40.00 req/s, 0B/s
            requests: 60 total, 60 started, 60 done, 50 succeeded, 10 failed, 7 errored, 3 timeout
            status codes: 40 2xx, 1 3xx, 4 4xx, 5 5xx
            """).Errors;
        Assert.Equal(new LoadErrors { Closed = 7, Timeout = 3, Status = 10 }, errors);
    }

    [Fact]
    public void NoReportIsAFailure() =>
        Assert.Throws<SubjectException>(() => H2LoadClient.Parse("could not connect"));
}
