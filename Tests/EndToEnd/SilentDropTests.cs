using System;
using Tests.EndToEnd.Harness;
using Xunit;
using Xunit.Abstractions;

namespace Tests.EndToEnd;

/// <summary><c>silent-drop</c>, <c>pause</c> and <c>option checkcache</c>.</summary>
public sealed class SilentDropTests(ITestOutputHelper output) : EndToEndTest(output)
{
    [Theory]
    [InlineData("http-request silent-drop")]
    [InlineData("http-request silent-drop rst-ttl 3 if TRUE")]
    [InlineData("tcp-request content silent-drop")]
    public void A_dropped_client_gets_no_answer_and_the_next_one_is_served(string rule)
    {
        Proxy proxy = Start($"""
            {HttpDefaults}
                log stdout format raw local0
                option httplog
            frontend fe
                bind <fe>
                {rule}
            frontend other
                bind <other>
                http-request return status 200 content-type text/plain string ok
            """);
        Wire client = proxy.Connect("fe");
        client.Send(Get());
        proxy.Output.WaitFor(" PR-- ");
        Wire next = proxy.Connect("other");
        next.Send(Get());
        Assert.Equal("ok", next.ReadResponse().Text);
        Assert.Equal("", client.Captured);
    }

    [Theory]
    [InlineData("http-request silent-drop rst-ttl", "missing rst-ttl value")]
    [InlineData("http-request silent-drop rst-ttl x", "invalid character starting at 'x' (value 1-255 expected)")]
    [InlineData("tcp-request connection silent-drop rst-ttl 256", "valid rst-ttl values are [1-255]")]
    [InlineData("http-request pause x", "unexpected character 'x' in rule 'pause'")]
    public void Wrong_arguments_are_refused(string rule, string reason)
    {
        string path = Bench.WriteFile("wrong.cfg", $"""
            {HttpDefaults}
            frontend fe
                bind <fe>
                {rule}

            """);
        ProgramResult result = Bench.Run("-c", "-f", path);
        Assert.Equal(1, result.ExitCode);
        Assert.Contains(reason, result.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("pause 60", 60)]
    [InlineData("pause int(80)", 80)]
    public void A_request_pauses(string action, int leastMs)
    {
        Proxy proxy = Start($"""
            {HttpDefaults}
            frontend fe
                bind <fe>
                http-request {action}
                http-request return status 200 content-type text/plain string ok
            """);
        Wire client = proxy.Connect("fe");
        long before = Environment.TickCount64;
        client.Send(Get());
        Assert.Equal("ok", client.ReadResponse().Text);
        Assert.True(Environment.TickCount64 - before >= leastMs - 20);
    }

    [SkippableTheory]
    [InlineData("200 OK", "Set-Cookie: a=b", 502)]
    [InlineData("200 OK", "Set-Cookie: a=b\r\nCache-Control: private", 200)]
    [InlineData("200 OK", "Set-Cookie: a=b\r\nCache-Control: max-age=0", 200)]
    [InlineData("200 OK", "Set-Cookie: a=b\r\nPragma: no-cache", 200)]
    [InlineData("200 OK", "Set-Cookie: a=b\r\nCache-Control: public", 502)]
    [InlineData("302 Found", "Set-Cookie: a=b", 200)]
    [InlineData("200 OK", "X: y", 200)]
    public void A_cookie_that_caches_could_keep_is_stopped(string status, string fields, int expected)
    {
        ReferenceDiffers("it lets all of these pass");
        AnsweringOrigin origin = NewAnsweringOrigin((_, _) => $"HTTP/1.1 {status}\r\nContent-Length: 0\r\n{fields}\r\n\r\n");
        Proxy proxy = Start(Simple(origin, backend: "option checkcache"));
        Wire client = proxy.Connect("fe");
        client.Send(Get());
        int got = client.ReadResponse().Status;
        Assert.Equal(expected == 200 ? int.Parse(status[..3], System.Globalization.CultureInfo.InvariantCulture) : expected, got);
    }
}
