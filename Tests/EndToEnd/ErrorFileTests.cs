using System;
using Tests.EndToEnd.Harness;
using Xunit;
using Xunit.Abstractions;

namespace Tests.EndToEnd;

/// <summary>Answers from files are sent as messages of this proxy, not as the bytes that the files hold.</summary>
public sealed class ErrorFileTests(ITestOutputHelper output) : EndToEndTest(output)
{
    /// <summary>Frontends that answer with the file, each by another word.</summary>
    private const string Ways = HttpDefaults + """
        frontend own
            bind <own>
            errorfile 403 <dir>/403.http
            http-request deny
        frontend return
            bind <return>
            http-request return status 403 errorfile <dir>/403.http
        frontend deny
            bind <deny>
            http-request deny deny_status 403 errorfile <dir>/403.http
        frontend made
            bind <made>
            http-error status 403 errorfile <dir>/403.http
            http-request deny

        """;

    [Theory]
    [InlineData("HTTP/1.1 403 No\r\nContent-Length: 3\r\nConnection: close\r\n\r\nabc", "close")]
    [InlineData("HTTP/1.1 403 No\r\nContent-Length: 3\r\nConnection: Close, x\r\n\r\nabc", "close")]
    [InlineData("HTTP/1.1 403 No\r\nX: y\r\n\r\nabc", "close")]
    [InlineData("HTTP/1.0 403 No\nContent-Length: 3\nConnection: close\n\nabc", null)]
    public void A_file_that_says_close_or_tells_no_length_ends_the_connection(string file, string? said)
    {
        Bench.WriteFile("403.http", file);
        Proxy proxy = Start(Ways);
        foreach (string way in (string[])["own", "return", "deny", "made"])
        {
            Wire client = proxy.Connect(way).Send(Get());
            string head = client.ReadHead();
            Assert.StartsWith("HTTP/1.", head);
            Assert.Contains(" 403 No\r\n", head);
            if (said is not null) Assert.Contains($"connection: {said}\r\n", head);
            Assert.Equal("abc", client.ReadToEnd());
            // An answer to HEAD has no body, whatever its lines end in.
            client = proxy.Connect(way).Send(Request("HEAD", "/"));
            Assert.Contains(" 403 No\r\n", client.ReadHead());
            Assert.Equal("", client.ReadToEnd());
        }
    }

    [Theory]
    [InlineData("HTTP/1.1 403 No\r\nContent-Length: 3\r\nConnection: keep-alive\r\n\r\nabc", null)]
    [InlineData("HTTP/1.1 403 No\nContent-Length: 3\n\nabc", null)]
    [InlineData("HTTP/1.0 403 No\r\nContent-Length: 3\r\n\r\nabc", "keep-alive")]
    public void A_file_that_tells_its_length_keeps_the_connection(string file, string? said)
    {
        Bench.WriteFile("403.http", file);
        Proxy proxy = Start(Ways);
        foreach (string way in (string[])["own", "return", "deny", "made"])
        {
            Wire client = proxy.Connect(way);
            for (int i = 0; i < 2; i++)
            {
                HttpMessage answer = client.Send(Get()).ReadResponse();
                Assert.Equal((403, "abc", said), (answer.Status, answer.Text, answer["connection"]));
            }
            Assert.Equal(403, client.Send(Request("HEAD", "/")).ReadResponse(toHead: true).Status);
            HttpMessage last = client.Send(Get("/", "Connection: close")).ReadResponse();
            Assert.Equal("abc", last.Text);
            client.ExpectEnd();
        }
    }

    [Fact]
    public void A_challenge_made_of_a_file_that_says_close_closes()
    {
        Bench.WriteFile("401.http", "HTTP/1.1 401 Who\r\nContent-Length: 3\r\nConnection: close\r\n\r\nabc");
        Proxy proxy = Start($"{HttpDefaults}frontend fe\nbind <fe>\nerrorfile 401 <dir>/401.http\nhttp-request auth realm r\n");
        Wire client = proxy.Connect("fe").Send(Get());
        HttpMessage answer = client.ReadResponse();
        Assert.Equal((401, "abc", "close"), (answer.Status, answer.Text, answer["connection"]));
        Assert.Contains("r", answer["www-authenticate"], StringComparison.Ordinal);
        client.ExpectEnd();
    }
}
