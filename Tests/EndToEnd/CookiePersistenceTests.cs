using Tests.EndToEnd.Harness;
using Xunit;
using Xunit.Abstractions;

namespace Tests.EndToEnd;

/// <summary><c>cookie</c>: which server a client gets, what each side sees of the cookie, and what the log says.</summary>
public sealed class CookiePersistenceTests(ITestOutputHelper output) : EndToEndTest(output)
{
    private const string None = "-";

    /// <summary>
    /// Words behind <c>cookie SRV</c>, the client's Cookie, the server's Set-Cookie; the server that answers, the Cookie
    /// it sees, the Set-Cookie the client sees, the log's last two characters of the state.
    /// </summary>
    [Theory]
    [InlineData("insert", None, None, "a", None, "SRV=A; path=/", "NI")]
    [InlineData("insert", "SRV=B", None, "b", "SRV=B", None, "VN")]
    [InlineData("insert", "x=1; SRV=Z", None, "a", "x=1; SRV=Z", "SRV=A; path=/", "II")]
    [InlineData("insert", "srv=B", None, "a", "srv=B", "SRV=A; path=/", "NI")]
    [InlineData("insert", "SRV=B", "SRV=own; path=/x", "b", "SRV=B", None, "VD")]
    [InlineData("insert", "SRV=B", "other=own", "b", "SRV=B", "other=own", "VN")]
    [InlineData("insert", "SRV=C", None, "a", "SRV=C", "SRV=A; path=/", "DI")]
    [InlineData("insert", "SRV=D", None, "d", "SRV=D", None, "VN")]
    [InlineData("insert indirect", "SRV=B", None, "b", None, None, "VN")]
    [InlineData("insert indirect", "x=1; SRV=B; y=2", None, "b", "x=1; y=2", None, "VN")]
    [InlineData("insert indirect", "x=1; SRV=B", None, "b", "x=1", None, "VN")]
    [InlineData("insert indirect", "SRV=B; SRV=A; y=2", None, "b", "y=2", None, "VN")]
    [InlineData("insert indirect", ";=SRV=A;;,SRV=B;\"", None, "b", ";=SRV=A;;; \"", None, "VN")]
    [InlineData("insert indirect", "x=1 ;SRV=B;SRV=A;  y=2", None, "b", "x=1; y=2", None, "VN")]
    [InlineData("insert indirect", ";;SRV=B;;y", None, "b", ";; ;y", None, "VN")]
    [InlineData("insert indirect", "x=1;SRV=B;", None, "b", "x=1;", None, "VN")]
    [InlineData("insert indirect", ";SRV=B;y", None, "b", "y", None, "VN")]
    [InlineData("insert indirect preserve", "SRV=B", "SRV=own", "b", None, "SRV=own", "VP")]
    [InlineData("insert postonly", None, None, "a", None, None, "NN")]
    [InlineData("insert httponly secure domain .x.org attr SameSite=Lax", None, None, "a", None,
        "SRV=A; path=/; domain=.x.org; HttpOnly; Secure; SameSite=Lax", "NI")]
    [InlineData("insert maxidle 10m maxlife 1h", "SRV=B|AAAAB", None, "a", "SRV=B|AAAAB", "SRV=A|", "EI")]
    [InlineData("insert maxidle 10m maxlife 1h", "SRV=B|/////|AAAAB", None, "a", "SRV=B|/////|AAAAB", "SRV=A|", "OI")]
    [InlineData("insert maxidle 10m maxlife 1h", "SRV=B|/////|/////", None, "a", "SRV=B|/////|/////", "SRV=A|", "OI")]
    [InlineData("insert maxidle 10m", "SRV=B|/////", None, "a", "SRV=B|/////", "SRV=A|", "EI")]
    [InlineData("insert", "SRV=Z; SRV=B", None, "b", "SRV=Z; SRV=B", None, "VN")]
    [InlineData("insert", "SRV=C; SRV=B", None, "b", "SRV=C; SRV=B", None, "VN")]
    [InlineData("insert", "SRV=B; SRV=D; SRV=Z", None, "b", "SRV=B; SRV=D; SRV=Z", None, "VN")]
    [InlineData("insert maxidle 10m", "SRV=B|AAAAB; SRV=D", None, "d", "SRV=B|AAAAB; SRV=D", "SRV=D|", "VU")]
    [InlineData("insert indirect", "SRV=Z; SRV=B; y=2", None, "b", "y=2", None, "VN")]
    [InlineData("insert maxidle 10m", "SRV=B", None, "b", "SRV=B", "SRV=B|", "VU")]
    [InlineData("rewrite", "SRV=B", "SRV=own; path=/x", "b", "SRV=B", "SRV=B; path=/x", "VR")]
    [InlineData("rewrite", None, None, "a", None, None, "NN")]
    [InlineData("prefix", "SRV=B~own; y=2", None, "b", "SRV=own; y=2", None, "VN")]
    [InlineData("prefix", "y=2; SRV=Z~own", "SRV=new; path=/x", "a", "y=2; SRV=own", "SRV=A~new; path=/x", "IR")]
    [InlineData("prefix indirect", "SRV=B~own", "SRV=new", "b", "SRV=own", None, "VD")]
    [InlineData("prefix indirect", None, "SRV=new", "a", None, "SRV=A~new", "NR")]
    [InlineData("", "SRV=B", "SRV=own", "b", "SRV=B", "SRV=own", "--")]
    [InlineData("nocache", "SRV=B", "SRV=own", "b", "SRV=B", "SRV=own", "--")]
    [InlineData("indirect", None, "SRV=own", "a", None, "SRV=own", "NP")]
    [InlineData("indirect", "SRV=B", "SRV=own", "b", "SRV=B", None, "VD")]
    public void Both_sides_see_what_the_manual_says(
        string words, string sent, string set, string server, string seen, string? received, string state)
    {
        string setLine = set == None ? "" : $"hdr set-cookie \"{set}\"";
        Proxy proxy = Start($$"""
            global
                nbthread 1
                log stdout format raw local0
            {{HttpDefaults}}
            log global
            log-format "%s %tsc"
            frontend origin
                bind <origin>
                no log
                http-request return status 200 hdr x-seen "<%[req.hdr(cookie)]>" {{setLine}}
            listen fe
                bind <fe>
                balance first
                default-server pool-max-conn 0
                cookie SRV {{words}}
                server a <origin> cookie A
                server b <origin> cookie B
                server c <origin> cookie C disabled
                server d <origin> cookie D weight 0
            """);
        Wire client = proxy.Connect("fe");
        client.Send(sent == None ? Get() : Request("GET", "/", "Cookie: " + sent));
        HttpMessage answer = client.ReadResponse();
        Assert.Equal(200, answer.Status);
        Assert.Equal(seen == None ? "<>" : $"<{seen}>", answer["x-seen"]);
        string expected = received == None ? "" : received ?? "";
        Assert.StartsWith(expected, answer["set-cookie"] ?? "");
        if (!expected.EndsWith('|')) Assert.Equal(expected, answer["set-cookie"] ?? "");
        Assert.Matches($"{server} --{state}", proxy.Output.WaitFor("--"));
    }

    /// <summary>Path, the client's Cookie, the server that answers, the Set-Cookie, the log's last characters.</summary>
    [Theory]
    [InlineData("/", None, "a", "SRV=A; path=/", "NI")]
    [InlineData("/use", None, "b", None, "NN")]
    [InlineData("/use", "SRV=A", "b", None, "UN")]
    [InlineData("/down", None, "b", None, "NN")]
    [InlineData("/named/b", None, "b", None, "NN")]
    [InlineData("/named/c", None, "a", "SRV=A; path=/", "NI")]
    [InlineData("/named/nobody", None, "a", "SRV=A; path=/", "NI")]
    [InlineData("/named/nobody", "SRV=D", "d", None, "VN")]
    [InlineData("/force", "SRV=C", "c", None, "DN")]
    [InlineData("/force", None, "a", "SRV=A; path=/", "NI")]
    [InlineData("/force/named/c", None, "c", None, "NN")]
    [InlineData("/ignore", "SRV=D", "a", None, "UN")]
    [InlineData("/ignore", "SRV=Z", "a", None, "UN")]
    [InlineData("/ignore", None, "a", None, "NN")]
    public void Rules_decide_before_cookies(string path, string sent, string server, string? set, string state)
    {
        Proxy proxy = Start($$"""
            global
                nbthread 1
                log stdout format raw local0
            {{HttpDefaults}}
            log global
            log-format "%s %tsc"
            frontend origin
                bind <origin>
                no log
                http-request return status 200
            listen fe
                bind <fe>
                balance first
                default-server pool-max-conn 0
                cookie SRV insert indirect
                force-persist if { path_beg /force }
                ignore-persist if { path /ignore }
                use-server b if { path /use }
                use-server c if { path /down }
                use-server %[path,field(-1,/)] if { path_sub /named/ }
                use-server b if { path_beg /down }
                server a <origin> cookie A
                server b <origin> cookie B weight 0
                server c <origin> cookie C disabled
                server d <origin> cookie D weight 0
            """);
        Wire client = proxy.Connect("fe");
        client.Send(sent == None ? Request("GET", path) : Request("GET", path, "Cookie: " + sent));
        HttpMessage answer = client.ReadResponse();
        Assert.Equal(200, answer.Status);
        Assert.Equal(set == None ? null : set, answer["set-cookie"]);
        Assert.Matches($"^{server} --{state}", proxy.Output.WaitFor("--"));
    }

    [Fact]
    public void A_client_waits_for_its_own_server_and_takes_no_other()
    {
        Origin first = NewOrigin("a");
        Origin second = NewOrigin("b");
        Proxy proxy = Start($"""
            global
                nbthread 1
            {HttpDefaults}
            listen fe
                bind <fe>
                cookie SRV insert
                server a {first.Address} cookie A maxconn 1
                server b {second.Address} cookie B
            """);
        string mine = Request("GET", "/", "Cookie: SRV=A");
        Wire one = proxy.Connect("fe");
        one.Send(mine);
        Wire busy = first.Accept();
        busy.ReadRequest();
        Wire two = proxy.Connect("fe");
        two.Send(mine);
        two.ExpectSilence();
        busy.Send(Ok);
        one.ReadResponse();
        Wire next = first.Accept();
        next.ReadRequest();
        next.Send(Ok);
        Assert.Equal("ok", two.ReadResponse().Text);
    }

    [Fact]
    public void A_client_that_waits_for_a_server_gets_another_when_that_goes_down()
    {
        Origin first = NewOrigin("a");
        AnsweringOrigin second = NewAnsweringOrigin();
        string admin = System.IO.Path.Combine(Bench.Directory, "admin.sock");
        Proxy proxy = Start($"""
            global
                nbthread 1
                stats socket {admin} level admin
            {HttpDefaults}
            timeout queue 30s
            listen fe
                bind <fe>
                cookie SRV insert
                server a {first.Address} cookie A maxconn 1
                server b {second.Address} cookie B
            """);
        string mine = Request("GET", "/", "Cookie: SRV=A");
        Wire one = proxy.Connect("fe");
        one.Send(mine);
        first.Accept().ReadRequest();
        Wire two = proxy.Connect("fe");
        two.Send(mine);
        two.ExpectSilence();
        proxy.SkipEndChecks = true; // the first request never ends
        Assert.DoesNotContain("denied", Command(admin, "set server fe/a state maint"));
        HttpMessage answer = two.ReadResponse();
        Assert.Equal(200, answer.Status);
        Assert.Equal("SRV=B; path=/", answer["set-cookie"]);
    }

    private static string Command(string path, string line)
    {
        using System.Net.Sockets.Socket socket = new(
            System.Net.Sockets.AddressFamily.Unix, System.Net.Sockets.SocketType.Stream, System.Net.Sockets.ProtocolType.Unspecified);
        socket.Connect(new System.Net.Sockets.UnixDomainSocketEndPoint(path));
        socket.Send(Wire.Encoding.GetBytes(line + "\n"));
        byte[] answer = new byte[4096];
        return Wire.Encoding.GetString(answer, 0, socket.Receive(answer));
    }

    [Fact]
    public void A_server_that_cannot_be_reached_loses_its_client_only_with_redispatch_and_not_when_forced()
    {
        Proxy proxy = Start($$"""
            global
                nbthread 1
            {{HttpDefaults}}
            timeout connect 100ms
            frontend origin
                bind <origin>
                http-request return status 200
            listen with
                bind <with>
                option redispatch
                default-server pool-max-conn 0
                cookie SRV insert
                server a <origin> cookie A
                server b <down> cookie B
            listen without
                bind <without>
                retries 1
                default-server pool-max-conn 0
                cookie SRV insert
                server a <origin> cookie A
                server b <down> cookie B
            listen forced
                bind <forced>
                option redispatch
                retries 1
                balance roundrobin
                force-persist if TRUE
                default-server pool-max-conn 0
                server a <origin> weight 1
                server b <down> weight 2
            """);
        foreach ((string name, int status) in new[] { ("with", 200), ("without", 503), ("forced", 503) })
        {
            Wire client = proxy.Connect(name);
            client.Send(Request("GET", "/", "Cookie: SRV=B"));
            Assert.Equal(status, client.ReadResponse().Status);
        }
    }

    [Theory]
    [InlineData("cache-control max-age=60", "GET", true)]
    [InlineData("cache-control \"max-age=60, private\"", "GET", false)]
    [InlineData("etag x", "GET", true)]
    [InlineData("cache-control max-age=60", "POST", false)]
    [InlineData("x-other y", "GET", false)]
    public void Nocache_marks_what_a_cache_would_keep(string field, string method, bool marked)
    {
        Proxy proxy = Start($$"""
            global
                nbthread 1
            {{HttpDefaults}}
            frontend origin
                bind <origin>
                http-request return status 200 hdr {{field}}
            listen fe
                bind <fe>
                default-server pool-max-conn 0
                cookie SRV insert nocache
                server a <origin> cookie A
            """);
        Wire client = proxy.Connect("fe");
        client.Send(Request(method, "/", "Content-Length: 0"));
        HttpMessage answer = client.ReadResponse();
        Assert.Equal("SRV=A; path=/", answer["set-cookie"]);
        Assert.Equal(marked, answer.Head.Contains("cache-control: private\r\n", System.StringComparison.Ordinal));
    }
}
