using System.Collections.Generic;
using System.Linq;
using Tests.EndToEnd.Harness;
using Xunit;
using Xunit.Abstractions;

namespace Tests.EndToEnd;

/// <summary><c>thread</c> and <c>shards</c> of bind lines: who accepts, over how many sockets.</summary>
public sealed class ListenerThreadTests(ITestOutputHelper output) : EndToEndTest(output)
{
    [Theory]
    [InlineData("thread 2", "2")]
    [InlineData("thread 1/3", "3")]
    [InlineData("thread 2,3 shards 1", "2 3")]
    [InlineData("thread even", "2 4")]
    [InlineData("thread 1-2 thread 4-9 shards 2", "1 2 4")]
    public void Only_its_threads_serve_a_listener(string words, string threads)
    {
        Proxy proxy = Start($"""
            global
                nbthread 4
            {HttpDefaults}
            frontend fe
                bind <fe> {words}
                http-request return status 200 content-type text/plain lf-string %[thread,add(1)]
            """);
        HashSet<string> seen = [];
        for (int i = 0; i < 40; i++)
        {
            Wire client = proxy.Connect("fe");
            client.Send(Get());
            seen.Add(client.ReadResponse().Text);
            client.Close();
        }
        Assert.Subset(new HashSet<string>(threads.Split(' ')), seen);
        Assert.NotEmpty(seen);
    }

    [Theory]
    [InlineData("shards 1", 1)]
    [InlineData("shards 3", 3)]
    [InlineData("shards by-thread", 4)]
    [InlineData("shards by-group", 1)]
    [InlineData("shards 9", 4)]
    [InlineData("shards 9 thread odd", 2)]
    public void Sockets_are_shared_out(string words, int sockets)
    {
        Proxy proxy = Start($"""
            global
                nbthread 4
            {HttpDefaults}
            frontend fe
                bind <fe> {words}
                http-request return status 200
            """);
        for (int i = 0; i < 12; i++)
        {
            Wire client = proxy.Connect("fe");
            client.Send(Get());
            Assert.Equal(200, client.ReadResponse().Status);
        }
        Assert.Equal(sockets, TcpTable.Rows().Count(
            row => row.State == TcpTable.Listen && row.LocalPort == Bench.Ports["fe"]));
    }
}
