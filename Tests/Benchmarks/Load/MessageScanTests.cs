using System.Text;
using Benchmarks.Load;
using Xunit;

namespace Tests.Benchmarks.Load;

public sealed class MessageScanTests
{
    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello", 200, 5, false, false)]
    [InlineData("HTTP/1.1 404 Not Found\r\ncontent-LENGTH:0\r\n\r\n", 404, 0, false, false)]
    [InlineData("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 1 \r\n\r\nx", 200, 1, true, false)]
    [InlineData("HTTP/1.0 200 OK\r\nContent-Length: 1\r\n\r\nx", 200, 1, true, false)]
    [InlineData(
        "HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 1\r\n\r\nx", 200, 1, false, false)]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", 200, -1, false, true)]
    [InlineData("HTTP/1.1 204 No Content\r\n\r\n", 204, -1, false, false)]
    public void ReadsWhatAResponseSays(string text, int status, long length, bool closes, bool chunked)
    {
        MessageScan scan = MessageScan.Response(Encoding.ASCII.GetBytes(text));
        Assert.Equal(text.IndexOf("\r\n\r\n", System.StringComparison.Ordinal) + 4, scan.HeadBytes);
        Assert.Equal(status, scan.Status);
        Assert.Equal(length, scan.ContentLength);
        Assert.Equal(closes, scan.Closes);
        Assert.Equal(chunked, scan.IsChunked);
    }

    [Theory]
    [InlineData("SSH-2.0-OpenSSH\r\n\r\n")]
    [InlineData("HTTP/1.1 abc\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 5x\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n")]
    public void OtherResponsesAreNone(string text) =>
        Assert.Equal(-1, MessageScan.Response(Encoding.ASCII.GetBytes(text)).HeadBytes);

    [Fact]
    public void EveryPrefixOfAHeadIsIncomplete()
    {
        byte[] whole = Encoding.ASCII.GetBytes("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n");
        for (int length = 0; length < whole.Length; length++)
            Assert.Equal(0, MessageScan.Response(whole[..length]).HeadBytes);
        Assert.Equal(whole.Length, MessageScan.Response(whole).HeadBytes);
    }

    [Theory]
    [InlineData("GET /100 HTTP/1.1\r\n\r\n", 100)]
    [InlineData("GET http://host/a/65536 HTTP/1.1\r\n\r\n", 65_536)]
    [InlineData("POST /0 HTTP/1.1\r\n\r\n", 0)]
    [InlineData("GET / HTTP/1.1\r\n\r\n", -1)]
    [InlineData("GET /x1 HTTP/1.1\r\n\r\n", -1)]
    [InlineData("GET /1x HTTP/1.1\r\n\r\n", -1)]
    [InlineData("GET /-1 HTTP/1.1\r\n\r\n", -1)]
    [InlineData("GET", -1)]
    public void TheSizeIsTheNumberThatEndsThePath(string text, int size) =>
        Assert.Equal(size, MessageScan.SizeInPath(Encoding.ASCII.GetBytes(text)));
}
