using System;
using System.IO;
using System.Linq;
using System.Runtime.CompilerServices;
using Tests.EndToEnd.Harness;
using Xunit;
using Xunit.Abstractions;

namespace Tests.EndToEnd;

/// <summary>haproxy.cfg.sample does what the README says of it, with nothing else running.</summary>
public sealed class SampleTests(ITestOutputHelper output) : EndToEndTest(output)
{
    [Fact]
    public void It_is_valid()
    {
        Assert.Equal(new ProgramResult(0, "", ""), Bench.Run("-c", "-f", SamplePath()));
    }

    [Fact]
    public void Its_main_frontend_balances_its_own_origins_and_logs_to_standard_output()
    {
        string text = File.ReadAllText(SamplePath());
        foreach ((string fixedPort, string name) in (ValueTuple<string, string>[])
            [("8080", "main"), ("8081", "one"), ("8082", "two"), ("8089", "down")])
        {
            text = text.Replace($"127.0.0.1:{fixedPort}", $"<{name}>", StringComparison.Ordinal);
        }
        Proxy proxy = Start(text);
        proxy.SkipEndChecks = true; // its pool keeps connections to its own origins for a while
        Wire client = proxy.Connect("main");
        string[] answers = [.. Enumerable.Range(0, 4).Select(_ =>
        {
            client.Send(Get());
            HttpMessage response = client.ReadResponse();
            Assert.Equal("sluice", response["server"]);
            return response.Text;
        })];
        Assert.Equal(2, answers.Count(a => a == "one says hello to GET from 127.0.0.1\n"));
        Assert.Equal(2, answers.Count(a => a == "two says hello to GET from 127.0.0.1\n"));

        Assert.Equal("200 alive", Ask(client, Get("/health")));
        Assert.Equal("301 ", Ask(client, Get("/old/page")));
        Assert.StartsWith("405 ", Ask(client, Request("POST", "/api/x", "Content-Length: 0")));
        Assert.StartsWith("200 ", Ask(client, Get("/api/x")));
        Assert.StartsWith("503 ", Ask(client, Get("/down")));
        foreach (string pattern in (string[])
        [
            @" main origins/(one|two) \d+/\d+/\d+/\d+/\d+ 200 .* ""GET / HTTP/1\.1""$",
            @" main main/<NOSRV> \d+/-1/-1/-1/\d+ 200 .* LR-- .* ""GET /health HTTP/1\.1""$",
            @" main main/<NOSRV> \d+/-1/-1/-1/\d+ 405 .* PR-- .* ""POST /api/x HTTP/1\.1""$",
            @" main down/none \d+/\d+/-1/-1/\d+ 503 .* SC-- .* ""GET /down HTTP/1\.1""$",
        ])
        {
            proxy.Output.WaitFor(pattern);
        }
    }

    private static string Ask(Wire client, string request)
    {
        client.Send(request);
        HttpMessage response = client.ReadResponse();
        return $"{response.Status} {response.Text}";
    }

    private static string SamplePath([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "haproxy.cfg.sample"));
}
