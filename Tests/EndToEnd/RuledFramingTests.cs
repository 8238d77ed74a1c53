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
}
