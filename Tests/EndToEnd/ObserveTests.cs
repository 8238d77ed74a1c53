using Tests.EndToEnd.Harness;
using Xunit;
using Xunit.Abstractions;

namespace Tests.EndToEnd;

/// <summary><c>observe layer7</c>: what traffic says of a server's health.</summary>
public sealed class ObserveTests(ITestOutputHelper output) : EndToEndTest(output)
{
    [Theory]
    [InlineData("HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n", "Wrong http response")]
    [InlineData("garbage\r\n\r\n", "Invalid http response \\(headers\\)")]
    [InlineData("HTTP/1.1 200 OK\r\nFoo: b", "Invalid http response \\(headers\\)")]
    [InlineData("", "Read error \\(http\\)")]
    public void Errors_in_a_row_take_a_server_down(string answer, string what)
    {
        Origin origin = NewOrigin();
        AnsweringOrigin health = NewAnsweringOrigin();
        Proxy proxy = Start($"""
            global
                log stdout format raw local0
            {HttpDefaults}
            frontend fe
                bind <fe>
                default_backend be
            backend be
                log global
                retries 0
                http-reuse never
                default-server check inter 20s addr 127.0.0.1 port {health.Port} init-state down
                server s1 {origin.Address} observe layer7 error-limit 2 on-error mark-down
            """);
        proxy.AlertsAllowed = true;
        proxy.Output.WaitFor("^Server be/s1 is UP"); // a check that passes would end the row
        for (int i = 0; i < 2; i++)
        {
            Wire client = proxy.Connect("fe");
            client.Send(Get());
            Wire server = origin.Accept();
            server.ReadRequest();
            server.Send(answer);
            server.Close();
            Assert.InRange(client.ReadResponse().Status, 500, 502);
        }
        proxy.Output.WaitFor("^Server be/s1 is DOWN, reason: Health analyze, info: "
            + $"\"Detected 2 consecutive errors, last one was: {what}\"");
        Wire next = proxy.Connect("fe");
        next.Send(Get());
        Assert.Equal(503, next.ReadResponse().Status);
    }
}
