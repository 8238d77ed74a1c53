using System;
using Tests.EndToEnd.Harness;
using Xunit;
using Xunit.Abstractions;

namespace Tests.EndToEnd;

/// <summary>Clients that leave at each stage of an exchange: what they are told, what the server and the log learn.</summary>
public sealed class ClientAbortTests(ITestOutputHelper output) : EndToEndTest(output)
{
    private const string Logged = "global\nnbthread 1\nlog stdout format raw local0\n";
    private const string Log = "log global\noption httplog\n";

    [Fact]
    public void A_client_that_resets_at_once_is_still_known_by_its_address()
    {
        AnsweringOrigin origin = NewAnsweringOrigin();
        Proxy proxy = Start(Logged + Simple(origin, Log + "http-request deny if { src 127.0.0.0/8 }"));
        proxy.Signal(LibC.SigStop); // the connection is reset before it is accepted
        Wire client = proxy.Connect("fe");
        int port = client.LocalPort;
        client.Send(Get()).Reset();
        proxy.Signal(LibC.SigCont);
        string line = proxy.Output.WaitFor(" fe ");
        Assert.StartsWith($"127.0.0.1:{port} ", line);
        Assert.Equal(0, origin.RequestCount);
    }

    [Fact]
    public void A_client_that_only_ends_its_side_is_told_400()
    {
        Origin origin = NewOrigin();
        Proxy proxy = Start(Logged + Simple(origin, Log));
        Wire client = proxy.Connect("fe").Send(Get());
        Wire server = origin.Accept();
        server.ReadRequest();
        client.HalfClose();
        StandardAnswer.Expect(client.ReadResponse(), 400, "Bad request", closes: true);
        client.ExpectEnd();
        server.ExpectGone();
        proxy.Output.WaitFor(@" fe be/s1 0/\d+/\d+/-1/\d+ 400 0 - - CH-- 1/1/0/0/0 0/0 ");
    }

    [Theory]
    [InlineData("Content-Length: 10", "abc")]
    [InlineData("Transfer-Encoding: chunked", "5\r\nabc")]
    public void A_client_that_leaves_its_upload_before_any_answer_is_logged_as_awaiting_one(string field, string part)
    {
        Origin origin = NewOrigin();
        Proxy proxy = Start(Logged + Simple(origin, Log));
        Wire client = proxy.Connect("fe").Send(Request("POST", "/", field) + part);
        Wire server = origin.Accept();
        server.ReadHead();
        server.ReadText(part.Length);
        client.Close();
        server.ExpectGone();
        proxy.Output.WaitFor(@" fe be/s1 0/\d+/\d+/-1/\d+ 400 0 - - CH-- 1/1/0/0/0 0/0 ");
    }

    [Fact]
    public void A_chunk_that_is_none_before_any_answer_is_logged_as_awaiting_one()
    {
        Origin origin = NewOrigin();
        Proxy proxy = Start(Logged + Simple(origin, Log));
        Wire client = proxy.Connect("fe").Send(Request("POST", "/", "Transfer-Encoding: chunked") + "3\r\nabc\r\n");
        Wire server = origin.Accept();
        server.ReadHead();
        server.ReadText(6);
        client.Send("zz\r\n");
        Assert.Equal(400, client.ReadResponse().Status);
        proxy.Output.WaitFor(@" fe be/s1 0/\d+/\d+/-1/\d+ 400 0 - - PH-- 1/1/0/0/0 0/0 ");
    }

    [Fact]
    public void A_client_that_leaves_its_upload_behind_the_whole_answer_is_logged_as_having_it()
    {
        Origin origin = NewOrigin();
        Proxy proxy = Start(Logged + Simple(origin, Log));
        Wire client = proxy.Connect("fe").Send(Request("POST", "/", "Content-Length: 10") + "abc");
        Wire server = origin.Accept();
        server.ReadHead();
        server.ReadText(3);
        server.Send(Ok);
        Assert.Equal(200, client.ReadResponse().Status);
        client.Close();
        server.ExpectGone();
        proxy.Output.WaitFor(@" fe be/s1 0/\d+/\d+/\d+/\d+ 200 \d+ - - CL-- 1/1/0/0/0 0/0 ");
    }

    /// <summary>The server is silent, so no write would ever tell that nobody reads any more.</summary>
    [Fact]
    public void A_client_that_ends_its_side_within_an_answer_frees_the_server()
    {
        Origin origin = NewOrigin();
        Proxy proxy = Start(Logged + Simple(origin, Log));
        Wire client = proxy.Connect("fe").Send(Get());
        Wire server = origin.Accept();
        server.ReadRequest();
        server.Send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n");
        client.ReadHead();
        client.ReadText(6);
        client.HalfClose();
        server.ExpectGone();
        client.ReadToEndOrReset();
        proxy.Output.WaitFor(@" fe be/s1 0/\d+/\d+/\d+/\d+ 200 \d+ - - CD-- 1/1/0/0/0 0/0 ");
    }

    [Fact]
    public void Without_abortonclose_a_client_that_ends_its_side_gets_its_answer()
    {
        Origin origin = NewOrigin();
        Proxy proxy = Start(Logged + Simple(origin, Log, "no option abortonclose"));
        Wire client = proxy.Connect("fe").Send(Get());
        Wire server = origin.Accept();
        server.ReadRequest();
        client.HalfClose();
        server.Send("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nabc");
        client.ReadHead();
        client.ReadText(3);
        client.ExpectSilence(400);
        server.Send("def");
        Assert.Equal("def", client.ReadToEnd());
        proxy.Output.WaitFor(@" fe be/s1 0/\d+/\d+/\d+/\d+ 200 \d+ - - ---- 1/1/0/0/0 0/0 ");
    }
}
