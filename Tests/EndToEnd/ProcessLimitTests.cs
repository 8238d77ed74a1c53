using System;
using System.Collections.Generic;
using System.Linq;
using Tests.EndToEnd.Harness;
using Xunit;
using Xunit.Abstractions;

namespace Tests.EndToEnd;

/// <summary>Limits and aids that the command line and the global section give a whole process.</summary>
public sealed class ProcessLimitTests(ITestOutputHelper output) : EndToEndTest(output)
{
    [Theory]
    [InlineData("", true)]
    [InlineData("maxconn 2", false)]
    public void N_limits_the_frontends_that_say_nothing(string own, bool waits)
    {
        Proxy proxy = Start($"""
            global
                nbthread 1
            {HttpDefaults}
            frontend fe
                {own}
                bind <fe>
                http-request return status 200
            """, "-N", "1");
        Wire first = proxy.Connect("fe");
        first.Send(Get());
        first.ReadResponse();
        Wire second = proxy.Connect("fe");
        second.Send(Get());
        if (waits) second.ExpectSilence();
        first.Dispose();
        Assert.Equal(200, second.ReadResponse().Status);
    }

    [Fact]
    public void The_memory_of_the_command_line_is_told_and_bounds_connections_to_two_digits()
    {
        string answer = new AdminSocket(Start($"global\nstats socket <dir>/cli\n{Simple(NewOrigin())}", "-m", "100")).Say("show info");
        Assert.Contains("\nMemmax_MB: 100\n", answer);
        Assert.Contains("\nMemmax_bytes: 104857600\n", answer);
        string told = answer[(answer.IndexOf("\nMaxconn: ", StringComparison.Ordinal) + "\nMaxconn: ".Length)..];
        Assert.Matches("^[1-9][0-9]00\n", told);
    }

    [Fact]
    public void Poisoned_buffers_change_no_byte()
    {
        AnsweringOrigin origin = NewAnsweringOrigin((request, _) => $"HTTP/1.1 200 OK\r\nContent-Length: {request.Body.Length}\r\n\r\n{request.Text}");
        Proxy proxy = Start($"global\nnbthread 1\n{Simple(origin)}", "-dM");
        Wire client = proxy.Connect("fe");
        foreach (int size in (int[])[0, 1, 5_000, 200_000])
        {
            string body = new('x', size);
            client.Send(Request("POST", "/", $"Content-Length: {size}") + body);
            Assert.Equal(body, client.ReadResponse().Text);
        }
    }

    [Fact]
    public void Maxaccept_takes_connections_by_and_by_and_all_of_them()
    {
        Proxy proxy = Start($"""
            global
                nbthread 1
                tune.maxaccept 1
            {HttpDefaults}
            frontend fe
                bind <fe>
                http-request return status 200
            """);
        List<Wire> clients = [.. Enumerable.Range(0, 50).Select(_ => proxy.Connect("fe"))];
        foreach (Wire client in clients) client.Send(Get());
        foreach (Wire client in clients) Assert.Equal(200, client.ReadResponse().Status);
    }

    [Theory]
    [InlineData(0, 3)]
    [InlineData(100, 1)]
    public void Pool_low_fd_ratio_ends_pooling(int percent, int connections)
    {
        AnsweringOrigin origin = NewAnsweringOrigin();
        Proxy proxy = Start($"""
            global
                nbthread 1
                tune.pool-low-fd-ratio {percent}
            {HttpDefaults}
            listen fe
                bind <fe>
                http-reuse always
                server s {origin.Address}
            """);
        for (int i = 0; i < 3; i++)
        {
            using Wire client = proxy.Connect("fe");
            client.Send(Get());
            client.ReadResponse();
        }
        Assert.Equal(connections, origin.ConnectionCount);
    }

    [Fact]
    public void An_abstract_log_target_has_a_name_as_long_as_binders_give_it()
    {
        string name = "sluice-" + Guid.NewGuid().ToString("N");
        using DatagramSink sink = new("\0" + name.PadRight(107, '\0'));
        Proxy proxy = Start($"""
            global
                nbthread 1
            {HttpDefaults}
            log abns@{name} local0
            option httplog
            frontend fe
                bind <fe>
                http-request return status 200
            """);
        Wire client = proxy.Connect("fe");
        client.Send(Get());
        client.ReadResponse();
        Assert.Contains("GET / HTTP/1.1", sink.Datagrams.WaitFor("GET"));
    }
}
