using System;
using Tests.EndToEnd.Harness;
using Xunit;
using Xunit.Abstractions;

namespace Tests.EndToEnd;

/// <summary><c>option socket-stats</c>: a line of the statistics for each listener.</summary>
public sealed class ListenerStatisticsTests(ITestOutputHelper output) : AdminSocketTest(output)
{
    [Fact]
    public void The_statistics_have_a_line_for_each_listener_that_is_asked_for()
    {
        AnsweringOrigin origin = NewAnsweringOrigin();
        Proxy proxy = StartApi($"""
            {HttpDefaults}
            frontend fe
                option socket-stats
                bind <fe> name one
                bind <two>
                http-request deny if {"{ path /deny }"}
                default_backend be
            frontend other
                bind <three>
                default_backend be
            backend be
                server s1 {origin.Address}
            """);
        Wire client = proxy.Connect("fe");
        client.Send(Get());
        client.ReadResponse();
        client.Send(Get("/deny"));
        client.ReadResponse();
        string[] lines = Say("show stat -1 8 -1").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(3, lines.Length);
        Assert.StartsWith("fe,one,,,", lines[1], StringComparison.Ordinal);
        Assert.StartsWith("fe,sock-2,,,0,0,0,0,0,0,0,0,0,,,,,OPEN,", lines[2], StringComparison.Ordinal);
        string[] columns = lines[1].Split(',');
        Assert.Equal(("1", "1"), (columns[7], columns[10]));
        Assert.NotEqual("0", columns[8]);
        Assert.NotEqual("0", columns[9]);
    }

    /// <summary>What is answered here has no server to be counted at.</summary>
    [Fact]
    public void A_body_that_goes_nowhere_counts_once()
    {
        Proxy proxy = StartApi($"""
            {HttpDefaults}
            frontend fe
                bind <fe>
                http-request deny
            """);
        Wire client = proxy.Connect("fe");
        string request = "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 10\r\n\r\n0123456789";
        for (int i = 0; i < 2; i++)
        {
            client.Send(request);
            Assert.Equal(403, client.ReadResponse().Status);
        }
        string[] columns = Say("show stat fe 1 -1").Split('\n')[1].Split(',');
        Assert.Equal($"{2 * request.Length}", columns[8]);
    }
}
