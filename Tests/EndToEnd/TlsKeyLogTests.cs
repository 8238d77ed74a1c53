using System;
using System.Linq;
using Tests.EndToEnd.Harness;
using Xunit;
using Xunit.Abstractions;

namespace Tests.EndToEnd;

/// <summary>What is told of the keys of connections (<c>tune.ssl.keylog</c>).</summary>
public sealed class TlsKeyLogTests(ITestOutputHelper output) : EndToEndTest(output)
{
    private static readonly TestCertificate A = TestCertificate.Make(["a.test"]);

    private static readonly (string Label, string Sample)[] All =
    [
        ("CLIENT_HANDSHAKE_TRAFFIC_SECRET", "client_handshake_traffic_secret"),
        ("SERVER_HANDSHAKE_TRAFFIC_SECRET", "server_handshake_traffic_secret"),
        ("CLIENT_TRAFFIC_SECRET_0", "client_traffic_secret_0"),
        ("SERVER_TRAFFIC_SECRET_0", "server_traffic_secret_0"),
        ("EXPORTER_SECRET", "exporter_secret"),
        ("CLIENT_EARLY_TRAFFIC_SECRET", "client_early_traffic_secret"),
        ("EARLY_EXPORTER_SECRET", "early_exporter_secret"),
    ];

    [SkippableFact]
    public void The_secrets_are_those_that_the_client_has()
    {
        Start("tune.ssl.keylog on");
        using LibraryClient client = new(Bench.Ports["fe"]);
        string answer = client.Ask(Get("/", "Connection: close"));
        Assert.StartsWith("HTTP/1.1 200", answer);
        string[] told = answer[(answer.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..].Split(' ');
        for (int i = 0; i < All.Length; i++)
        {
            string[]? line = client.Secrets.Select(static line => line.Split(' ')).FirstOrDefault(line => line[0] == All[i].Label);
            Assert.Equal(line?[2] ?? "", told[i]);
        }
        Assert.All(told[..5], static secret => Assert.Matches("^([0-9a-f]{64}|[0-9a-f]{96})$", secret));
    }

    [SkippableTheory]
    [InlineData("tune.ssl.keylog off", 0x0304)]
    [InlineData("", 0x0304)]
    [InlineData("tune.ssl.keylog on", 0x0303)]
    public void Without_the_word_and_before_its_version_there_are_none(string global, int version)
    {
        Start(global);
        using LibraryClient client = new(Bench.Ports["fe"], version);
        Assert.EndsWith("\r\n\r\n" + new string(' ', All.Length - 1), client.Ask(Get("/", "Connection: close")));
    }

    [Fact]
    public void The_side_of_the_servers_has_them_too()
    {
        Proxy proxy = Start("tune.ssl.keylog on", """
            frontend outer
                bind <outer>
                default_backend inner
            backend inner
                http-reuse never
                http-response set-header x-own "%[ssl_bc_client_handshake_traffic_secret] %[ssl_bc_server_traffic_secret_0]"
                server s1 <fe> ssl verify none
            """);
        HttpMessage answer = proxy.Connect("outer").Send(Get("/")).ReadResponse();
        string[] told = answer.Text.Split(' ');
        Assert.Equal($"{told[0]} {told[3]}", answer["x-own"]);
        Assert.True(told[0].Length >= 64);
    }

    [Theory]
    [InlineData("tune.ssl.keylog", "'tune.ssl.keylog' expects either 'on' or 'off' but got ''.")]
    [InlineData("tune.ssl.keylog x", "'tune.ssl.keylog' expects either 'on' or 'off' but got 'x'.")]
    [InlineData("tune.ssl.keylog on x", "'tune.ssl.keylog' cannot handle unexpected argument 'x'.")]
    [InlineData("tune.ssl.keyupdate-rate-limit", "'tune.ssl.keyupdate-rate-limit' expects a number (KeyUpdates/s, 0 to disable).")]
    [InlineData("tune.ssl.keyupdate-rate-limit -1", "'tune.ssl.keyupdate-rate-limit' expects a positive number.")]
    [InlineData("noktls x", "'noktls' cannot handle unexpected argument 'x'.")]
    [InlineData("tune.ssl.keyupdate-rate-limit 1 2", "'tune.ssl.keyupdate-rate-limit' cannot handle unexpected argument '2'.")]
    public void What_is_wrong_is_told(string line, string message)
    {
        string path = Bench.WriteFile("bad.cfg", $"global\n    {line}\n");
        ProgramResult result = Bench.Run("-c", "-f", path);
        Assert.Equal(1, result.ExitCode);
        Assert.Contains($"bad.cfg:2] : {message}", result.Errors);
    }

    [Theory]
    [InlineData("ktls off", "", 0)]
    [InlineData("ktls on", "'ktls on' is not supported yet", 1)]
    [InlineData("ktls x", "'ktls' expects \"on\" or \"off\" as an argument, got 'x'", 1)]
    public void Tls_in_the_kernel_is_off(string word, string message, int code)
    {
        Bench.WriteFile("a.pem", A.Pem);
        string path = Bench.WriteFile("some.cfg", $"""
            global
                noktls
                expose-experimental-directives
            {HttpDefaults}
            listen fe
                bind 127.0.0.1:1 ssl crt <dir>/a.pem {word}
                server s1 127.0.0.1:1 ssl verify none {word}

            """);
        ProgramResult result = Bench.Run("-c", "-f", path);
        Assert.Equal(code, result.ExitCode);
        Assert.Contains(message, result.Errors);
    }

    private Proxy Start(string global, string more = "")
    {
        Bench.WriteFile("a.pem", A.Pem);
        return base.Start($"""
            global
                {global}
            {HttpDefaults}
            frontend fe
                bind <fe> ssl crt <dir>/a.pem
                http-request return status 200 content-type text/plain lf-string "{string.Join(' ', All.Select(static one => $"%[ssl_fc_{one.Sample}]"))}"
            {more}

            """);
    }
}
