using System;
using System.Diagnostics;
using System.IO;
using System.Threading.Tasks;
using Tests.EndToEnd.Harness;
using Xunit;
using Xunit.Abstractions;

namespace Tests.EndToEnd;

/// <summary>HTTP/2 over TLS with clients that others wrote: a browser, curl, nghttp, h2load.</summary>
public sealed class ForeignClientTests(ITestOutputHelper output) : EndToEndTest(output)
{
    private const int TimeLimitMs = 60_000;

    /// <summary>Loads what the page names in parallel, some with bodies of many frames, and writes down by which protocol.</summary>
    private const string Page = """
        <!doctype html><title>t</title><body><p id=r>none</p><script>
        (async () => {
          const all = [...Array(60).keys()].map(async i => {
            const answer = await fetch("/item/" + i, i % 3 ? {} : {method: "POST", body: "x".repeat(i * 3000)});
            return await answer.text() == "/item/" + i;
          });
          const right = (await Promise.all(all)).filter(one => one).length;
          const protocols = new Set(performance.getEntriesByType("resource").map(entry => entry.nextHopProtocol));
          document.getElementById("r").textContent = right + " by " + [...protocols].join();
        })();
        </script></body>
        """;

    private static readonly TestCertificate Certificate = TestCertificate.Make(["localhost"]);

    [SkippableFact]
    public void A_browser_loads_a_page_and_what_it_names()
    {
        StartProxy();
        string answer = RunClient(
            "chromium", "--headless", "--no-sandbox", "--disable-gpu", $"--user-data-dir={Path.Combine(Bench.Directory, "browser")}",
            "--ignore-certificate-errors", "--virtual-time-budget=20000", "--dump-dom", $"https://127.0.0.1:{Bench.Ports["fe"]}/");
        Assert.True(answer.Contains("60 by h2<", StringComparison.Ordinal), answer);
    }

    [SkippableFact]
    public void Curl_sends_and_receives()
    {
        StartProxy();
        string body = Bench.WriteFile("body", new string('x', 300_000));
        string url = $"https://127.0.0.1:{Bench.Ports["fe"]}/item/[1-20]";
        string answer = RunClient("curl", "-sk", "--http2", "--data-binary", $"@{body}", "-w", " %{http_version}\\n", url);
        string[] lines = answer.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(20, lines.Length);
        for (int i = 0; i < lines.Length; i++) Assert.Equal($"/item/{i + 1} 2", lines[i]);
    }

    [SkippableFact]
    public void Nghttp_multiplexes()
    {
        StartProxy();
        string url = $"https://127.0.0.1:{Bench.Ports["fe"]}/item/";
        string answer = RunClient("nghttp", "--no-dep", "-m", "20", $"{url}a", $"{url}b");
        Assert.Equal(20, Count(answer, "/item/a"));
        Assert.Equal(20, Count(answer, "/item/b"));
    }

    [SkippableFact]
    public void H2load_gets_every_answer()
    {
        StartProxy();
        string answer = RunClient("h2load", "-c4", "-m50", "-n2000", $"https://127.0.0.1:{Bench.Ports["fe"]}/item/a");
        Assert.Contains("2000 succeeded, 0 failed, 0 errored, 0 timeout", answer, StringComparison.Ordinal);
    }

    private void StartProxy()
    {
        Bench.WriteFile("a.pem", Certificate.Pem);
        File.WriteAllText(Path.Combine(Bench.Directory, "page.html"), Page); // as it is: <p> is no port here
        Proxy proxy = Start($$"""
            global
            {{HttpDefaults}}
            frontend fe
                bind <fe> ssl crt <dir>/a.pem alpn h2,http/1.1
                http-request return status 200 content-type text/html file <dir>/page.html if { path / }
                default_backend origins
            backend origins
                http-reuse always
                server s <origin> proto h2
            frontend origin
                bind <origin> proto h2
                http-request return status 200 content-type text/plain lf-string %[path]

            """);
        proxy.SkipEndChecks = true; // its connections to itself stay open
    }

    private string RunClient(string name, params string[] arguments)
    {
        string? program = ProgramUnderTest.Find(name);
        Skip.If(program is null && !ProgramUnderTest.Required, $"{name} is not installed");
        ProcessStartInfo start = new(program ?? name, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        Task<string> answer = process.StandardOutput.ReadToEndAsync();
        if (!process.WaitForExit(TimeLimitMs)) process.Kill(entireProcessTree: true);
        Assert.True(process.HasExited && process.ExitCode == 0, $"{name}: {errors.Result}");
        return answer.Result;
    }

    private static int Count(string text, string part)
    {
        int count = 0;
        for (int at = 0; (at = text.IndexOf(part, at, StringComparison.Ordinal)) >= 0; at++) count++;
        return count;
    }
}
