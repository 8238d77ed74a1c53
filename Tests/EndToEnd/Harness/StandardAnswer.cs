using Xunit;

namespace Tests.EndToEnd.Harness;

/// <summary>The shape of the answers that a proxy makes itself.</summary>
public static class StandardAnswer
{
    public static void Expect(HttpMessage response, int status, string reason, bool closes)
    {
        Assert.Equal($"HTTP/1.1 {status} {reason}", response.StartLine);
        Assert.Equal($"{response.Body.Length}", response["content-length"]);
        Assert.Equal("no-cache", response["cache-control"]);
        Assert.Equal("text/html", response["content-type"]);
        Assert.Equal(closes ? "close" : null, response["connection"]);
        Assert.Matches($@"^<html><body><h1>{status} {reason}</h1>\n[^<]+\n</body></html>\n$", response.Text);
    }
}
