using System;
using Tests.EndToEnd.Harness;
using Xunit;
using Xunit.Abstractions;

namespace Tests.EndToEnd;

/// <summary>What servers and clients see of messages that rules rewrote.</summary>
public sealed class RewriteTests(ITestOutputHelper output) : EndToEndTest(output)
{
    [Theory]
    [InlineData("set-path /p", "/a/b?c=d", "GET /p?c=d HTTP/1.1")]
    [InlineData("set-pathq /p?q", "/a/b?c=d", "GET /p?q HTTP/1.1")]
    [InlineData("set-query x=y", "/a/b", "GET /a/b?x=y HTTP/1.1")]
    [InlineData("set-uri http://h/p", "/a/b?c=d", "GET http://h/p HTTP/1.1")]
    [InlineData("set-path /p", "http://h/a?b", "GET http://h/p?b HTTP/1.1")]
    [InlineData("set-method PURGE", "/a", "PURGE /a HTTP/1.1")]
    [InlineData("replace-path ^/a/(.*) /x/\\\\1", "/a/b?c", "GET /x/b?c HTTP/1.1")]
    [InlineData("replace-uri ^/a(.*) /z\\\\1", "/a/b?c", "GET /z/b?c HTTP/1.1")]
    public void The_server_gets_the_rewritten_line(string rule, string target, string expected)
    {
        Origin origin = NewOrigin();
        Proxy proxy = Start(Simple(origin, $"http-request {rule}"));
        Wire client = proxy.Connect("fe");
        client.Send(target.StartsWith('/') ? Get(target) : $"GET {target} HTTP/1.1\r\nHost: h\r\n\r\n");
        Wire server = origin.Accept();
        Assert.Equal(expected, server.ReadRequest().StartLine);
        server.Send(Ok);
        Assert.Equal("ok", client.ReadResponse().Text);
    }

    [Theory]
    [InlineData("set-path %[url_param(p),url_dec]")]
    [InlineData("set-uri /x%[url_param(p),url_dec]")]
    [InlineData("set-method %[url_param(p),url_dec]")]
    public void Nothing_can_be_smuggled_through_a_rewrite(string rule)
    {
        Proxy proxy = Start($$"""
            {{HttpDefaults}}
            frontend fe
                bind <fe>
                http-request {{rule}}
                http-request return status 200
            """);
        Wire client = proxy.Connect("fe");
        client.Send(Get("/?p=a%20HTTP/1.1%0d%0aX-Evil:%201", "X-Here: 1"));
        Assert.Equal(500, client.ReadResponse().Status);
    }

    [Fact]
    public void With_strict_mode_off_such_a_rewrite_is_left_out()
    {
        Proxy proxy = Start($$"""
            {{HttpDefaults}}
            frontend fe
                bind <fe>
                http-request strict-mode off
                http-request set-path %[url_param(p),url_dec]
                http-request return status 200 hdr Path %[path]
            """);
        Wire client = proxy.Connect("fe");
        client.Send(Get("/here?p=a%20b"));
        Assert.Equal("/here", client.ReadResponse()["path"]);
    }

    [Fact]
    public void Rules_behind_the_response_see_every_answer()
    {
        Origin origin = NewOrigin();
        Proxy proxy = Start($$"""
            {{HttpDefaults}}
            frontend fe
                bind <fe>
                http-request deny if { path /deny }
                http-request return status 200 content-type text/plain string hello hdr X-Own 1 if { path /return }
                http-request redirect location /else if { path /redirect }
                http-after-response set-header X-After %[status]
                http-after-response set-status 418 reason Teapot if { status 403 }
                http-after-response del-header X-Own
                use_backend none if { path /none }
                default_backend be
            backend none
            backend be
                http-response set-status 202
                http-after-response set-header X-Backend be
                server s {{origin.Address}}
            """);
        Wire client = proxy.Connect("fe");
        foreach ((string path, string after, int status) in new[]
        {
            ("/deny", "403", 418), ("/return", "200", 200), ("/redirect", "302", 302), ("/none", "503", 503),
        })
        {
            client.Send(Get(path));
            HttpMessage answer = client.ReadResponse();
            Assert.Equal(after, answer["x-after"]);
            Assert.Equal(status, answer.Status);
            Assert.Null(answer["x-own"]);
        }
        client.Send(Get("/served"));
        Wire server = origin.Accept();
        server.ReadRequest();
        server.Send(Ok);
        HttpMessage served = client.ReadResponse();
        Assert.Equal((202, "202", "be"), (served.Status, served["x-after"], served["x-backend"]));
    }

    [Fact]
    public void Variables_live_as_long_as_their_scope()
    {
        Origin origin = NewOrigin();
        Proxy proxy = Start($$"""
            global
                set-var proc.start str(now)
            {{HttpDefaults}}
            frontend fe
                bind <fe>
                http-request set-var(sess.count) int(0) unless { var(sess.count) -m found }
                http-request set-var(sess.count) var(sess.count),add(1)
                http-request set-var(proc.all,ifnotset) int(0)
                http-request set-var(proc.all) var(proc.all),add(1)
                http-request set-header X-Old "%[var(txn.a)]%[var(req.a)]%[var(res.a)]"
                http-request set-var(txn.a) path
                http-request set-var(req.a) path
                http-request set-header X-Count "%[var(sess.count)] %[var(proc.all)] %[var(proc.start)]"
                http-response set-header X-Seen "[%[var(txn.a)]][%[var(req.a)]]"
                http-response set-var(res.a) status
                http-after-response set-header X-Status %[var(res.a)]
                default_backend be
            backend be
                server s {{origin.Address}}
            """);
        Wire first = proxy.Connect("fe");
        Assert.Equal("1 1 now", Exchange(first));
        Assert.Equal("2 2 now", Exchange(first));
        Wire second = proxy.Connect("fe");
        Assert.Equal("1 3 now", Exchange(second));

        string? Exchange(Wire client)
        {
            client.Send(Get("/x"));
            Wire server = origin.Accept();
            HttpMessage request = server.ReadRequest();
            Assert.Equal("", request["x-old"]);
            server.Send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok");
            HttpMessage answer = client.ReadResponse();
            Assert.Equal("[/x][]", answer["x-seen"]);
            Assert.Equal("200", answer["x-status"]);
            return request["x-count"];
        }
    }
}
