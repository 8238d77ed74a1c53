using System.Collections.Generic;
using System.Globalization;
using System.Threading;
using Tests.EndToEnd.Harness;
using Xunit;
using Xunit.Abstractions;

namespace Tests.EndToEnd;

/// <summary>Queues on real sockets: order, limits of queues, and what becomes of waiters when servers change.</summary>
public sealed class QueueTests(ITestOutputHelper output) : EndToEndTest(output)
{
    private const string Log = "log global\noption httplog";

    [Fact]
    public void Priorities_order_the_queue()
    {
        Origin origin = NewOrigin();
        Proxy proxy = StartOne(origin, """
            http-request set-priority-class int(-5) if { path /high }
            http-request set-priority-class int(5) if { path /low }
            http-request set-priority-offset int(60000) if { path /late }
            http-request set-header X-Prio "%[prio_class] %[prio_offset]"
            """, "", "maxconn 1");
        Wire[] clients = [.. Queue(proxy, "/first", "/low", "/late", "/plain", "/high")];
        Wire server = origin.Accept();
        List<string> served = [];
        for (int i = 0; i < 5; i++)
        {
            HttpMessage request = server.ReadRequest();
            served.Add($"{request.Target}:{request["X-Prio"]}");
            server.Send(Ok);
        }
        Assert.Equal(["/first:0 0", "/high:-5 0", "/plain:0 0", "/late:0 60000", "/low:5 0"], served);
        foreach (Wire client in clients) Assert.Equal(200, client.ReadResponse().Status);
        Assert.Matches(@" 0/1 ""GET /high ", proxy.Output.WaitFor("GET /high"));
        Assert.Matches(@" 0/2 ""GET /plain ", proxy.Output.WaitFor("GET /plain"));
        Assert.Matches(@" 0/4 ""GET /low ", proxy.Output.WaitFor("GET /low"));
    }

    [Theory]
    [InlineData("2047", "999999", "2047 524287")]
    [InlineData("-99999", "-999999", "-2047 -524287")]
    public void Priorities_end_at_their_range(string priority, string offset, string said)
    {
        Origin origin = NewOrigin();
        Proxy proxy = StartOne(origin, $"""
            tcp-request content set-priority-class int({priority})
            tcp-request content set-priority-offset int({offset})
            http-request set-header X-Prio "%[prio_class] %[prio_offset]"
            """, "", "");
        Wire client = proxy.Connect("fe").Send(Get());
        Wire server = origin.Accept();
        Assert.Equal(said, server.ReadRequest()["X-Prio"]);
        server.Send(Ok);
        Assert.Equal(200, client.ReadResponse().Status);
    }

    [Theory]
    [InlineData("", 503, "be/s1 .* SQVN ")]
    [InlineData("option redispatch", 200, @"be/s2 .* --DI .*/\+0 ")]
    public void No_more_wait_for_a_server_than_maxqueue(string option, int status, string logged)
    {
        Origin one = NewOrigin();
        AnsweringOrigin two = NewAnsweringOrigin((_, _) => Ok);
        Proxy proxy = Start(Global() + $"""
            frontend fe
              bind <fe>
              mode http
              {Log.Replace("\n", "\n  ")}
              default_backend be
            backend be
              mode http
              cookie C insert
              http-reuse always
              {option}
              timeout queue 5s
              server s1 {one.Address} maxconn 1 maxqueue 1 cookie s1
              server s2 {two.Address} cookie s2
            """);
        Wire first = proxy.Connect("fe").Send(Get("/1", "Cookie: C=s1"));
        Wire server = one.Accept();
        server.ReadRequest();
        Wire second = proxy.Connect("fe").Send(Get("/2", "Cookie: C=s1"));
        new AdminSocket(proxy).WaitForStat("be", "s1", "qcur", "1");
        Wire third = proxy.Connect("fe").Send(Get("/3", "Cookie: C=s1"));
        Assert.Equal(status, third.ReadResponse().Status);
        Assert.Matches(logged, proxy.Output.WaitFor("GET /3"));
        server.Send(Ok);
        Assert.Equal(200, first.ReadResponse().Status);
        server.ReadRequest();
        server.Send(Ok);
        Assert.Equal(200, second.ReadResponse().Status);
        Assert.Matches(@" 1/0 ""GET /2 ", proxy.Output.WaitFor("GET /2"));
    }

    [Fact]
    public void Waiters_are_told_at_once_that_no_server_is_left()
    {
        Origin origin = NewOrigin();
        Proxy proxy = StartOne(origin, "", "", "maxconn 1");
        proxy.AlertsAllowed = true; // that the backend has no server left
        Wire first = proxy.Connect("fe").Send(Get("/1"));
        Wire server = origin.Accept();
        server.ReadRequest();
        Wire[] waiting = [.. Queue(proxy, "/2", "/3")];
        new AdminSocket(proxy).WaitForStat("be", "BACKEND", "qcur", "2");
        new AdminSocket(proxy).Say("disable server be/s1");
        foreach (Wire client in waiting) Assert.Equal(503, client.ReadResponse().Status);
        Assert.Matches(@"be/<NOSRV> 0/-1/-1/-1/\d+ 503 \d+ - - SC-- .* 0/1 ", proxy.Output.WaitFor("GET /3"));
        server.Send(Ok);
        Assert.Equal(200, first.ReadResponse().Status);
    }

    [Theory]
    [InlineData("set maxconn server be/s1 3")]
    [InlineData("enable server be/s2")]
    [InlineData("set server be/s2 state ready")]
    public void Waiters_are_served_when_slots_appear(string command)
    {
        int served = 0;
        using ManualResetEventSlim go = new();
        AnsweringOrigin origin = NewAnsweringOrigin((_, _) =>
        {
            Interlocked.Increment(ref served);
            go.Wait();
            return Ok;
        });
        Proxy proxy = StartOne(origin.Address, "", $"server s2 {origin.Address} disabled", "maxconn 1", threads: 4);
        Wire[] clients = [.. Queue(proxy, "/1", "/2", "/3")];
        new AdminSocket(proxy).WaitForStat("be", "BACKEND", "qcur", "2");
        new AdminSocket(proxy).Say(command);
        proxy.WaitUntil(() => Volatile.Read(ref served) == 3, "all are served at once");
        go.Set();
        foreach (Wire client in clients) Assert.Equal(200, client.ReadResponse().Status);
        new AdminSocket(proxy).WaitForStat("be", "BACKEND", "qcur", "0");
    }

    [Theory]
    [InlineData("set server be/s1 state drain")]
    [InlineData("set server be/s1 weight 0")]
    public void A_drained_server_takes_no_waiter_and_others_do(string command)
    {
        Origin one = NewOrigin();
        AnsweringOrigin two = NewAnsweringOrigin((_, _) => Ok);
        Proxy proxy = StartOne(one.Address, "", $"server s2 {two.Address} backup", "maxconn 1");
        Wire first = proxy.Connect("fe").Send(Get("/1"));
        Wire server = one.Accept();
        server.ReadRequest();
        Wire second = proxy.Connect("fe").Send(Get("/2"));
        new AdminSocket(proxy).WaitForStat("be", "BACKEND", "qcur", "1");
        Assert.Equal(0, two.RequestCount);
        new AdminSocket(proxy).Say(command); // now the backup's turn
        Assert.Equal(200, second.ReadResponse().Status);
        Assert.Equal(1, two.RequestCount);
        server.Send(Ok);
        Assert.Equal(200, first.ReadResponse().Status);
    }

    [Fact]
    public void A_server_that_comes_up_warms_up()
    {
        Origin origin = NewOrigin();
        Proxy proxy = StartOne(origin, "", "", "maxconn 100 weight 160 slowstart 1s");
        AdminSocket admin = new(proxy);
        Assert.Equal("160", admin.Stat("be", "s1", "weight"));
        proxy.AlertsAllowed = true;
        admin.Say("disable server be/s1");
        Assert.Equal("10", admin.Say("enable server be/s1;show stat be 4 -1").Split('\n')[2].Split(',')[18]);
        admin.WaitForStat("be", "s1", "weight", "160");
        Assert.Matches("Server be/s1 is UP\\. 1 active", proxy.Errors.WaitFor("Server be/s1 is UP. "));
    }

    [Trait("ReferenceFault", "7.1")]
    [Theory]
    [InlineData("roundrobin", "")]
    [InlineData("leastconn", "")]
    [InlineData("leastconn", "maxconn 1")]
    [InlineData("random", "maxconn 1")]
    [InlineData("random", "maxconn 1", "/", "")]
    public void Redirected_requests_take_and_give_back_their_slot(
        string balance, string limit, string prefix = "http://img.example.com", string sent = "http://img.example.com")
    {
        AnsweringOrigin origin = NewAnsweringOrigin((_, _) => Ok);
        Proxy proxy = Start(Global(threads: 2) + $"""
            frontend fe
              bind <fe>
              mode http
              {Log.Replace("\n", "\n  ")}
              default_backend be
            backend be
              mode http
              balance {balance}
              server s1 {origin.Address} redir {prefix} {limit}
              server s2 {origin.Address} redir {prefix} {limit}
            """);
        Wire client = proxy.Connect("fe");
        for (int i = 0; i < 12; i++)
        {
            HttpMessage answer = client.Send(Get($"/a/{i}?b")).ReadResponse();
            Assert.Equal(302, answer.Status);
            Assert.Equal($"{sent}/a/{i}?b", answer["location"]);
        }
        Assert.Matches(@"be/s[12] 0/0/-1/-1/\d+ 302 0 - - LC-- 1/1/0/0/0 0/0 ""GET /a/11", proxy.Output.WaitFor("GET /a/11"));
        Assert.Equal(200, client.Send(Request("POST", "/form", "Content-Length: 0")).ReadResponse().Status);
        Assert.Equal(1, origin.RequestCount);
        AdminSocket admin = new(proxy);
        admin.WaitForStat("be", "s1", "scur", "0");
        admin.WaitForStat("be", "s2", "scur", "0");
        admin.WaitForStat("be", "BACKEND", "scur", "0");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void More_streams_wait_than_there_may_be_connections(int threads)
    {
        int now = 0, most = 0;
        AnsweringOrigin origin = NewAnsweringOrigin((_, _) =>
        {
            if (Interlocked.Increment(ref now) > Volatile.Read(ref most)) most = now;
            Thread.Sleep(1);
            Interlocked.Decrement(ref now);
            return Ok;
        });
        Proxy proxy = Start(Global(threads).Replace("global\n", "global\n  maxconn 4\n") + $"""
            frontend fe
              bind <fe> proto h2
              mode http
              default_backend be
            backend be
              mode http
              timeout queue 5s
              http-reuse always
              server s1 {origin.Address} maxconn 1
            """);
        Http2Wire[] clients = [Http2Wire.Client(proxy.Connect("fe"), []), Http2Wire.Client(proxy.Connect("fe"), [])];
        for (uint i = 0; i < 60; i++)
            foreach (Http2Wire client in clients) client.Get((2 * i) + 1, $"/{i}");
        foreach (Http2Wire client in clients)
            for (uint i = 0; i < 60; i++) Assert.Equal(200, client.ReadMessage((2 * i) + 1).Status);
        Assert.Equal(1, most);
        foreach (Http2Wire client in clients) client.Dispose();
    }

    [Fact]
    public void Samples_tell_of_queues_and_free_slots()
    {
        Origin origin = NewOrigin();
        Proxy proxy = StartOne(origin, """
            http-request return status 200 hdr X-Q "%[queue(be)],%[avg_queue(be)],%[be_conn_free(be)],%[connslots(be)],%[srv_conn_free(be/s1)],%[srv_queue(be/s1)],%[str(be/s1),srv_queue],%[str(be/s1),srv_is_up]" if { path /q }
            """, "", "maxconn 2 maxqueue 5");
        Assert.Equal("0,0,2,7,2,0,0,1", proxy.Connect("fe").Send(Get("/q")).ReadResponse()["X-Q"]);
        Wire[] clients = [.. Queue(proxy, "/1", "/2", "/3")];
        new AdminSocket(proxy).WaitForStat("be", "BACKEND", "qcur", "1");
        Assert.Equal("1,1,0,5,0,0,0,1", proxy.Connect("fe").Send(Get("/q")).ReadResponse()["X-Q"]);
        for (int i = 0; i < 2; i++)
        {
            Wire server = origin.Accept();
            server.ReadRequest();
            server.Send(Ok.Replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n"));
            server.Close();
        }
        Wire last = origin.Accept();
        last.ReadRequest();
        last.Send(Ok);
        foreach (Wire client in clients) Assert.Equal(200, client.ReadResponse().Status);
        Assert.Equal("1", new AdminSocket(proxy).Stat("be", "BACKEND", "qmax"));
    }

    /// <summary>The connection and the slot go to the next while the client still takes what was answered.</summary>
    [Fact]
    public void A_slow_client_keeps_no_slot()
    {
        // More than the sockets take, no more than what is received for a client that does not read (THREATS.md E13).
        string body = new('x', 20_000);
        AnsweringOrigin origin = NewAnsweringOrigin((request, _) => request.Target == "/slow"
            ? $"HTTP/1.1 200 OK\r\nContent-Length: {body.Length}\r\n\r\n{body}"
            : Ok);
        Proxy proxy = StartOne(origin.Address, "", "global\n  nosplice\n  tune.sndbuf.client 4096", "maxconn 1");
        proxy.AlertsAllowed = true; // that the backend has no server left
        Wire slow = proxy.Connect("fe", receiveBuffer: 4096).Send(Get("/slow"));
        AdminSocket admin = new(proxy);
        proxy.WaitUntil(() => origin.RequestCount == 1, "the request is there");
        admin.WaitForStat("be", "s1", "scur", "0");
        Assert.Equal("1", admin.Stat("be", "BACKEND", "scur"));
        Wire next = proxy.Connect("fe").Send(Get("/next"));
        Assert.Equal(200, next.ReadResponse().Status);
        Assert.Matches(@"be/s1 0/0/\d+/\d+/\d+ 200 \d+ - - ---- 2/2/1/0/0 0/0 ", proxy.Output.WaitFor("GET /next"));
        admin.Say("set server be/s1 state maint");
        Assert.Equal("Server still has connections attached to it, cannot remove it.", admin.Say("del server be/s1").Trim());
        Assert.Equal(body.Length, slow.ReadResponse().Body.Length);
        Assert.Matches(@"be/s1 0/0/\d+/\d+/\d+ 200 \d+ - - ---- 2/2/0/0/0 0/0 ", proxy.Output.WaitFor("GET /slow"));
        Assert.Equal("Server deleted.", admin.Say("del server be/s1").Trim());
    }

    private static string Global(int threads = 1) => $"""
        global
          nbthread {threads}
          log stdout format raw local0
          stats socket <dir>/cli level admin
        defaults
          timeout client 5s
          timeout server 5s
          timeout connect 5s
        """ + "\n";

    private Proxy StartOne(Origin origin, string rules, string others, string server) =>
        StartOne(origin.Address, rules, others, server);

    private Proxy StartOne(string origin, string rules, string others, string server, int threads = 1) => Start(Global(threads) + $"""
        frontend fe
          bind <fe>
          mode http
          {Log.Replace("\n", "\n  ")}
          {rules.Replace("\n", "\n  ")}
          default_backend be
        backend be
          mode http
          balance roundrobin
          http-reuse always
          timeout queue 5s
          server s1 {origin} {server}
          {others}
        """);

    /// <summary>Sends requests so that they arrive in order.</summary>
    private static IEnumerable<Wire> Queue(Proxy proxy, params string[] targets)
    {
        AdminSocket admin = new(proxy);
        int expected = int.Parse(admin.Stat("be", "BACKEND", "scur"), CultureInfo.InvariantCulture);
        List<Wire> clients = [];
        foreach (string target in targets)
        {
            clients.Add(proxy.Connect("fe").Send(Get(target)));
            admin.WaitForStat("be", "BACKEND", "scur", (++expected).ToString(CultureInfo.InvariantCulture));
        }
        return clients;
    }
}
