using System.Globalization;
using Tests.EndToEnd.Harness;
using Xunit;
using Xunit.Abstractions;

namespace Tests.EndToEnd;

/// <summary>What the kernel says of TCP connections, as samples; words of listeners that ask it for something.</summary>
public sealed class TcpInfoTests(ITestOutputHelper output) : EndToEndTest(output)
{
    [Fact]
    public void Both_sides_are_measured()
    {
        AnsweringOrigin origin = NewAnsweringOrigin();
        Proxy proxy = Start(Simple(
            origin,
            frontend: "http-after-response set-header F \"%[fc_rtt(us)] %[fc_rttvar(us)] %[fc_rtt] %[fc_unacked] "
                + "%[fc_sacked] %[fc_retrans] %[fc_fackets] %[fc_lost] %[fc_reordering]\"\n"
                + "    http-response set-header B \"%[bc_rtt(us)] %[bc_rttvar(us)]\""));
        Wire client = proxy.Connect("fe");
        client.Send(Get());
        HttpMessage answer = client.ReadResponse();
        string[] front = answer["F"]!.Split(' ');
        Assert.InRange(Number(front[0]), 1, 1_000_000);
        Assert.InRange(Number(front[1]), 1, 1_000_000);
        Assert.Equal(Number(front[0]) / 1000, Number(front[2]));
        Assert.Equal(["0", "0", "0", "0", "0"], front[3..8]);
        Assert.InRange(Number(front[8]), 3, 300); // the kernel remembers it of earlier connections
        string[] back = answer["B"]!.Split(' ');
        Assert.InRange(Number(back[0]), 1, 1_000_000);
        Assert.InRange(Number(back[1]), 1, 1_000_000);
    }

    [Theory]
    [InlineData("tcp-ss 1", "45")]
    [InlineData("tcp-ss 2", "00")]
    [InlineData("tcp-ss 0", "")]
    [InlineData("cc reno nice 5", "")]
    public void The_first_packet_is_kept_where_that_is_asked_for(string words, string begin)
    {
        Proxy proxy = Start($"""
            {HttpDefaults}
            frontend fe
                bind <fe> {words}
                http-request return status 200 content-type text/plain lf-string %[fc_saved_syn,hex]
            """);
        Wire client = proxy.Connect("fe");
        client.Send(Get());
        string packet = client.ReadResponse().Text;
        Assert.Equal(begin.Length > 0, packet.Length > 40);
        Assert.StartsWith(begin, packet);
    }

    [Fact]
    public void An_algorithm_that_the_system_lacks_is_told_of()
    {
        Proxy proxy = Start($"""
            {HttpDefaults}
            frontend fe
                bind <fe> cc nosuch
                http-request return status 200
            """);
        Wire client = proxy.Connect("fe");
        client.Send(Get());
        Assert.Equal(200, client.ReadResponse().Status);
        proxy.Errors.WaitFor(@"WARNING\].*: Starting \[.*:\d+\] for frontend fe: protocol tcpv4: cannot set TCP "
            + @"congestion control algorithm, \(No such file or directory\) for \[127\.0\.0\.1:\d+\]\.");
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
