using Tests.EndToEnd.Harness;
using Xunit;
using Xunit.Abstractions;

namespace Tests.EndToEnd;

/// <summary><c>option http-use-proxy-header</c>: names and passwords for a proxy.</summary>
public sealed class ProxyUserTests(ITestOutputHelper output) : EndToEndTest(output)
{
    private const string Theirs = "Authorization: Basic YTpi\r\n";
    private const string Proxys = "Proxy-Authorization: Basic Yzpk\r\n";

    [Theory]
    [InlineData("/", "a|b", "401", "www-authenticate")]
    [InlineData("http://h/", "c|d", "407", "proxy-authenticate")]
    [InlineData("http://h", "c|d", "407", "proxy-authenticate")]
    public void The_target_tells_whose_fields_they_are(string target, string user, string status, string field)
    {
        Proxy proxy = Start($$"""
            {{HttpDefaults}}
            frontend fe
                bind <fe>
                option http-use-proxy-header
                http-request auth realm R if { method PUT }
                http-request return status 200 content-type text/plain lf-string "%[http_auth_user]|%[http_auth_pass]"
            """);
        using Wire client = proxy.Connect("fe");
        client.Send($"GET {target} HTTP/1.1\r\nHost: h\r\n{Theirs}{Proxys}\r\n");
        Assert.Equal(user, client.ReadResponse().Text);
        client.Send($"PUT {target} HTTP/1.1\r\nHost: h\r\nContent-Length: 0\r\n\r\n");
        HttpMessage asked = client.ReadResponse();
        Assert.Equal(status, $"{asked.Status}");
        Assert.Equal("Basic realm=\"R\"", asked[field]);
    }
}
