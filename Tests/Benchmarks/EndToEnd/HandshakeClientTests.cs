using Benchmarks.EndToEnd;
using Benchmarks.Load;
using Xunit;

namespace Tests.Benchmarks.EndToEnd;

public sealed class HandshakeClientTests
{
    private const string Full = "Collecting connection statistics for 1 seconds\n****\n\n"
        + "4 connections in 0.45s; 8.88 connections/user sec, bytes read 0\n";

    [Fact]
    public void CountsHandshakes()
    {
        LoadResult result = HandshakeClient.Parse(Full, 2.0, HandshakeKind.Full);
        Assert.Equal(4, result.Requests);
        Assert.Equal(2.0, result.Requests / result.RequestsPerSecond, 9);
    }

    [Theory]
    [InlineData(HandshakeKind.Tickets)]
    [InlineData(HandshakeKind.SessionIds)]
    public void AFullHandshakeIsNoResumption(HandshakeKind kind) =>
        Assert.Throws<SubjectException>(() => HandshakeClient.Parse(Full, 2.0, kind));

    [Fact]
    public void ResumptionsAreSeen()
    {
        string resumed = Full.Replace("****", "rrrr", System.StringComparison.Ordinal);
        Assert.Equal(4, HandshakeClient.Parse(resumed, 1.0, HandshakeKind.Tickets).Requests);
        Assert.Throws<SubjectException>(() => HandshakeClient.Parse(resumed, 1.0, HandshakeKind.Full));
    }

    [Fact]
    public void NoReportIsAFailure() =>
        Assert.Throws<SubjectException>(() => HandshakeClient.Parse("unable", 1.0, HandshakeKind.Full));
}
