using Tests.EndToEnd.Harness;
using Xunit;
using Xunit.Abstractions;

namespace Tests.EndToEnd;

/// <summary><c>show errors</c> and other commands that tell what went wrong.</summary>
public sealed class ShowErrorTests(ITestOutputHelper output) : AdminSocketTest(output)
{
    [Fact]
    public void Messages_that_break_the_protocol_are_shown()
    {
        Origin origin = NewOrigin();
        Proxy proxy = StartApi($"""
            {HttpDefaults}
            frontend fe
                bind <fe>
                default_backend be
            backend be
                server s1 {origin.Address}
            """);
        Assert.Matches(@"^Total events captured on \[[^]]+\] : 0\n\n$", Say("show errors"));
        using (Wire client = proxy.Connect("fe"))
        {
            client.Send("GET / HTTP/1.1\r\nBad name: 1\r\n\r\n");
            Assert.Equal(400, client.ReadResponse().Status);
        }
        using (Wire client = proxy.Connect("fe"))
        {
            client.Send(Get());
            using Wire server = origin.Accept();
            server.ReadHead();
            server.Send("HTTP/1.1 200 OK\r\nContent-Length: 1x\r\n\r\n");
            Assert.Equal(502, client.ReadResponse().Status);
        }
        string shown = Say("show errors");
        Assert.Matches(
            @"^Total events captured on \[[^]]+\] : 2\n \n"
            + @"\[../.../....:..:..:..\....\] frontend fe \(#2\): invalid request\n"
            + @"  backend <NONE> \(#-1\), server <NONE> \(#-1\), event #0, src 127\.0\.0\.1:\d+\n"
            + @"  buffer starts at 0 \(including 0 out\), 16353 free,\n"
            + @"  len 31, wraps at 16344, error at position 19\n"
            + @"  H1 connection flags 0x[0-9a-f]{8}, H1 stream flags 0x[0-9a-f]{8}\n"
            + @"  H1 msg state MSG_HDR_NAME\(17\), H1 msg flags 0x[0-9a-f]{8}\n"
            + @"  H1 chunk len 0 bytes, H1 body len 0 bytes :\n  \n"
            + @"  00000  GET / HTTP/1\.1\\r\\n\n  00016  Bad name: 1\\r\\n\n  00029  \\r\\n\n"
            + @" \n\[[^]]+\] backend be \(#3\): invalid response\n  frontend fe \(#2\), server s1 \(#1\), event #1, src ",
            shown);
        Assert.Contains("error at position 33\n", shown);
        Assert.DoesNotContain("invalid response", Say("show errors fe request"));
        Assert.DoesNotContain("invalid request", Say("show errors 3"));
        Assert.Contains("invalid response", Say("show errors fe"));
        Assert.Equal("No such proxy.\n\n", Say("show errors nobody"));
    }

    [Fact]
    public void The_socket_says_how_much_messages_matter_and_the_start_is_remembered()
    {
        Start("global\nlog stdout format raw local0\nstats socket <dir>/api level admin severity-output number\n"
            + $"{HttpDefaults}\nfrontend fe\n bind <fe>\n http-request return status 200\nlisten nothing\n").WaitUntil(
            () => System.IO.File.Exists(SocketPath), "the statistics socket is there");
        Assert.Equal("[3]: No such backend.\n\n", Say("enable server x/y"));
        string start = Say("show startup-logs");
        Assert.Contains("[WARNING]  (", start);
        Assert.Contains($"\nTotalWarnings: {start.Split("[WARNING]  (").Length - 1}\n", Say("show info"));
    }
}
