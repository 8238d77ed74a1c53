using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using Tests.EndToEnd.Harness;
using Xunit;
using Xunit.Abstractions;

namespace Tests.EndToEnd;

/// <summary>Signals, stopping, and one process taking over from another.</summary>
public sealed class SignalTests(ITestOutputHelper output) : EndToEndTest(output)
{
    [Theory]
    [InlineData(LibC.SigTerm, 143)]
    [InlineData(LibC.SigInt, 130)]
    public void A_hard_stop_ends_everything_at_once(int signal, int code)
    {
        Origin origin = NewOrigin();
        Proxy proxy = Start(Simple(origin));
        proxy.SkipEndChecks = true;
        Wire client = proxy.Connect("fe");
        client.Send(Get());
        origin.Accept().ReadRequest();
        proxy.Signal(signal);
        Assert.Contains(proxy.WaitForExit(), (int[])[0, code]);
        client.ExpectGone();
    }

    [Fact]
    public void A_soft_stop_refuses_new_clients_and_finishes_the_old_ones()
    {
        Origin origin = NewOrigin();
        Proxy proxy = Start(Simple(origin));
        proxy.SkipEndChecks = true;
        Wire busy = proxy.Connect("fe");
        busy.Send(Get("/slow"));
        Wire server = origin.Accept();
        server.ReadRequest();
        proxy.Signal(LibC.SigUsr1);
        proxy.WaitUntil(() => !Proxy.IsListening(Bench.Ports["fe"]), "the listener to close");
        Assert.ThrowsAny<SocketException>(() => proxy.Connect("fe"));
        Assert.False(proxy.HasExited);
        server.Send(Ok);
        HttpMessage response = busy.ReadResponse();
        Assert.Equal("ok", response.Text);
        Assert.Equal("close", response["connection"]);
        busy.ExpectEnd();
        Assert.Equal(0, proxy.WaitForExit());
    }

    [Fact]
    public void A_soft_stop_closes_idle_clients()
    {
        AnsweringOrigin origin = NewAnsweringOrigin();
        Proxy proxy = Start(Simple(origin));
        proxy.SkipEndChecks = true;
        Wire idle = proxy.Connect("fe");
        idle.Send(Get());
        idle.ReadResponse();
        proxy.Signal(LibC.SigUsr1);
        idle.ExpectGone();
        Assert.Equal(0, proxy.WaitForExit());
    }

    /// <summary>Its request may be under way, and nobody else will answer it.</summary>
    [Fact]
    public void A_soft_stop_serves_clients_whose_first_request_is_to_come()
    {
        AnsweringOrigin origin = NewAnsweringOrigin();
        Proxy proxy = Start("global\nnbthread 1\n" + Simple(origin));
        proxy.SkipEndChecks = true;
        Wire silent = proxy.Connect("fe");
        Wire busy = proxy.Connect("fe").Send("GET / HT");
        Wire later = proxy.Connect("fe").Send(Get("/", "Connection: close")); // accepted behind them
        Assert.Equal(200, later.ReadResponse().Status);
        proxy.Signal(LibC.SigUsr1);
        proxy.WaitUntil(() => !Proxy.IsListening(Bench.Ports["fe"]), "the listener to close");
        foreach (Wire client in (Wire[])[silent.Send(Get()), busy.Send("TP/1.1\r\nHost: h\r\n\r\n")])
        {
            HttpMessage last = client.ReadResponse();
            Assert.Equal(("ok", "close"), (last.Text, last["connection"]));
            client.ExpectEnd();
            client.Close();
        }
        Assert.Equal(0, proxy.WaitForExit());
    }

    [Fact]
    public void Idle_clients_may_be_told_with_their_next_answer()
    {
        AnsweringOrigin origin = NewAnsweringOrigin();
        Proxy proxy = Start(Simple(origin, frontend: "option idle-close-on-response"));
        proxy.SkipEndChecks = true;
        Wire idle = proxy.Connect("fe");
        idle.Send(Get());
        Assert.Null(idle.ReadResponse()["connection"]);
        proxy.Signal(LibC.SigUsr1);
        proxy.WaitUntil(() => !Proxy.IsListening(Bench.Ports["fe"]), "the listener to close");
        idle.Send(Get());
        HttpMessage last = idle.ReadResponse();
        Assert.Equal("ok", last.Text);
        Assert.Equal("close", last["connection"]);
        idle.ExpectEnd();
        Assert.Equal(0, proxy.WaitForExit());
    }

    [Fact]
    public void A_soft_stop_waits_for_tunnels_until_hard_stop_after()
    {
        Origin origin = NewOrigin();
        Proxy proxy = Start(
            $"global\nhard-stop-after 400ms\n{TcpDefaults}listen fe\nbind <fe>\nserver s1 {origin.Address}\n");
        proxy.SkipEndChecks = true;
        Wire client = proxy.Connect("fe");
        Wire server = origin.Accept();
        client.Send("x");
        server.ReadText(1);
        proxy.Signal(LibC.SigUsr1);
        client.ExpectSilence(150);
        client.Send("y");
        Assert.Equal("y", server.ReadText(1));
        proxy.WaitForExit();
        client.ExpectGone();
    }

    [Fact]
    public void Pause_and_resume_of_the_listeners()
    {
        AnsweringOrigin origin = NewAnsweringOrigin();
        Proxy proxy = Start(Simple(origin));
        Wire before = proxy.Connect("fe");
        before.Send(Get());
        before.ReadResponse();
        for (int i = 0; i < 2; i++)
        {
            proxy.Signal(LibC.SigTtou);
            proxy.WaitUntil(() => !Proxy.IsListening(Bench.Ports["fe"]), "the listener to pause");
            before.Send(Get());
            Assert.Equal(200, before.ReadResponse().Status);
            proxy.Signal(LibC.SigTtin);
            proxy.WaitUntil(() => Proxy.IsListening(Bench.Ports["fe"]), "the listener to resume");
            Wire after = proxy.Connect("fe");
            after.Send(Get());
            Assert.Equal(200, after.ReadResponse().Status);
        }
    }

    [Theory]
    [InlineData(LibC.SigHup)]
    [InlineData(LibC.SigUsr2)]
    [InlineData(LibC.SigQuit)]
    public void Signals_that_only_report_do_not_disturb(int signal)
    {
        AnsweringOrigin origin = NewAnsweringOrigin();
        Proxy proxy = Start(Simple(origin));
        Wire client = proxy.Connect("fe");
        client.Send(Get());
        client.ReadResponse();
        proxy.Signal(signal);
        Thread.Sleep(50);
        client.Send(Get());
        Assert.Equal(200, client.ReadResponse().Status);
    }

    [Theory]
    [InlineData("-sf")]
    [InlineData("-st")]
    public void A_new_process_takes_over(string option)
    {
        AnsweringOrigin origin = NewAnsweringOrigin();
        string configuration = Simple(origin);
        Proxy old = Start(configuration);
        old.SkipEndChecks = true;
        Wire client = old.Connect("fe");
        client.Send(Get());
        client.ReadResponse();
        Proxy next = Start(configuration, option, old.Pid.ToString(CultureInfo.InvariantCulture));
        Assert.Contains(old.WaitForExit(), (int[])[0, 143]);
        Wire fresh = next.Connect("fe");
        fresh.Send(Get());
        Assert.Equal(200, fresh.ReadResponse().Status);
        client.ExpectGone();
    }

    [Fact]
    public void A_takeover_under_load_fails_no_request()
    {
        AnsweringOrigin origin = NewAnsweringOrigin();
        string configuration = Simple(origin);
        Proxy proxy = Start(configuration);
        using CancellationTokenSource stop = new();
        int[] served = new int[4];
        int refused = 0;
        int dropped = 0;
        List<Thread> clients = [.. Enumerable.Range(0, 4).Select(n => new Thread(() =>
        {
            while (!stop.IsCancellationRequested)
            {
                try
                {
                    using Wire client = Wire.Connect(
                        new IPEndPoint(IPAddress.Loopback, Bench.Ports["fe"]), $"load {n}");
                    for (int i = 0; i < 3; i++)
                    {
                        client.Send(Get());
                        // A connection may be closed between two requests, as any idle one may.
                        if (client.ReadResponseOrEnd() is not { } response)
                        {
                            if (i == 0)
                                Interlocked.Increment(ref dropped);
                            break;
                        }
                        Assert.Equal(200, response.Status);
                        served[n]++;
                        if (response["connection"] == "close")
                            break;
                    }
                }
                catch (SocketException e) when (e.SocketErrorCode == SocketError.ConnectionRefused)
                {
                    Interlocked.Increment(ref refused);
                }
                catch (SocketException)
                {
                    // A second request met a connection that was just closed.
                }
            }
        }))];
        clients.ForEach(c => c.Start());
        for (int i = 0; i < 3; i++)
        {
            Thread.Sleep(100);
            Proxy next = Start(configuration, "-sf", proxy.Pid.ToString(CultureInfo.InvariantCulture));
            proxy.SkipEndChecks = true;
            Assert.Equal(0, proxy.WaitForExit());
            proxy = next;
        }
        stop.Cancel();
        clients.ForEach(c => c.Join());
        Assert.True(served.Sum() > 100);
        Assert.Equal(0, refused);
        // Connections in the backlog of a socket that closes are reset by the kernel: few, and the reference
        // has them too.
        Assert.InRange(dropped, 0, 3);
    }

    [Fact]
    public void A_stopping_process_says_so_in_its_log()
    {
        AnsweringOrigin origin = NewAnsweringOrigin();
        Proxy proxy = Start("global\nlog stdout format raw local0\n"
            + Simple(origin, "log global\noption httplog"));
        proxy.SkipEndChecks = true;
        Wire client = proxy.Connect("fe");
        client.Send(Get());
        client.ReadResponse();
        client.Close();
        proxy.Signal(LibC.SigUsr1);
        Assert.Equal(0, proxy.WaitForExit());
        Assert.Matches(@"(?m)^Proxy fe stopped \(cumulated conns: FE: 1, BE: 0\)\.$", proxy.Output.Text);
    }
}
