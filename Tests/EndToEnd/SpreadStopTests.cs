using System;
using System.Linq;
using Engine.Data.Http2;
using Tests.EndToEnd.Harness;
using Xunit;
using Xunit.Abstractions;

namespace Tests.EndToEnd;

/// <summary>Soft stops that take their time: <c>grace</c> and <c>close-spread-time</c>.</summary>
public sealed class SpreadStopTests(ITestOutputHelper output) : EndToEndTest(output)
{
    [Fact]
    public void In_the_time_of_grace_clients_are_served_and_told()
    {
        Proxy proxy = Started("grace 4s");
        Wire client = proxy.Connect("fe");
        Assert.Equal("0", client.Send(Get()).ReadResponse()["stopping"]);
        proxy.Signal(LibC.SigUsr1);
        proxy.WaitUntil(() => proxy.Errors.Text.Contains("Scheduling a soft-stop in 4000 ms."), "the notice");
        proxy.WaitUntil(() => client.Send(Get()).ReadResponse()["stopping"] == "1", "the answers to tell");
        HttpMessage answer = proxy.Connect("fe").Send(Get()).ReadResponse();
        Assert.Equal(("1", (string?)null), (answer["stopping"], answer["connection"]));
        Assert.Equal(0, proxy.WaitForExit());
        Assert.Contains("Grace period expired, proceeding with soft-stop now.", proxy.Errors.Text);
    }

    [Fact]
    public void A_soft_stop_may_leave_clients_what_they_have()
    {
        Proxy proxy = Started("close-spread-time infinite");
        Wire client = proxy.Connect("fe");
        client.Send(Get()).ReadResponse();
        Stop(proxy);
        HttpMessage answer = client.Send(Get()).ReadResponse();
        Assert.Equal(("1", (string?)null), (answer["stopping"], answer["connection"]));
        client.ExpectSilence();
        client.Close();
        Assert.Equal(0, proxy.WaitForExit());
    }

    [Fact]
    public void Idle_clients_are_closed_one_by_one()
    {
        Proxy proxy = Started("close-spread-time 1s");
        Wire[] clients = [.. Enumerable.Range(0, 20).Select(_ => proxy.Connect("fe"))];
        foreach (Wire client in clients) client.Send(Get()).ReadResponse();
        long start = Environment.TickCount64;
        Stop(proxy);
        foreach (Wire client in clients) client.ExpectGone();
        // Twenty draws that are all of the first quarter are one case in a million million.
        Assert.True(Environment.TickCount64 - start > 100);
        Assert.Equal(0, proxy.WaitForExit());
    }

    [Fact]
    public void Once_the_time_is_over_every_answer_is_the_last()
    {
        Proxy proxy = Started("nbthread 1\n    close-spread-time 1ms");
        Wire client = proxy.Connect("fe");
        Wire later = proxy.Connect("fe"); // accepted behind it
        Assert.Equal(200, later.Send(Get("/", "Connection: close")).ReadResponse().Status);
        Stop(proxy);
        Assert.Equal("close", client.Send(Get()).ReadResponse()["connection"]);
        client.ExpectEnd();
        client.Close();
        Assert.Equal(0, proxy.WaitForExit());
    }

    [Fact]
    public void Http2_clients_may_be_left_what_they_have()
    {
        Proxy proxy = Started("close-spread-time infinite");
        Http2Wire client = Http2Wire.Client(proxy.Connect("fe"));
        client.Get(1).ReadMessage(1);
        Stop(proxy);
        for (uint stream = 3; stream < 20; stream += 2) Assert.Equal("1", client.Get(stream).ReadMessage(stream)["stopping"]);
        client.ExpectAlive();
        Assert.DoesNotContain(client.Passed, frame => frame.Type == FrameType.GoAway);
        client.Dispose();
        Assert.Equal(0, proxy.WaitForExit());
    }

    [Fact]
    public void Idle_http2_clients_are_told_and_closed_one_by_one()
    {
        Proxy proxy = Started("close-spread-time 1s");
        Http2Wire[] clients = [.. Enumerable.Range(0, 20).Select(_ => Http2Wire.Client(proxy.Connect("fe")))];
        foreach (Http2Wire client in clients) client.Get(1).ReadMessage(1);
        long start = Environment.TickCount64;
        Stop(proxy);
        foreach (Http2Wire client in clients) ExpectLeave(client);
        Assert.True(Environment.TickCount64 - start > 100);
        Assert.Equal(0, proxy.WaitForExit());
    }

    [Fact]
    public void Once_the_time_is_over_an_http2_client_is_told_with_its_next_answer()
    {
        Proxy proxy = Started("nbthread 1\n    close-spread-time 1ms", "wait-for-body time 8s if { path /slow }");
        Http2Wire client = Http2Wire.Client(proxy.Connect("fe"));
        client.Post(1, "/slow").Get(3).ReadMessage(3); // it is not idle: its first stream waits for a body
        Stop(proxy);
        Assert.Equal("1", client.Get(5).ReadMessage(5)["stopping"]);
        ExpectLeave(client);
        client.Data(1, "x", ends: true); // what was begun is answered
        Http2Frame answer = client.Read();
        while (answer.Stream != 1) answer = client.Read();
        Assert.Equal("1", answer["stopping"]);
        client.Wire.ExpectGone();
        Assert.Equal(0, proxy.WaitForExit());
    }

    /// <summary>A GOAWAY without an error.</summary>
    private static void ExpectLeave(Http2Wire client)
    {
        Http2Frame frame = client.Read();
        while (frame.Type != FrameType.GoAway) frame = client.Read();
        Assert.Equal(Http2Error.None, frame.Error);
    }

    private Proxy Started(string word, string rule = "wait-for-body time 1s if FALSE")
    {
        Proxy proxy = Start($"""
            global
                {word}
            {HttpDefaults}
            frontend fe
                bind <fe>
                http-request {rule}
                http-request return status 200 hdr stopping %[stopping]
            """);
        proxy.SkipEndChecks = true;
        return proxy;
    }

    private void Stop(Proxy proxy)
    {
        proxy.Signal(LibC.SigUsr1);
        proxy.WaitUntil(() => !Proxy.IsListening(Bench.Ports["fe"]), "the listener to close");
    }
}
