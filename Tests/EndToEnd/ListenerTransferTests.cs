using System;
using System.IO;
using System.Net.Sockets;
using Tests.EndToEnd.Harness;
using Xunit;
using Xunit.Abstractions;

namespace Tests.EndToEnd;

/// <summary><c>expose-fd listeners</c> and <c>-x</c>: listening sockets pass from process to process.</summary>
public sealed class ListenerTransferTests(ITestOutputHelper output) : EndToEndTest(output)
{
    private const string Answering = """
        frontend fe
            bind <fe>
            http-request return status 200 content-type text/plain string

        """;

    [Fact]
    public void A_new_process_takes_the_sockets_and_no_client_is_refused()
    {
        Proxy old = Start($"""
            global
                stats socket <dir>/old.sock level admin expose-fd listeners
            {HttpDefaults}
            {Answering.TrimEnd()} old
            """);
        old.SkipEndChecks = true;
        Proxy next = Start($"""
            global
                noreuseport
            {HttpDefaults}
            {Answering.TrimEnd()} new
            """, "-x", Path.Combine(Bench.Directory, "old.sock"), "-sf", $"{old.Pid}");
        Assert.Equal(0, old.WaitForExit(10_000));
        Wire client = next.Connect("fe");
        client.Send(Get());
        Assert.Equal("new", client.ReadResponse().Text);
        Assert.DoesNotContain("Paus", old.Errors.Text, StringComparison.OrdinalIgnoreCase); // it never had to make room
    }

    [Fact]
    public void A_socket_that_exposes_nothing_gives_nothing()
    {
        Proxy proxy = Start($"""
            global
                stats socket <dir>/cli.sock level admin
            {HttpDefaults}
            {Answering.TrimEnd()} old
            """);
        using Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Connect(new UnixDomainSocketEndPoint(Path.Combine(Bench.Directory, "cli.sock")));
        socket.ReceiveTimeout = 5000;
        socket.Send("_getsocks\n"u8);
        byte[] answer = new byte[64];
        int count = socket.Receive(answer);
        Assert.True(count == 0 || BitConverter.ToInt32(answer) != 1, $"{count} bytes");
        Assert.Equal("old", Ask(proxy));
    }

    [Theory]
    [InlineData("expose-fd", "'expose-fd' : missing fd type")]
    [InlineData("expose-fd foo", "'expose-fd' only supports 'listeners' (got 'foo')")]
    public void Wrong_kinds_are_refused(string words, string reason)
    {
        string path = Bench.WriteFile("wrong.cfg", $"""
            global
                stats socket <dir>/cli.sock {words}

            """);
        ProgramResult result = Bench.Run("-c", "-f", path);
        Assert.Equal(1, result.ExitCode);
        Assert.Contains(reason, result.Errors, StringComparison.Ordinal);
    }

    private static string Ask(Proxy proxy)
    {
        Wire client = proxy.Connect("fe");
        client.Send(Get());
        return client.ReadResponse().Text;
    }
}
