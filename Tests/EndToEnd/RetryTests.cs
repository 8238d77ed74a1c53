using System.Linq;
using System.Threading;
using Tests.EndToEnd.Harness;
using Xunit;
using Xunit.Abstractions;

namespace Tests.EndToEnd;

/// <summary>Retries, redispatch, and the promise that no request that matters is sent twice.</summary>
public sealed class RetryTests(ITestOutputHelper output) : EndToEndTest(output)
{
    private const string OneThread = "global\nnbthread 1\nlog stdout format raw local0\n";

    [Fact]
    public void A_server_that_refuses_is_tried_again_and_then_answered_for_with_503()
    {
        Proxy proxy = Start($"""
            {OneThread}
            {HttpDefaults}
            timeout connect 100ms
            log global
            option httplog
            listen fe
                bind <fe>
                retries 2
                server s1 <down>
            """);
        Wire client = proxy.Connect("fe");
        client.Send(Get());
        Assert.Equal(503, client.ReadResponse().Status);
        Assert.Matches(@" fe fe/s1 \d+/\d+/-1/-1/\d+ 503 \d+ - - SC-- 1/1/0/0/2 0/0 ",
            proxy.Output.WaitFor("503"));
    }

    [Fact]
    public void A_server_that_comes_up_in_time_gets_the_request()
    {
        Proxy proxy = Start($"""
            {OneThread}
            {HttpDefaults}
            timeout connect 300ms
            listen fe
                bind <fe>
                retries 10
                server s1 <late>
            """);
        Wire client = proxy.Connect("fe");
        client.Send(Request("POST", "/", "Content-Length: 4") + "body");
        Thread.Sleep(150);
        int port = Bench.Ports.Release("late");
        using System.Net.Sockets.Socket listener = new(
            System.Net.Sockets.SocketType.Stream, System.Net.Sockets.ProtocolType.Tcp);
        listener.Bind(new System.Net.IPEndPoint(System.Net.IPAddress.Loopback, port));
        listener.Listen();
        using Wire server = new(listener.Accept(), "late origin");
        Assert.Equal("body", server.ReadRequest().Text);
        server.Send(Ok);
        Assert.Equal("ok", client.ReadResponse().Text);
    }

    [Fact]
    public void Redispatch_finds_the_server_that_is_up()
    {
        AnsweringOrigin origin = NewAnsweringOrigin();
        Proxy proxy = Start($"""
            {OneThread}
            {HttpDefaults}
            timeout connect 100ms
            log global
            option httplog
            listen fe
                bind <fe>
                balance roundrobin
                retries 1
                option redispatch
                server down <down>
                server up {origin.Address}
            """);
        for (int i = 0; i < 4; i++)
        {
            Wire client = proxy.Connect("fe");
            client.Send(Get());
            Assert.Equal(200, client.ReadResponse().Status);
        }
        Assert.Equal(4, origin.RequestCount);
        proxy.Output.WaitFor(@" fe/up \d+/\d+/\d+/\d+/\d+ 200 .* \d/\d/\d/\d/\+1 ");
    }

    [Fact]
    public void Without_redispatch_a_request_stays_with_its_server()
    {
        AnsweringOrigin origin = NewAnsweringOrigin();
        Proxy proxy = Start($"""
            {OneThread}
            {HttpDefaults}
            timeout connect 50ms
            listen fe
                bind <fe>
                balance roundrobin
                retries 1
                no option redispatch
                server down <down>
                server up {origin.Address}
            """);
        int[] statuses = [.. Enumerable.Range(0, 4).Select(_ =>
        {
            Wire client = proxy.Connect("fe");
            client.Send(Get());
            return client.ReadResponse().Status;
        })];
        Assert.Equal([200, 200, 503, 503], statuses.Order());
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("POST")]
    public void A_request_is_not_sent_again_when_the_server_closed_after_it(string method)
    {
        Origin origin = NewOrigin();
        Proxy proxy = Start(OneThread + Simple(origin));
        Wire client = proxy.Connect("fe");
        client.Send(Request(method, "/", "Content-Length: 0"));
        Wire server = origin.Accept();
        server.ReadRequest();
        server.Close();
        Assert.Equal(502, client.ReadResponse().Status);
        origin.ExpectNoConnection();
    }

    [Theory]
    [InlineData("POST", false)]
    [InlineData("POST", true)]
    [InlineData("PATCH", false)]
    public void A_request_that_is_not_idempotent_is_never_sent_twice_on_a_connection_that_went_stale(
        string method, bool reset)
    {
        Origin origin = NewOrigin();
        Proxy proxy = Start(OneThread + Simple(origin, backend: "http-reuse always"));
        Wire server = WarmUp(proxy, origin, out Wire client);

        client.Send(Request(method, "/once", "Content-Length: 4") + "body");
        Assert.Equal("body", server.ReadRequest().Text);
        if (reset)
            server.Reset();
        else
            server.Close();
        // The client may be told by an error or by a close, as any connection that was kept alive may end.
        Assert.DoesNotContain(" 200 ", client.ReadToEndOrReset());
        origin.ExpectNoConnection(300);
    }

    [Fact]
    public void A_request_that_found_its_connection_closed_is_served_by_a_new_one()
    {
        // The FIN was there before the request: nothing was delivered, so even POST may go out again.
        Origin origin = NewOrigin();
        Proxy proxy = Start(OneThread + Simple(origin, backend: "http-reuse always"));
        for (int i = 0; i < 5; i++)
        {
            Wire server = WarmUp(proxy, origin, out Wire client);
            server.Close();
            Thread.Sleep(20);
            client.Send(Request("POST", "/again", "Content-Length: 4") + "body");
            Wire fresh = origin.Accept();
            Assert.Equal("body", fresh.ReadRequest().Text);
            fresh.Send(Ok);
            Assert.Equal("ok", client.ReadResponse().Text);
            fresh.Close();
            client.Close();
            Thread.Sleep(20);
        }
    }

    [Fact]
    public void Stale_connections_do_not_show_under_a_server_that_closes_after_each_answer_without_saying_so()
    {
        int count = 0;
        AnsweringOrigin origin = NewAnsweringOrigin((_, wire) =>
        {
            Interlocked.Increment(ref count);
            wire.Send(Ok);
            return "";
        });
        Proxy proxy = Start(OneThread + Simple(origin, backend: "http-reuse always"));
        int answered = 0;
        for (int i = 0; i < 100; i++)
        {
            // Where the close crosses the next request, the reference closes the client, which then tries
            // again itself.
            Wire client = proxy.Connect("fe");
            client.Send(Get());
            if (client.ReadResponseOrEnd() is { Status: 200 })
                answered++;
            client.Close();
        }
        Assert.InRange(answered, 50, 100);
        Assert.InRange(count, answered, 100);
    }

    private Wire WarmUp(Proxy proxy, Origin origin, out Wire client)
    {
        client = proxy.Connect("fe");
        client.Send(Get("/warm"));
        Wire server = origin.Accept();
        Assert.Equal("/warm", server.ReadRequest().Target);
        server.Send(Ok);
        client.ReadResponse();
        return server;
    }
}
