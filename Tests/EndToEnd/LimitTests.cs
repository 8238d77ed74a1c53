using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Tests.EndToEnd.Harness;
using Xunit;
using Xunit.Abstractions;

namespace Tests.EndToEnd;

/// <summary>maxconn of a server, of a frontend and of the process, and the queues in front of them.</summary>
public sealed class LimitTests(ITestOutputHelper output) : EndToEndTest(output)
{
    private const string OneThread = "global\nnbthread 1\nlog stdout format raw local0\n";

    [Fact]
    public void A_server_never_has_more_requests_than_its_maxconn_and_all_are_served_in_order()
    {
        int served = 0, most = 0;
        AnsweringOrigin origin = NewAnsweringOrigin((_, _) =>
        {
            int now = Interlocked.Increment(ref served);
            InterlockedMax(ref most, now);
            Thread.Sleep(5);
            Interlocked.Decrement(ref served);
            return Ok;
        });
        Proxy proxy = Start(Simple(origin, server: "maxconn 2"));
        Wire[] clients = [.. Enumerable.Range(0, 24).Select(_ => proxy.Connect("fe"))];
        foreach (Wire client in clients)
            client.Send(Get());
        foreach (Wire client in clients)
            Assert.Equal(200, client.ReadResponse().Status);
        Assert.InRange(most, 1, 2);
    }

    [Fact]
    public void Waiting_requests_are_served_first_come_first_served()
    {
        Origin origin = NewOrigin();
        Proxy proxy = Start(OneThread + Simple(origin, backend: "option httpclose", server: "maxconn 1"));
        List<Wire> clients = [];
        for (int i = 0; i < 5; i++)
        {
            Wire client = proxy.Connect("fe");
            client.Send(Get($"/{i}"));
            clients.Add(client);
            Thread.Sleep(15);
        }
        for (int i = 0; i < 5; i++)
        {
            Wire server = origin.Accept();
            Assert.Equal($"/{i}", server.ReadRequest().Target);
            origin.ExpectNoConnection(20);
            server.Send(Ok);
            Assert.Equal(200, clients[i].ReadResponse().Status);
        }
    }

    [Fact]
    public void A_request_that_waits_too_long_gets_503_and_sq()
    {
        Origin origin = NewOrigin();
        Proxy proxy = Start(OneThread
            + Simple(origin, "log global\noption httplog", "timeout queue 150ms", "maxconn 1"));
        Wire first = proxy.Connect("fe");
        first.Send(Get("/1"));
        Wire server = origin.Accept();
        server.ReadRequest();
        Wire second = proxy.Connect("fe");
        second.Send(Get("/2"));
        Assert.Equal(503, second.ReadResponse().Status);
        Assert.Matches(@" fe be/<NOSRV> 0/\d+/-1/-1/\d+ 503 \d+ - - sQ-- 2/2/1/0/0 0/1 ""GET /2 HTTP/1.1""$",
            proxy.Output.WaitFor("GET /2"));
        server.Send(Ok);
        Assert.Equal(200, first.ReadResponse().Status);
    }

    [Fact]
    public void A_client_that_leaves_the_queue_does_not_take_a_turn()
    {
        Origin origin = NewOrigin();
        Proxy proxy = Start(OneThread + Simple(origin, server: "maxconn 1"));
        Wire first = proxy.Connect("fe");
        first.Send(Get("/1"));
        Wire server = origin.Accept();
        server.ReadRequest();
        Wire leaves = proxy.Connect("fe");
        leaves.Send(Get("/2"));
        Thread.Sleep(20);
        Wire stays = proxy.Connect("fe");
        stays.Send(Get("/3"));
        Thread.Sleep(20);
        leaves.Close();
        Thread.Sleep(20);
        server.Send(Ok);
        Assert.Equal(200, first.ReadResponse().Status);
        first.Close();
        // The turn comes on the same connection or on a new one, but it is the third request.
        Wire next = server.ReadUntilQuiet(100) is { Length: > 0 } head ? Seen(head, server) : SeenOn(origin);
        next.Send(Ok);
        Assert.Equal(200, stays.ReadResponse().Status);
    }

    [Fact]
    public void A_server_without_maxconn_has_no_limit()
    {
        using Barrier together = new(20);
        AnsweringOrigin origin = NewAnsweringOrigin((_, _) => together.SignalAndWait(4_000) ? Ok : "");
        Proxy proxy = Start(Simple(origin, server: "maxconn 0"));
        Wire[] clients = [.. Enumerable.Range(0, 20).Select(_ => proxy.Connect("fe"))];
        foreach (Wire client in clients)
            client.Send(Get());
        foreach (Wire client in clients)
            Assert.Equal(200, client.ReadResponse().Status);
    }

    [Fact]
    public void A_full_frontend_leaves_clients_in_the_backlog_until_one_goes()
    {
        AnsweringOrigin origin = NewAnsweringOrigin();
        Proxy proxy = Start(OneThread + Simple(origin, "maxconn 2"));
        Wire one = proxy.Connect("fe");
        Wire two = proxy.Connect("fe");
        one.Send(Get("/1"));
        one.ReadResponse();
        two.Send(Get("/2"));
        two.ReadResponse();
        Wire three = proxy.Connect("fe");
        three.Send(Get("/3"));
        three.ExpectSilence(150);
        one.Close();
        Assert.Equal(200, three.ReadResponse().Status);
    }

    [Fact]
    public void A_full_process_leaves_clients_in_the_backlog_until_one_goes()
    {
        AnsweringOrigin origin = NewAnsweringOrigin();
        Proxy proxy = Start("global\nnbthread 1\nmaxconn 2\n" + Simple(origin));
        Wire one = proxy.Connect("fe");
        Wire two = proxy.Connect("fe");
        one.Send(Get("/1"));
        one.ReadResponse();
        two.Send(Get("/2"));
        two.ReadResponse();
        Wire three = proxy.Connect("fe");
        three.Send(Get("/3"));
        three.ExpectSilence(150);
        two.Close();
        Assert.Equal(200, three.ReadResponse().Status);
    }

    [Fact]
    public void The_limit_of_a_frontend_holds_for_all_threads_together()
    {
        AnsweringOrigin origin = NewAnsweringOrigin();
        Proxy proxy = Start("global\nnbthread 2\n" + Simple(origin, "maxconn 4"));
        Wire[] clients = [.. Enumerable.Range(0, 8).Select(_ => proxy.Connect("fe"))];
        foreach (Wire client in clients)
            client.Send(Get());
        Thread.Sleep(300);
        int answered = clients.Count(c => c.ReadUntilQuiet(10).Length > 0);
        Assert.Equal(4, answered);
    }

    [Fact]
    public void Waiting_requests_use_every_server_that_has_room()
    {
        // The reference leaves a server idle while requests wait for another (its random algorithm queues at
        // the full one).
        Origin one = NewOrigin("one");
        Origin two = NewOrigin("two");
        Proxy proxy = Start($"""
            {OneThread}
            {HttpDefaults}
            listen fe
                bind <fe>
                balance leastconn
                server s1 {one.Address} maxconn 1
                server s2 {two.Address} maxconn 1
            """);
        Wire first = proxy.Connect("fe");
        first.Send(Get("/1"));
        Wire second = proxy.Connect("fe");
        second.Send(Get("/2"));
        Wire serverOne = one.Accept();
        Wire serverTwo = two.Accept();
        serverOne.ReadRequest();
        serverTwo.ReadRequest();
        Wire third = proxy.Connect("fe");
        third.Send(Get("/3"));
        Thread.Sleep(30);
        serverTwo.Send(Ok);
        string seen = serverTwo.ReadUntilQuiet(200);
        if (seen.Length == 0)
            seen = two.Accept().ReadHead();
        Assert.Contains("GET /3 ", seen);
    }

    private static Wire Seen(string head, Wire server)
    {
        Assert.StartsWith("GET /3 ", head);
        return server;
    }

    private static Wire SeenOn(Origin origin)
    {
        Wire next = origin.Accept();
        Assert.Equal("/3", next.ReadRequest().Target);
        return next;
    }

    private static void InterlockedMax(ref int place, int value)
    {
        int seen;
        while ((seen = Volatile.Read(ref place)) < value)
        {
            if (Interlocked.CompareExchange(ref place, value, seen) == seen)
                return;
        }
    }
}
