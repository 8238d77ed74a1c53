using Benchmarks.EndToEnd;
using Benchmarks.Load;
using Xunit;

namespace Tests.Benchmarks.EndToEnd;

public sealed class WrkClientTests
{
    private const string Report = """
        Running 2s test @ http://127.0.0.1:1/100
          1 threads and 50 connections
          Thread Stats   Avg      Stdev     Max   +/- Stdev
            Latency     3.04ms    3.69ms  33.61ms   87.77%
          Latency Distribution
             50%    1.07ms
             75%    4.59ms
             90%    7.24ms
             99%  950.00us
          47331 requests in 2.00s, 8.22MB read
        Requests/sec:  23632.12
        """;

    [Fact]
    public void ReadsTheReport()
    {
        LoadResult result = WrkClient.Parse(Report);
        Assert.Equal(47_331, result.Requests);
        Assert.Equal(23_632.12, result.RequestsPerSecond, 6);
        Assert.Equal(1_070_000, result.P50Ns);
        Assert.Equal(950_000, result.P99Ns);
        Assert.Equal(0, result.Errors.Total);
    }

    [Fact]
    public void ReadsTheErrors()
    {
        LoadErrors errors = WrkClient.Parse($"""
            {Report}
              Socket errors: connect 1, read 2, write 3, timeout 4
              Non-2xx or 3xx responses: 5
            """).Errors;
        Assert.Equal(new LoadErrors { Connect = 1, Closed = 5, Timeout = 4, Status = 5 }, errors);
    }

    [Fact]
    public void NoReportIsAFailure() =>
        Assert.Throws<SubjectException>(() => WrkClient.Parse("unable to connect"));
}
