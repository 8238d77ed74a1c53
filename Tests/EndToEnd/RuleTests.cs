using System;
using System.Linq;
using Tests.EndToEnd.Harness;
using Xunit;
using Xunit.Abstractions;

namespace Tests.EndToEnd;

/// <summary>ACLs, switching, and the header and final actions of the first slice of the language.</summary>
public sealed class RuleTests(ITestOutputHelper output) : EndToEndTest(output)
{
    // Which backend answered is its name in the body.
    private const string Backends = """
        backend a
            http-request return status 200 content-type text/plain string a
        backend b
            http-request return status 200 content-type text/plain string b
        backend c
            http-request return status 200 content-type text/plain string c

        """;

    [Theory]
    [InlineData("/one", "a")]
    [InlineData("/two", "a")]
    [InlineData("/three", "b")]
    [InlineData("/one?never", "a")]
    [InlineData("/four", "c")]
    public void Named_acls_combine(string target, string expected)
    {
        Proxy proxy = Start($$"""
            {{HttpDefaults}}
            frontend fe
                bind <fe>
                acl is_one path /one
                acl is_few path /two
                acl is_few path /three
                acl is_local src 127.0.0.1
                use_backend a if is_one is_local || is_few !{ path /three }
                use_backend b unless !is_few
                default_backend c
            {{Backends}}
            """);
        Wire client = proxy.Connect("fe");
        client.Send(Get(target));
        Assert.Equal(expected, client.ReadResponse().Text);
    }

    [Fact]
    public void Predefined_acls_are_there()
    {
        Proxy proxy = Start($$"""
            {{HttpDefaults}}
            frontend fe
                bind <fe>
                use_backend a if METH_POST
                use_backend b if HTTP_1.0 or LOCALHOST !TRUE
                default_backend c
            {{Backends}}
            """);
        Wire client = proxy.Connect("fe");
        client.Send(Request("POST", "/", "Content-Length: 0"));
        Assert.Equal("a", client.ReadResponse().Text);
        client.Send(Get());
        Assert.Equal("c", client.ReadResponse().Text);
        client.Send("GET / HTTP/1.0\r\n\r\n");
        Assert.Equal("b", client.ReadResponse().Text);
    }

    [Fact]
    public void Header_actions_change_the_request_in_the_order_they_stand()
    {
        Origin origin = NewOrigin();
        Proxy proxy = Start(Simple(origin, """
            http-request set-header X-Set new
                http-request add-header X-Add second
                http-request del-header X-Del
                http-request set-header X-Late "a b" if { path /late }
                http-request set-header X-Cond no if { path /never }
            """));
        Wire client = proxy.Connect("fe");
        client.Send(Get("/late", "X-Set: old", "x-set: older", "X-Add: first", "X-Del: 1", "x-DEL: 2",
            "X-Keep: k"));
        Wire server = origin.Accept();
        HttpMessage request = server.ReadRequest();
        Assert.Equal(["new"], request.All("x-set"));
        Assert.Equal(["first", "second"], request.All("x-add"));
        Assert.Null(request["x-del"]);
        Assert.Equal("a b", request["x-late"]);
        Assert.Null(request["x-cond"]);
        Assert.Equal("k", request["x-keep"]);
        server.Send(Ok);
        client.ReadResponse();
    }

    [Fact]
    public void Header_values_may_be_log_formats()
    {
        Origin origin = NewOrigin();
        Proxy proxy = Start(Simple(origin, """
            http-request set-header X-Src %[src]
                http-request set-header X-Line "%[method] %[path] from %[src]:%[src_port]"
                http-request set-header X-Host %[req.hdr(host)]
            """));
        Wire client = proxy.Connect("fe");
        client.Send(Get("/p?q"));
        Wire server = origin.Accept();
        HttpMessage request = server.ReadRequest();
        Assert.Equal("127.0.0.1", request["x-src"]);
        Assert.Equal($"GET /p from 127.0.0.1:{client.LocalPort}", request["x-line"]);
        Assert.Equal("h", request["x-host"]);
        server.Send(Ok);
        client.ReadResponse();
    }

    [Fact]
    public void Header_actions_change_the_response()
    {
        Origin origin = NewOrigin();
        Proxy proxy = Start(Simple(origin,
            frontend: "http-response set-header X-Front 1",
            backend: """
            http-response set-header Server hidden
                http-response del-header X-Powered-By
                http-response add-header Set-Cookie b=2
                http-response set-header X-Teapot yes if { status 418 }
            """));
        Wire client = proxy.Connect("fe");
        client.Send(Get());
        Wire server = origin.Accept();
        server.ReadRequest();
        server.Send(
            "HTTP/1.1 418 Tea\r\nServer: leaky/1.0\r\nX-Powered-By: x\r\nSet-Cookie: a=1\r\nContent-Length: 0\r\n\r\n");
        HttpMessage response = client.ReadResponse();
        Assert.Equal("hidden", response["server"]);
        Assert.Null(response["x-powered-by"]);
        Assert.Equal(["a=1", "b=2"], response.All("set-cookie"));
        Assert.Equal("yes", response["x-teapot"]);
        Assert.Equal("1", response["x-front"]);
    }

    [Fact]
    public void A_thousand_edits_do_not_break_out_of_the_buffer()
    {
        // THREATS E7: rewriting is bounded; what does not fit is refused in order.
        Origin origin = NewOrigin();
        string edits = string.Concat(Enumerable.Range(0, 90).Select(i =>
            $"http-request add-header X-Grow-{i} {new string('v', 300)}\n"));
        Proxy proxy = Start(Simple(origin, edits));
        for (int i = 0; i < 2; i++)
        {
            Wire client = proxy.Connect("fe");
            client.Send(Get());
            HttpMessage response = client.ReadResponse();
            Assert.Contains(response.Status, (int[])[400, 500]);
            // A connection may have been opened before the head did not fit; nothing may have gone over it.
            if (origin.HasConnection())
                Assert.Equal("", origin.Accept().ReadUntilQuiet());
        }
    }

    [Theory]
    [InlineData("^/(a+)+$")]
    [InlineData("^/(a|aa)+$")]
    [InlineData(@"^/(a+)+\1$")]
    public void An_expression_that_backtracks_holds_nobody_up(string expression)
    {
        // THREATS E12: in time that grows with the length alone, or given up after a while.
        AnsweringOrigin origin = NewAnsweringOrigin();
        Proxy proxy = Start(Simple(origin, $"http-request deny if {{ path_reg '{expression}' }}"));
        Wire client = proxy.Connect("fe");
        client.Send(Get("/" + new string('a', 4000) + "b"));
        Assert.Equal(200, client.ReadResponse().Status);
        client.Send(Get("/aaaa"));
        Assert.Equal(403, client.ReadResponse().Status);
    }

    [Fact]
    public void Return_answers_by_itself()
    {
        Bench.WriteFile("page.txt", "from a file");
        Proxy proxy = Start($$"""
            {{HttpDefaults}}
            frontend fe
                bind <fe>
                http-request return status 200 content-type text/plain string "hello there" if { path /string }
                http-request return status 200 content-type text/plain lf-string "m=%[method]" if { path /lf }
                http-request return status 200 content-type text/plain file <dir>/page.txt if { path /file }
                http-request return status 404 hdr X-Reason "not here" hdr X-Two 2 if { path /headers }
                http-request return status 503 default-errorfiles if { path /default }
                http-request return if { path /bare }
                http-request deny
            """);
        Wire client = proxy.Connect("fe");
        client.Send(Get("/string"));
        HttpMessage response = client.ReadResponse();
        Assert.Equal("HTTP/1.1 200 OK", response.StartLine);
        Assert.Equal("text/plain", response["content-type"]);
        Assert.Equal("hello there", response.Text);
        client.Send(Get("/lf"));
        Assert.Equal("m=GET", client.ReadResponse().Text);
        client.Send(Get("/file"));
        Assert.Equal("from a file", client.ReadResponse().Text);
        client.Send(Get("/headers"));
        response = client.ReadResponse();
        Assert.Equal(404, response.Status);
        Assert.Equal("not here", response["x-reason"]);
        Assert.Equal("2", response["x-two"]);
        Assert.Empty(response.Body);
        client.Send(Get("/default"));
        Assert.Equal(503, client.ReadResponse().Status);
        client.Send(Get("/bare"));
        Assert.Equal(200, client.ReadResponse().Status);
        client.Send(Get("/other"));
        Assert.Equal(403, client.ReadResponse().Status);
    }

    [Fact]
    public void Return_to_head_has_the_head_only()
    {
        Proxy proxy = Start($$"""
            {{HttpDefaults}}
            frontend fe
                bind <fe>
                http-request return status 200 content-type text/plain string hello
            """);
        Wire client = proxy.Connect("fe");
        client.Send(Request("HEAD", "/") + Get());
        Assert.Equal("5", client.ReadResponse(toHead: true)["content-length"]);
        Assert.Equal("hello", client.ReadResponse().Text);
    }

    [Fact]
    public void A_body_of_a_request_that_is_answered_here_is_not_the_next_request()
    {
        // THREATS A4, 0.CL: an early answer of the proxy itself.
        Proxy proxy = Start($$"""
            {{HttpDefaults}}
            frontend fe
                bind <fe>
                http-request return status 200 content-type text/plain string hello if { path /a }
                http-request return status 200 content-type text/plain string smuggled
            """);
        Wire client = proxy.Connect("fe");
        string inner = Get("/b");
        client.Send(Request("POST", "/a", $"Content-Length: {inner.Length}") + inner);
        Assert.Equal("hello", client.ReadResponse().Text);
        Assert.DoesNotContain("smuggled", client.ReadUntilQuiet());
        Wire other = proxy.Connect("fe");
        other.Send(Request("POST", "/a", "Transfer-Encoding: chunked")
            + $"{inner.Length:x}\r\n{inner}\r\n0\r\n\r\n");
        Assert.Equal("hello", other.ReadResponse().Text);
        Assert.DoesNotContain("smuggled", other.ReadUntilQuiet());
    }

    [Fact]
    public void Redirects_may_set_and_clear_cookies()
    {
        Proxy proxy = Start($$"""
            {{HttpDefaults}}
            frontend fe
                bind <fe>
                http-request redirect location / set-cookie SEEN=1 if { path /set }
                http-request redirect location / clear-cookie USERID=
            """);
        Wire client = proxy.Connect("fe");
        client.Send(Get("/set"));
        Assert.StartsWith("SEEN=1;", client.ReadResponse()["set-cookie"]);
        client.Send(Get("/clear"));
        Assert.Matches("^USERID=; .*Max-Age=0", client.ReadResponse()["set-cookie"]);
    }

    [Fact]
    public void Rules_stop_at_the_first_final_one()
    {
        Proxy proxy = Start($$"""
            {{HttpDefaults}}
            frontend fe
                bind <fe>
                http-request deny deny_status 405 if { method TRACE }
                http-request redirect location /moved if { path /old }
                http-request return status 200 content-type text/plain string done
                http-request deny
            """);
        Wire client = proxy.Connect("fe");
        client.Send(Request("TRACE", "/old"));
        Assert.Equal(405, client.ReadResponse().Status);
        client.Send(Get("/old"));
        Assert.Equal(302, client.ReadResponse().Status);
        client.Send(Get("/new"));
        Assert.Equal("done", client.ReadResponse().Text);
    }

    [Fact]
    public void Rules_of_the_frontend_run_before_those_of_the_backend()
    {
        Origin origin = NewOrigin();
        Proxy proxy = Start(Simple(origin,
            frontend: "http-request set-header X-Order front",
            backend: "http-request add-header X-Order back"));
        Wire client = proxy.Connect("fe");
        client.Send(Get());
        Wire server = origin.Accept();
        Assert.Equal(["front", "back"], server.ReadRequest().All("x-order"));
        server.Send(Ok);
        client.ReadResponse();
    }

    [Fact]
    public void Forwardfor_adds_the_clients_address()
    {
        Origin origin = NewOrigin();
        Proxy proxy = Start($"""
            {HttpDefaults}
            frontend fe
                bind <fe>
                option forwardfor
                default_backend be
            frontend named
                bind <named>
                option forwardfor header X-Client
                default_backend be
            frontend missing
                bind <missing>
                option forwardfor if-none
                default_backend be
            frontend except
                bind <except>
                option forwardfor except 127.0.0.0/8
                default_backend be
            backend be
                server s1 {origin.Address}
            """);
        (string Listener, string Field, string[] Expected)[] cases =
        [
            ("fe", "x-forwarded-for", ["1.2.3.4", "127.0.0.1"]),
            ("named", "x-client", ["127.0.0.1"]),
            ("missing", "x-forwarded-for", ["1.2.3.4"]),
            ("except", "x-forwarded-for", ["1.2.3.4"]),
        ];
        foreach ((string listener, string field, string[] expected) in cases)
        {
            Wire client = proxy.Connect(listener);
            client.Send(Get("/", "X-Forwarded-For: 1.2.3.4", "Connection: close"));
            Wire server = origin.Accept();
            Assert.Equal(expected, server.ReadRequest().All(field));
            server.Send("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
            client.ReadResponse();
        }
    }

    [Fact]
    public void Rules_see_the_normal_form_that_is_forwarded()
    {
        // THREATS E3: what a rule matched is what the server gets, byte for byte.
        AnsweringOrigin origin = NewAnsweringOrigin();
        Proxy proxy = Start(Simple(origin, "http-request deny if { path_beg /admin }"));
        Wire client = proxy.Connect("fe");
        foreach (string target in (string[])["/%61dmin", "/x/../admin", "//admin", "/./admin"])
        {
            client.Send(Get(target));
            Assert.Equal(200, client.ReadResponse().Status);
            Assert.Equal(target, origin.Requests[^1].Request.Target);
        }
        client.Send(Get("/admin"));
        Assert.Equal(403, client.ReadResponse().Status);
        client.Send(Get("http://h/admin"));
        Assert.Equal(403, client.ReadResponse().Status);
    }

    [Theory]
    [InlineData("OPTIONS *", "<>", "<h>", "<>")]
    [InlineData("GET http://h/p?b=1?2", "</p>", "<h/p>", "</p?b=1?2>")]
    [InlineData("GET http://h?q", "<>", "<h>", "<?q>")]
    public void The_path_of_targets_that_are_not_one(string line, string path, string host, string kept)
    {
        Proxy proxy = Start($$"""
            {{HttpDefaults}}
            frontend fe
                bind <fe>
                http-request return status 200 content-type a/b lf-string "<%[path]>,<%[base]>,<%[capture.req.uri]>,%[url_param(b)]"
            """);
        HttpMessage answer = proxy.Connect("fe").Send($"{line} HTTP/1.1\r\nHost: h\r\n\r\n").ReadResponse();
        Assert.Equal($"{path},{host},{kept},{(line.Contains('=') ? "1" : "")}", answer.Text);
    }
}
