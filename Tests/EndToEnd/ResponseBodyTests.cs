using Tests.EndToEnd.Harness;
using Xunit;
using Xunit.Abstractions;

namespace Tests.EndToEnd;

/// <summary>Responses that rules hold back: for their body, or for a time.</summary>
public sealed class ResponseBodyTests(ITestOutputHelper output) : EndToEndTest(output)
{
    private const string Show = "http-response set-header x-body \"%[res.body]|%[res.body_len]|%[res.body_size]\"";

    private const string Logged = """
        global
        log stdout format raw local0

        """;

    [Theory]
    [InlineData("Content-Length: 10\r\n\r\nabc", "defghij", false)]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n", "7\r\ndefghij\r\n0\r\n\r\n", false)]
    [InlineData("Connection: close\r\n\r\nabc", "defghij", true)]
    public void The_body_is_there_when_the_rules_look(string first, string second, bool closes)
    {
        Origin origin = NewOrigin();
        Proxy proxy = Start(Simple(origin, Show, $"http-response set-header x-a %[res.hdr(x-0)]{new string('a', 200)}\n"
            + $"http-response wait-for-body time 4s\nhttp-response set-header x-b {new string('b', 200)}%[status]"));
        Wire client = proxy.Connect("fe").Send(Get());
        Wire server = origin.Accept();
        server.ReadHead();
        server.Send("HTTP/1.1 200 OK\r\nX-0: zero\r\n" + first);
        client.ExpectSilence(80);
        server.SendSlowly(second);
        if (closes) server.Close();
        HttpMessage answer = client.ReadResponse();
        Assert.Equal("abcdefghij|10|10", answer["x-body"]);
        Assert.Equal("abcdefghij", answer.Text);
        Assert.Equal("zero" + new string('a', 200), answer["x-a"]); // made before the wait, and still whole
        Assert.Equal(new string('b', 200) + "200", answer["x-b"]);
    }

    [Fact]
    public void A_body_over_http2_is_waited_for()
    {
        Origin origin = NewOrigin();
        Proxy proxy = Start($"""
            {HttpDefaults}
            frontend fe
                bind <fe>
                default_backend be
            backend be
                http-response wait-for-body time 4s
                {Show}
                server s1 <mid> proto h2
            frontend middle
                bind <mid> proto h2
                default_backend last
            backend last
                server s1 {origin.Address}

            """);
        Wire client = proxy.Connect("fe").Send(Get());
        Wire server = origin.Accept();
        server.ReadHead();
        server.Send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc");
        client.ExpectSilence(80);
        server.Send("defghij");
        HttpMessage answer = client.ReadResponse();
        Assert.Equal("abcdefghij|10|10", answer["x-body"]);
        Assert.Equal("abcdefghij", answer.Text);
    }

    [Fact]
    public void Rules_refuse_by_the_body()
    {
        AnsweringOrigin origin = NewAnsweringOrigin((_, _) => AnsweringOrigin.Ok("a secret"));
        Proxy proxy = Start(Simple(
            origin, "", "http-response wait-for-body time 4s\nhttp-response deny if { res.body -m sub secret }"));
        Assert.Equal(502, proxy.Connect("fe").Send(Get()).ReadResponse().Status);
    }

    [Fact]
    public void So_much_of_the_body_can_be_enough()
    {
        Origin origin = NewOrigin();
        Proxy proxy = Start(Simple(origin, "", $"http-response wait-for-body time 4s at-least 3\n{Show}"));
        Wire client = proxy.Connect("fe").Send(Get());
        Wire server = origin.Accept();
        server.ReadHead();
        server.Send("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nab");
        client.ExpectSilence(80);
        server.Send("c");
        Assert.Contains("x-body: abc|3|5\r\n", client.ReadHead());
        server.Send("de");
        Assert.Equal("abcde", client.ReadText(5));
    }

    [Fact]
    public void A_body_larger_than_a_buffer_is_not_waited_for()
    {
        string body = new('x', 100_000);
        AnsweringOrigin origin = NewAnsweringOrigin((_, _) => AnsweringOrigin.Ok(body));
        Proxy proxy = Start(Simple(
            origin, "", "http-response wait-for-body time 4s\nhttp-response set-header x-size %[res.body_size]"));
        Wire client = proxy.Connect("fe");
        for (int i = 0; i < 2; i++)
        {
            HttpMessage answer = client.Send(Get()).ReadResponse();
            Assert.Equal("100000", answer["x-size"]);
            Assert.Equal(body, answer.Text);
        }
    }

    [Fact]
    public void A_body_that_does_not_come_in_time_is_answered_504()
    {
        Origin origin = NewOrigin();
        Proxy proxy = Start(Logged + Simple(origin, "log global\noption httplog", "http-response wait-for-body time 150ms"));
        Wire client = proxy.Connect("fe").Send(Get());
        Wire server = origin.Accept();
        server.ReadHead();
        server.Send("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nab");
        Assert.Equal(504, client.ReadResponse().Status);
        Assert.Contains("sH--", proxy.Output.WaitFor("GET /"));
        server.ExpectGone();
    }

    [Fact]
    public void A_body_that_breaks_off_is_passed_on_as_far_as_it_came()
    {
        Origin origin = NewOrigin();
        Proxy proxy = Start(Logged + Simple(origin, "log global\noption httplog", $"http-response wait-for-body time 4s\n{Show}"));
        Wire client = proxy.Connect("fe").Send(Get());
        Wire server = origin.Accept();
        server.ReadHead();
        server.Send("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nab").Close();
        Assert.Contains("x-body: ab|2|5\r\n", client.ReadHead());
        Assert.StartsWith("ab", client.ReadToEndOrReset());
        Assert.Contains("SD--", proxy.Output.WaitFor("GET /"));
    }

    [Fact]
    public void A_response_is_held_for_a_time_and_owes_nothing_meanwhile()
    {
        AnsweringOrigin origin = NewAnsweringOrigin();
        Proxy proxy = Start(Simple(origin, "http-response pause 100ms\nhttp-response set-header x-b b",
            "timeout server 150ms\nhttp-response set-header x-a \"%[res.hdr(content-length)]\"\nhttp-response pause 300ms"));
        Wire client = proxy.Connect("fe").Send(Get());
        client.ExpectSilence(200);
        HttpMessage answer = client.ReadResponse();
        Assert.Equal("ok", answer.Text);
        Assert.Equal("2", answer["x-a"]);
        Assert.Equal("b", answer["x-b"]);
        Assert.Equal("ok", client.Send(Get()).ReadResponse().Text);
        Assert.Equal(1, origin.ConnectionCount);
    }

    [Fact]
    public void A_client_that_leaves_while_its_answer_is_held_leaves_nothing_behind()
    {
        AnsweringOrigin origin = NewAnsweringOrigin();
        Proxy proxy = Start(Logged + Simple(origin, "log global\noption httplog", "http-response pause 4s if { res.hdr(x) -m found }\n"
            + "http-response pause 4s"));
        Wire client = proxy.Connect("fe").Send(Get()).HalfClose();
        Assert.Equal(400, client.ReadResponse().Status);
        client.ExpectEnd();
        Assert.Contains("CH--", proxy.Output.WaitFor("GET /"));
    }
}
