using System;
using System.Text;
using Tests.EndToEnd.Harness;
using Xunit;

namespace Tests.EndToEnd;

/// <summary>The final actions whose answer is made by the proxy, a frontend for each, all in one proxy.</summary>
[Trait("Category", "EndToEnd")]
public sealed class RedirectTests(RedirectTests.Run run) : IClassFixture<RedirectTests.Run>
{
    private static readonly (string Rule, string Target, int Status, string Location)[] redirects =
    [
        ("location http://new.example/", "/x", 302, "http://new.example/"),
        ("location /new code 301", "/x", 301, "/new"),
        ("prefix https://other.example", "/x?y=1", 302, "https://other.example/x?y=1"),
        ("prefix https://other.example drop-query code 308", "/x?y=1", 308, "https://other.example/x"),
        ("prefix / append-slash code 303", "/x", 303, "/x/"),
        ("scheme https", "/x?y=1", 302, "https://h/x?y=1"),
        ("scheme https code 307", "/", 307, "https://h/"),
    ];

    private static readonly (int Status, string Reason)[] denials =
    [
        (403, "Forbidden"), (404, "Not Found"), (405, "Method Not Allowed"), (413, "Payload Too Large"),
        (429, "Too Many Requests"), (431, "Request Header Fields Too Large"), (500, "Internal Server Error"),
        (501, "Not Implemented"), (502, "Bad Gateway"), (503, "Service Unavailable"), (504, "Gateway Time-out"),
    ];

    /// <summary>The proxy that holds a frontend for each case.</summary>
    public sealed class Run : IDisposable
    {
        private readonly Bench bench = new();

        public Run()
        {
            StringBuilder configuration = new("""
                global
                    nbthread 1
                    log stdout format raw local0
                defaults
                    mode http
                    log global
                    option httplog
                    timeout connect 2s
                    timeout client 8s
                    timeout server 8s

                """);
            for (int i = 0; i < redirects.Length; i++)
                configuration.Append($"frontend r{i}\nbind <r{i}>\nhttp-request redirect {redirects[i].Rule}\n");
            foreach ((int status, string _) in denials)
                configuration.Append($"frontend d{status}\nbind <d{status}>\nhttp-request deny deny_status {status}\n");
            Proxy = bench.Start(configuration.ToString());
        }

        public Proxy Proxy { get; }

        public void Dispose() => bench.Dispose();
    }

    public static TheoryData<string> Redirects
    {
        get
        {
            TheoryData<string> data = [];
            foreach ((string rule, string _, int _, string _) in redirects)
                data.Add(rule);
            return data;
        }
    }

    public static TheoryData<int> Denials
    {
        get
        {
            TheoryData<int> data = [];
            foreach ((int status, string _) in denials)
                data.Add(status);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Redirects))]
    public void A_redirect_says_where_to(string rule)
    {
        int number = Array.FindIndex(redirects, r => r.Rule == rule);
        using Wire client = run.Proxy.Connect($"r{number}");
        client.Send($"GET {redirects[number].Target} HTTP/1.1\r\nHost: h\r\n\r\n");
        HttpMessage response = client.ReadResponse();
        Assert.Equal(redirects[number].Status, response.Status);
        Assert.Equal(redirects[number].Location, response["location"]);
        Assert.Empty(response.Body);
    }

    [Theory]
    [MemberData(nameof(Denials))]
    public void A_denied_request_gets_the_standard_answer_of_its_status(int status)
    {
        string reason = Array.Find(denials, d => d.Status == status).Reason;
        using Wire client = run.Proxy.Connect($"d{status}");
        client.Send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
        StandardAnswer.Expect(client.ReadResponse(), status, reason, closes: false);
        run.Proxy.Output.WaitFor(
            $@" d{status} d{status}/<NOSRV> 0/-1/-1/-1/\d+ {status} \d+ - - PR-- \d/1/0/0/0 0/0 ""GET / HTTP/1\.1""$");
    }
}
