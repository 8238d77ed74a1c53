using Tests.EndToEnd.Harness;
using Xunit;
using Xunit.Abstractions;

namespace Tests.EndToEnd;

/// <summary>Answers before the answer: 1xx and Expect (RFC 9110 sections 10.1.1 and 15.2).</summary>
public sealed class InterimAnswerTests(ITestOutputHelper output) : EndToEndTest(output)
{
    [Fact]
    public void Continue_comes_from_the_server_before_the_body_is_sent()
    {
        Origin origin = NewOrigin();
        Proxy proxy = Start(Simple(origin));
        Wire client = proxy.Connect("fe");
        client.Send(Request("POST", "/", "Content-Length: 4", "Expect: 100-continue"));
        Wire server = origin.Accept();
        Assert.Contains("expect: 100-continue\r\n", server.ReadHead());
        client.ExpectSilence(60);
        server.Send("HTTP/1.1 100 Continue\r\n\r\n");
        Assert.Equal(100, client.ReadResponse().Status);
        client.Send("body");
        Assert.Equal("body", server.ReadText(4));
        server.Send(Ok);
        Assert.Equal(200, client.ReadResponse().Status);
        client.Send(Get("/next"));
        Assert.Equal("/next", server.ReadRequest().Target);
        server.Send(Ok);
        client.ReadResponse();
    }

    [Fact]
    public void A_body_sent_without_waiting_is_passed_on()
    {
        Origin origin = NewOrigin();
        Proxy proxy = Start(Simple(origin));
        Wire client = proxy.Connect("fe");
        client.Send(Request("POST", "/", "Transfer-Encoding: chunked", "Expect: 100-continue")
            + "4\r\nbody\r\n0\r\n\r\n");
        Wire server = origin.Accept();
        Assert.Equal("body", server.ReadRequest().Text);
        server.Send("HTTP/1.1 100 Continue\r\n\r\n" + Ok);
        Assert.Equal(100, client.ReadResponse().Status);
        Assert.Equal(200, client.ReadResponse().Status);
    }

    [Fact]
    public void A_final_answer_instead_of_continue_leaves_no_request_behind()
    {
        // THREATS A4 and A28: whether the client sends its body now or not, neither side may take it for a
        // request.
        Origin origin = NewOrigin();
        Proxy proxy = Start(Simple(origin));
        Wire client = proxy.Connect("fe");
        string smuggled = Get("/smuggled");
        client.Send(Request("POST", "/", $"Content-Length: {smuggled.Length}", "Expect: 100-continue"));
        Wire server = origin.Accept();
        server.ReadHead();
        server.Send("HTTP/1.1 417 Expectation Failed\r\nContent-Length: 2\r\n\r\nno");
        Assert.Equal(417, client.ReadResponse().Status);
        try
        {
            client.Send(smuggled);
        }
        catch (System.Net.Sockets.SocketException)
        {
            // Closed at once is as good.
        }
        string seen = server.ReadUntilQuiet();
        Assert.True(seen.Length == 0 || seen == smuggled, seen);
        Assert.DoesNotContain("HTTP/1.1 200", client.ReadUntilQuiet());
    }

    [Fact]
    public void Several_interim_answers_pass_in_order()
    {
        Origin origin = NewOrigin();
        Proxy proxy = Start(Simple(origin));
        Wire client = proxy.Connect("fe");
        client.Send(Get());
        Wire server = origin.Accept();
        server.ReadRequest();
        server.Send("HTTP/1.1 102 Processing\r\n\r\n");
        server.Send(
            "HTTP/1.1 103 Early Hints\r\nLink: </a.css>; rel=preload\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </b.css>\r\n\r\n");
        server.Send(Ok);
        Assert.Equal(102, client.ReadResponse().Status);
        Assert.Equal("</a.css>; rel=preload", client.ReadResponse()["link"]);
        Assert.Equal("</b.css>", client.ReadResponse()["link"]);
        Assert.Equal("ok", client.ReadResponse().Text);
    }

    [Fact]
    public void A_thousand_interim_answers_cost_neither_memory_nor_the_answer()
    {
        Origin origin = NewOrigin();
        Proxy proxy = Start(Simple(origin));
        Wire client = proxy.Connect("fe");
        client.Send(Get());
        Wire server = origin.Accept();
        server.ReadRequest();
        SideThread<bool> sender = Aside(() =>
        {
            for (int i = 0; i < 1000; i++)
                server.Send("HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n");
            server.Send(Ok);
        });
        for (int i = 0; i < 1000; i++)
            Assert.Equal(103, client.ReadResponse().Status);
        Assert.Equal("ok", client.ReadResponse().Text);
        sender.Join();
    }

    [SkippableFact]
    public void A_version_10_client_gets_no_interim_answer()
    {
        ReferenceDiffers("passes interim answers to old clients, against RFC 9110 section 15.2");
        Origin origin = NewOrigin();
        Proxy proxy = Start(Simple(origin));
        Wire client = proxy.Connect("fe");
        client.Send("GET / HTTP/1.0\r\n\r\n");
        Wire server = origin.Accept();
        server.ReadRequest();
        server.Send("HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n" + Ok);
        Assert.Equal(200, client.ReadResponse().Status);
    }

    [Fact]
    public void A_server_that_ends_after_an_interim_answer_is_a_bad_gateway()
    {
        Origin origin = NewOrigin();
        Proxy proxy = Start(Simple(origin));
        Wire client = proxy.Connect("fe");
        client.Send(Get());
        Wire server = origin.Accept();
        server.ReadRequest();
        server.Send("HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n");
        Assert.Equal(103, client.ReadResponse().Status);
        server.Close();
        Assert.Equal(502, client.ReadResponse().Status);
    }

    [Theory]
    [InlineData("1.0")]
    [InlineData("1.1")]
    public void A_server_that_is_silent_behind_an_interim_answer_is_given_up_in_its_time(string version)
    {
        Origin origin = NewOrigin();
        Proxy proxy = Start(Simple(origin, backend: "timeout server 200ms"));
        Wire client = proxy.Connect("fe");
        client.Send($"GET / HTTP/{version}\r\nHost: h\r\n\r\n");
        Wire server = origin.Accept();
        server.ReadRequest();
        server.Send("HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n");
        HttpMessage answer = client.ReadResponse();
        Assert.Equal(504, answer.Status == 103 ? client.ReadResponse().Status : answer.Status);
    }

    [Theory]
    [InlineData("", 200)]
    [InlineData("http-request deny", 403)]
    public void Rules_give_hints_before_the_answer(string rule, int status)
    {
        Origin origin = NewOrigin();
        Proxy proxy = Start(Simple(origin, $$"""
            http-request early-hint Link "</a.css>; rel=preload"
            http-request early-hint X-From %[src] if { path /two }
            {{rule}}
            """));
        Wire client = proxy.Connect("fe");
        client.Send(Get("/two"));
        HttpMessage first = client.ReadResponse();
        Assert.Equal("HTTP/1.1 103 Early Hints", first.StartLine);
        Assert.Equal("</a.css>; rel=preload", first["link"]);
        HttpMessage second = client.ReadResponse();
        Assert.Equal(103, second.Status);
        Assert.Equal("127.0.0.1", second["x-from"]);
        if (status == 200)
        {
            Wire server = origin.Accept();
            server.ReadRequest();
            server.Send(Ok);
        }
        Assert.Equal(status, client.ReadResponse().Status);
    }

    [Fact]
    public void Clients_of_http_1_0_get_no_hints_and_line_ends_in_values_are_coded()
    {
        AnsweringOrigin origin = NewAnsweringOrigin();
        Proxy proxy = Start(Simple(origin, """
            http-request early-hint a b
            http-request early-hint c %[url_param(v),url_dec] if { query -m found }
            """));
        Assert.Equal(200, proxy.Connect("fe").Send("GET / HTTP/1.0\r\n\r\n").ReadResponse().Status);
        Wire client = proxy.Connect("fe").Send(Get("/?v=a%0d%0ab"));
        Assert.Equal("b", client.ReadResponse()["a"]);
        Assert.Equal("a%0D%0Ab", client.ReadResponse()["c"]);
        Assert.Equal(200, client.ReadResponse().Status);
    }
}
