using System;
using System.Linq;
using Tests.EndToEnd.Harness;
using Xunit;
using Xunit.Abstractions;

namespace Tests.EndToEnd;

/// <summary>What each failure counts as, in the columns of <c>show stat</c>.</summary>
public sealed class FailureCounterTests(ITestOutputHelper output) : AdminSocketTest(output)
{
    private const string Half = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nab";
    private const string ClientColumns = "ereq,req_tot,hrsp_4xx";
    private const string ServerColumns = "eresp,cli_abrt,srv_abrt,hrsp_1xx,hrsp_4xx,hrsp_5xx,req_tot";

    [Theory]
    [InlineData("nothing", "1,1,1")]
    [InlineData("half", "1,1,1")]
    [InlineData("garbage", "1,1,1")]
    [InlineData("late", "1,1,1")]
    public void Requests_that_are_none(string what, string expected)
    {
        Proxy proxy = StartOne(NewOrigin(), "timeout client 300ms");
        Wire client = proxy.Connect("fe");
        if (what != "nothing") client.Send(what == "garbage" ? "garbage\r\n\r\n" : "GET /");
        if (what == "late") client.ReadResponse();
        else client.Close();
        Await(proxy, "fe", "FRONTEND", ClientColumns, expected);
    }

    [Fact]
    public void A_connection_without_a_request_counts_also_when_nothing_is_logged()
    {
        Proxy proxy = StartOne(NewOrigin(), "option dontlognull");
        proxy.Connect("fe").Close();
        Await(proxy, "fe", "FRONTEND", ClientColumns, "1,1,1");
    }

    [Theory]
    [InlineData("the client stops in its body", "0,1,0,0,1,0,1", "0,1,0,0,0,0,0")]
    [InlineData("the server says nothing", "1,0,0,0,0,1,1", "1,0,0,0,0,0,0")]
    [InlineData("the server stops in its body", "0,0,1,0,0,0,1", "0,0,1,0,0,0,1")]
    [InlineData("the server closes in its body", "1,0,1,0,0,0,1", "1,0,1,0,0,0,1")]
    [InlineData("the server sends no chunk", "1,0,0,0,0,0,1", "1,0,0,0,0,0,1")]
    [InlineData("the server speaks in between", "0,0,0,0,0,0,1", "0,0,0,1,0,0,2")]
    public void Exchanges_that_fail(string what, string backend, string server)
    {
        Origin origin = NewOrigin();
        bool clientStops = what == "the client stops in its body";
        Proxy proxy = StartOne(
            origin, clientStops ? "timeout client 300ms" : "", clientStops || what == "the server closes in its body" ? "" : "timeout server 300ms");
        Wire client = proxy.Connect("fe");
        client.Send(clientStops ? Request("POST", "/", "Content-Length: 5") + "a" : Get());
        Wire wire = origin.Accept();
        wire.ReadHead();
        switch (what)
        {
            case "the server stops in its body":
                wire.Send(Half);
                break;
            case "the server closes in its body":
                wire.Send(Half).Close();
                break;
            case "the server sends no chunk":
                wire.Send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
                client.ReadHead();
                wire.Send("zz\r\n");
                break;
            case "the server speaks in between":
                wire.Send("HTTP/1.1 103 Early Hints\r\n\r\n" + Ok);
                break;
        }
        Await(proxy, "be", "BACKEND", ServerColumns, backend);
        Await(proxy, "be", "s1", ServerColumns, server);
    }

    /// <summary>Of each attempt it is counted where it went; only what <c>balance</c> chose is a choice.</summary>
    [Theory]
    [InlineData("option redispatch", "1,1,0,1", "1,1,0,0", "2,0,1")]
    [InlineData("no option redispatch", "3,1,2,0", "0,0,0,0", "1,2,0")]
    public void Attempts(string option, string first, string second, string all)
    {
        AnsweringOrigin origin = NewAnsweringOrigin();
        Proxy proxy = StartApi($"""
            {HttpDefaults}
                timeout connect 100ms
                retries 2
                {option}
            frontend fe
                bind <fe>
                default_backend be
            backend be
                balance first
                server s1 <dead>
                server s2 {origin.Address}
            """);
        Assert.Contains(proxy.Connect("fe").Send(Get()).ReadResponse().Status, (int[])[200, 503]);
        Await(proxy, "be", "s1", "stot,lbtot,wretr,wredis", first);
        Await(proxy, "be", "s2", "stot,lbtot,wretr,wredis", second);
        Await(proxy, "be", "BACKEND", "lbtot,wretr,wredis", all);
    }

    [Fact]
    public void Who_waits_too_long_for_one_server_failed_there()
    {
        Origin origin = NewOrigin();
        Proxy proxy = StartApi("defaults\nlog global\noption httplog\n" + HttpDefaults.Replace("defaults\n", "", StringComparison.Ordinal) + $"""
                timeout queue 200ms
            frontend fe
                bind <fe>
                default_backend be
            backend be
                balance source
                server s1 {origin.Address} maxconn 1
            """);
        proxy.Connect("fe").Send(Get());
        origin.Accept().ReadRequest();
        Assert.Equal(503, proxy.Connect("fe").Send(Get()).ReadResponse().Status);
        proxy.Output.WaitFor(@" fe be/s1 0/\d+/-1/-1/\d+ 503 0 - - sQ-- 2/2/1/1/0 1/0 ");
        Await(proxy, "be", "s1", "econ,lbtot,hrsp_5xx", "1,2,0");
        Await(proxy, "be", "BACKEND", "econ,hrsp_5xx", "1,1");
    }

    [Fact]
    public void Who_leaves_the_queue_of_one_server_is_logged_with_it()
    {
        Origin origin = NewOrigin();
        Proxy proxy = StartApi(Simple(
            origin, "log global\noption httplog", "timeout queue 8s\nbalance source", "maxconn 1"));
        proxy.Connect("fe").Send(Get());
        origin.Accept().ReadRequest();
        Wire closes = proxy.Connect("fe").Send(Get());
        Await(proxy, "be", "s1", "qcur", "1");
        closes.Close();
        proxy.Output.WaitFor(@" fe be/s1 0/\d+/-1/-1/\d+ -1 0 - - CQ-- \d+/\d+/1/1/0 1/0 ");
        Await(proxy, "be", "s1", "cli_abrt", "0");
        Wire resets = proxy.Connect("fe").Send(Get());
        Await(proxy, "be", "s1", "qcur", "1");
        resets.Reset();
        Await(proxy, "be", "s1", "cli_abrt", "1");
        Await(proxy, "be", "BACKEND", "cli_abrt", "1");
    }

    private Proxy StartOne(Origin origin, string frontend, string backend = "") =>
        StartApi(Simple(origin, "log global\noption httplog\n" + frontend, backend));

    /// <summary>Waits until a line of <c>show stat</c> shows these values in these columns.</summary>
    private void Await(Proxy proxy, string name, string service, string columns, string expected)
    {
        string seen = "";
        try
        {
            proxy.WaitUntil(() => (seen = Show(name, service, columns)) == expected, "the figures");
        }
        catch (WireException)
        {
            Assert.Equal(expected, seen);
        }
    }

    private string Show(string name, string service, string columns)
    {
        string[] lines = Say("show stat").Split('\n');
        string[] names = lines[0].TrimStart('#', ' ').Split(',');
        string[] values = lines.First(line => line.StartsWith($"{name},{service},", StringComparison.Ordinal)).Split(',');
        return string.Join(',', columns.Split(',').Select(column => values[Array.IndexOf(names, column)]));
    }
}
