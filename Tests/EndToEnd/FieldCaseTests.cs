using System.IO;
using Tests.EndToEnd.Harness;
using Xunit;
using Xunit.Abstractions;

namespace Tests.EndToEnd;

/// <summary>Names of fields whose case matters to a peer (<c>h1-case-adjust</c>), and trailers that are left out.</summary>
public sealed class FieldCaseTests(ITestOutputHelper output) : EndToEndTest(output)
{
    private const string Names = "h1-case-adjust host Host\nh1-case-adjust x-case X-CASE\nh1-case-adjust content-length Content-LENGTH";
    private const string Chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nx-Case: 1\r\n\r\n3\r\nabc\r\n0\r\nX-T: 1\r\nx-u: 2\r\n\r\n";

    [Theory]
    [InlineData("", "", "\r\nhost: h\r\nx-case: 2", "\r\nx-case: 1")]
    [InlineData("option h1-case-adjust-bogus-client", "", "\r\nhost: h\r\nx-case: 2", "\r\nX-CASE: 1")]
    [InlineData("", "option h1-case-adjust-bogus-server", "\r\nHost: h\r\nX-CASE: 2", "\r\nx-case: 1")]
    public void Heads_towards_a_peer_with_the_option_are_changed(string front, string back, string request, string response)
    {
        Origin origin = NewOrigin();
        Proxy proxy = Start($"global\n{Names}\n{Simple(origin, front, back)}");
        Wire client = proxy.Connect("fe");
        client.Send(Get("/", "x-CaSe: 2"));
        Wire server = origin.Accept();
        Assert.Contains(request, server.ReadRequest().Head);
        server.Send(Chunked);
        Assert.Contains(response, client.ReadResponse().Head);
    }

    [Theory]
    [InlineData("http-request deny", 403)]
    [InlineData("http-request return status 200 content-type a/b string hi", 200)]
    [InlineData("http-request redirect location /a", 302)]
    public void Our_own_answers_are_changed_too(string rule, int status)
    {
        Proxy proxy = Start($"""
            global
                {Names.Replace("\n", "\n    ")}
            {HttpDefaults}
            frontend fe
                bind <fe>
                option h1-case-adjust-bogus-client
                {rule}
            """);
        HttpMessage answer = proxy.Connect("fe").Send(Get()).ReadResponse();
        Assert.Equal(status, answer.Status);
        Assert.Contains("\r\nContent-LENGTH: ", answer.Head);
    }

    [Fact]
    public void Names_come_from_a_file()
    {
        string path = Path.Combine(Bench.Directory, "names");
        File.WriteAllText(path, "# names\n\n  x-case\t X-cASE \r\n");
        Origin origin = NewOrigin();
        Proxy proxy = Start($"global\nh1-case-adjust-file {path}\n{Simple(origin, backend: "option h1-case-adjust-bogus-server")}");
        Wire client = proxy.Connect("fe");
        client.Send(Get("/", "X-Case: 2"));
        Wire server = origin.Accept();
        Assert.Contains("\r\nX-cASE: 2", server.ReadRequest().Head);
        server.Send(Ok);
        client.ReadResponse();
    }

    [Theory]
    [InlineData("", "", 2, 2)]
    [InlineData("option http-drop-response-trailers", "", 2, 0)]
    [InlineData("", "option http-drop-request-trailers", 0, 2)]
    public void Trailers_are_left_out_where_an_option_says_so(string front, string back, int request, int response)
    {
        Origin origin = NewOrigin();
        Proxy proxy = Start(Simple(origin, front, back));
        Wire client = proxy.Connect("fe");
        client.SendSlowly(Request("POST", "/", "Transfer-Encoding: chunked") + "3\r\nabc\r\n0\r\nA: b\r\nC: d\r\n\r\n");
        Wire server = origin.Accept();
        HttpMessage seen = server.ReadRequest();
        Assert.Equal("abc", seen.Text);
        Assert.Equal(request, seen.Trailers.Count);
        server.SendSlowly(Chunked);
        HttpMessage answer = client.ReadResponse();
        Assert.Equal("abc", answer.Text);
        Assert.Equal(response, answer.Trailers.Count);
    }
}
