using Tests.EndToEnd.Harness;
using Xunit;
using Xunit.Abstractions;

namespace Tests.EndToEnd;

/// <summary>Fields of rules that would say something else of a body or of the connection than what is done.</summary>
public sealed class RuledFramingTests(ITestOutputHelper output) : EndToEndTest(output)
{
    [Theory]
    [InlineData("http-response add-header transfer-encoding chunked")]
    [InlineData("http-after-response add-header transfer-encoding chunked")]
    public void A_coding_that_rules_add_to_a_body_with_a_length_is_not_said(string rule)
    {
        AnsweringOrigin origin = NewAnsweringOrigin();
        Proxy proxy = Start(Simple(origin, rule));
        using Wire client = proxy.Connect("fe");
        for (int i = 0; i < 2; i++)
        {
            client.Send(Get());
            HttpMessage answer = client.ReadResponse();
            Assert.Equal("200 ok", $"{answer.Status} {answer.Text}");
            Assert.Null(answer["transfer-encoding"]);
        }
    }

    [Fact]
    public void Nor_is_one_that_they_add_to_a_request()
    {
        AnsweringOrigin origin = NewAnsweringOrigin((request, _) => $"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nX-Te: {request["transfer-encoding"] ?? "no"}\r\n\r\nx");
        Proxy proxy = Start(Simple(origin, "http-request add-header transfer-encoding chunked"));
        using Wire client = proxy.Connect("fe");
        client.Send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\nabc");
        Assert.Equal("no", client.ReadResponse()["x-te"]);
    }

    [Theory]
    [InlineData("http-response set-header connection close")]
    [InlineData("http-after-response set-header Connection \"x, Close\"")]
    public void Rules_that_say_so_end_the_connection(string rules)
    {
        AnsweringOrigin origin = NewAnsweringOrigin();
        Proxy proxy = Start(Simple(origin, rules));
        using Wire client = proxy.Connect("fe");
        client.Send(Get());
        HttpMessage answer = client.ReadResponse();
        Assert.Equal("close", answer["connection"]);
        Assert.Equal("ok", answer.Text);
        client.ExpectEnd();
    }

    [Theory]
    [InlineData(200, "http-after-response set-header connection close", "http-request return status 200 content-type text/plain string ok")]
    [InlineData(403, "http-after-response set-header connection close", "http-request deny")]
    [InlineData(302, "http-after-response add-header Connection Close", "http-request redirect location /x")]
    [InlineData(200, "http-request return status 200 content-type text/plain string ok hdr connection close")]
    [InlineData(403, "http-request deny deny_status 403 hdr Connection \"Close, close\"")]
    public void So_do_those_of_answers_of_our_own(int status, params string[] rules)
    {
        Proxy proxy = Start(Simple(NewAnsweringOrigin(), string.Join('\n', rules)));
        using Wire client = proxy.Connect("fe");
        client.Send(Get());
        HttpMessage answer = client.ReadResponse();
        Assert.Equal(status, answer.Status);
        Assert.Equal("close", answer["connection"]);
        client.ExpectEnd();
    }

    [Theory]
    [InlineData("http-after-response set-header connection keep-alive", "http-request return status 200 content-type text/plain string ok")]
    [InlineData("http-request return status 200 content-type text/plain string ok hdr connection keep-alive")]
    public void What_is_so_anyway_is_not_said(params string[] rules)
    {
        Proxy proxy = Start(Simple(NewAnsweringOrigin(), string.Join('\n', rules)));
        using Wire client = proxy.Connect("fe");
        for (int i = 0; i < 2; i++)
        {
            client.Send(Get());
            HttpMessage answer = client.ReadResponse();
            Assert.Equal("200 ok", $"{answer.Status} {answer.Text}");
            Assert.Null(answer["connection"]);
        }
    }

    [Theory]
    [InlineData("http://a:81/p?q", "set-header host x:99", "http://x:99/p?q x:99")]
    [InlineData("http://a:81", "set-header host x", "http://x/ x")]
    [InlineData("http://a:81/p?q", "replace-header host a(.*) bb\\1", "http://bb:81/p?q bb:81")]
    [InlineData("http://a:81/p?q", "replace-value host a(.*) bb\\1", "http://bb:81/p?q bb:81")]
    [InlineData("/p?q", "set-header host x", "/p?q x")]
    public void A_host_that_rules_write_is_that_of_the_target(string target, string rule, string expected)
    {
        AnsweringOrigin origin = NewAnsweringOrigin((request, _) =>
            $"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nX-Line: {request.StartLine}\r\nX-Host: {request["host"]}\r\nX-Url: {request["x-url"]}\r\n\r\nx");
        Proxy proxy = Start(Simple(origin, $"http-request {rule}\nhttp-request set-header x-url %[url]"));
        using Wire client = proxy.Connect("fe");
        client.Send($"GET {target} HTTP/1.1\r\nHost: a:81\r\n\r\n");
        HttpMessage answer = client.ReadResponse();
        Assert.Equal(expected, $"{answer["x-url"]} {answer["x-host"]}");
        Assert.Equal($"GET {answer["x-url"]} HTTP/1.1", answer["x-line"]);
    }
}
