using System.IO;
using Tests.EndToEnd.Harness;
using Xunit;
using Xunit.Abstractions;

namespace Tests.EndToEnd;

/// <summary><c>http-error</c>: answers made of the exchange that went wrong.</summary>
public sealed class HttpErrorTests(ITestOutputHelper output) : EndToEndTest(output)
{
    private Proxy StartErrors()
    {
        File.WriteAllText(Path.Combine(Bench.Directory, "e502"), "HTTP/1.0 502 Bad\r\nx-file: 502\r\n\r\nfive");
        return Start($$"""
            http-errors sec
                errorfile 502 <dir>/e502
            {{HttpDefaults}}
                http-error status 410 content-type text/plain string gone
            frontend fe
                bind <fe>
                http-error status 503 content-type text/plain lf-string "sorry %[src] %[path]" hdr x-host %[req.hdr(host)] hdr x-none %[req.hdr(no)]
                http-error status 403 hdr x-only y
                http-error status 502 errorfiles sec
                http-error status 405 default-errorfiles
                http-request deny deny_status 403 if { path /403 }
                http-request deny deny_status 405 if { path /405 }
                http-request deny deny_status 410 if { path /410 }
                http-request deny deny_status 502 if { path /502 }
                http-after-response set-header x-after %[status]
                use_backend own if { path /own }
                default_backend be
            backend be
                server s 127.0.0.1:1 disabled
            backend own
                http-error status 503 content-type text/plain string "the backend's"
                server s 127.0.0.1:1 disabled
            """);
    }

    [Fact]
    public void A_section_of_answers_may_stand_behind_the_rule_that_names_it()
    {
        File.WriteAllText(Path.Combine(Bench.Directory, "e403"), "HTTP/1.0 403 No\r\nx-file: 403\r\n\r\nfour");
        Proxy proxy = Start($"""
            {HttpDefaults}
            frontend fe
                bind <fe>
                errorfiles sec
                http-request deny deny_status 403 errorfiles sec
            http-errors sec
                errorfile 403 <dir>/e403
            """);
        HttpMessage answer = proxy.Connect("fe").Send(Get()).ReadResponse();
        Assert.Equal((403, "403", "four"), (answer.Status, answer["x-file"], answer.Text));
    }

    [Theory]
    [InlineData("/x", 503, "sorry 127.0.0.1 /x")]
    [InlineData("/own", 503, "the backend's")]
    [InlineData("/403", 403, "")]
    [InlineData("/410", 410, "gone")]
    public void The_answer_is_what_the_line_says(string path, int status, string text)
    {
        Proxy proxy = StartErrors();
        using Wire client = proxy.Connect("fe");
        for (int i = 0; i < 2; i++)
        {
            client.Send(Request("GET", path, "Host: h"));
            HttpMessage answer = client.ReadResponse();
            Assert.Equal(status, answer.Status);
            Assert.Equal(text, answer.Text);
            Assert.Equal($"{status}", answer["x-after"]);
            Assert.Equal(status == 403 ? "y" : null, answer["x-only"]);
            Assert.Null(answer["x-none"]);
        }
        client.Send(Request("HEAD", path, "Host: h"));
        HttpMessage head = client.ReadResponse(toHead: true);
        Assert.Equal($"{text.Length}", head["content-length"]);
    }

    [Fact]
    public void A_message_of_a_section_is_sent_as_it_is()
    {
        Proxy proxy = StartErrors();
        using Wire client = proxy.Connect("fe");
        client.Send(Request("GET", "/502"));
        string raw = client.ReadHead() + client.ReadText(4);
        Assert.StartsWith("HTTP/1.0 502 Bad\r\nx-file: 502\r\n", raw);
        Assert.EndsWith("\r\n\r\nfive", raw);
        client.ExpectEnd();
    }

    [Fact]
    public void The_default_stays_where_the_line_asks_for_it()
    {
        Proxy proxy = StartErrors();
        using Wire client = proxy.Connect("fe");
        client.Send(Request("GET", "/405"));
        HttpMessage answer = client.ReadResponse();
        Assert.Equal(405, answer.Status);
        Assert.Contains("405 Method Not Allowed", answer.Text);
    }
}
