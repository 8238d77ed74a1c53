using System;
using System.Linq;
using Tests.EndToEnd.Harness;
using Xunit;
using Xunit.Abstractions;

namespace Tests.EndToEnd;

/// <summary>What every end-to-end test has at hand. The end of a test checks the proxies it
/// started.</summary>
[Trait("Category", "EndToEnd")]
public abstract class EndToEndTest(ITestOutputHelper output) : IDisposable
{
    /// <summary>Defaults of an HTTP proxy whose timeouts no ordinary test meets.</summary>
    protected const string HttpDefaults = """
        defaults
            mode http
            timeout connect 2s
            timeout client 8s
            timeout server 8s

        """;

    protected const string TcpDefaults = """
        defaults
            mode tcp
            timeout connect 2s
            timeout client 8s
            timeout server 8s

        """;

    protected const string Ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    protected Bench Bench { get; } = new();

    protected Proxy Start(string configuration, params string[] arguments) =>
        Bench.Start(configuration, arguments);

    protected Origin NewOrigin(string name = "origin") => Bench.Own(new Origin(name));

    protected AnsweringOrigin NewAnsweringOrigin(Func<HttpMessage, Wire, string>? answer = null) =>
        Bench.Own(new AnsweringOrigin(answer));

    /// <summary>Runs work beside the test until its join.</summary>
    protected static SideThread<bool> Aside(Action work) => new(() =>
    {
        work();
        return true;
    });

    protected static SideThread<T> Aside<T>(Func<T> work) => new(work);

    protected DatagramSink NewSink() => Bench.Own(new DatagramSink());

    /// <summary>A frontend "fe" in front of one origin.</summary>
    protected static string Simple(
        Origin origin, string frontend = "", string backend = "", string server = "") =>
        Simple(origin.Address, frontend, backend, server);

    protected static string Simple(
        AnsweringOrigin origin, string frontend = "", string backend = "", string server = "") =>
        Simple(origin.Address, frontend, backend, server);

    protected static string Get(string target = "/", params string[] fields) =>
        Request("GET", target, fields);

    protected static string Request(string method, string target, params string[] fields) =>
        $"{method} {target} HTTP/1.1\r\nHost: h\r\n{string.Concat(fields.Select(f => f + "\r\n"))}\r\n";

    /// <summary>Where the reference is known to do otherwise, a run against it skips the test and says
    /// how.</summary>
    protected static void ReferenceDiffers(string how) =>
        Skip.If(ProgramUnderTest.IsReference, "the reference: " + how);

    public void Dispose()
    {
        GC.SuppressFinalize(this);
        output.WriteLine(Bench.Describe());
        Bench.Dispose();
    }

    private static string Simple(string address, string frontend, string backend, string server) => $"""
        {HttpDefaults}
        frontend fe
            bind <fe>
            {frontend}
            default_backend be
        backend be
            {backend}
            server s1 {address} {server}

        """;
}
