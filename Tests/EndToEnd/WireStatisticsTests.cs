using System;
using System.Collections.Generic;
using System.Linq;
using Engine.Data.Http2;
using Tests.EndToEnd.Harness;
using Xunit;
using Xunit.Abstractions;

namespace Tests.EndToEnd;

/// <summary>What <c>show stat</c> counts of HTTP/1, HTTP/2 and TLS (management guide section 9.1).</summary>
public sealed class WireStatisticsTests(ITestOutputHelper output) : AdminSocketTest(output)
{
    private static readonly TestCertificate Certificate = TestCertificate.Make(["a.test"]);

    [Fact]
    public void Connections_exchanges_and_bytes_of_HTTP_1_count_on_the_side_they_are_on()
    {
        AnsweringOrigin origin = NewAnsweringOrigin((_, _) => AnsweringOrigin.Ok("0123456789"));
        Proxy proxy = StartApi(Simple(origin));
        Wire client = proxy.Connect("fe");
        long sent = 0;
        for (int i = 0; i < 3; i++)
        {
            string request = Get($"/{i}");
            sent += request.Length;
            client.Send(request);
            Assert.Equal(200, client.ReadResponse().Status);
        }
        Expect(proxy, "fe", "FRONTEND", ("h1_open_connections", "1"), ("h1_open_streams", "0"), ("h1_total_connections", "1"),
            ("h1_total_streams", "3"), ("h1_bytes_in", $"{sent}"), ("h2_total_connections", "0"));
        Expect(proxy, "be", "BACKEND", ("h1_open_connections", "1"), ("h1_open_streams", "0"), ("h1_total_connections", "1"),
            ("h1_total_streams", "3"), ("h1_spliced_bytes_in", "0"));
        Assert.Equal(Stat("be", "BACKEND")["h1_bytes_in"], Stat("fe", "FRONTEND")["h1_bytes_out"]);
        client.Send("GET / HT"); // an exchange begins with the first byte
        Expect(proxy, "fe", "FRONTEND", ("h1_open_streams", "1"), ("h1_total_streams", "4"));
        client.Dispose();
        Expect(proxy, "fe", "FRONTEND", ("h1_open_connections", "0"), ("h1_open_streams", "0"), ("h1_total_connections", "1"));
        Say("clear counters all");
        Expect(proxy, "fe", "FRONTEND", ("h1_total_connections", "0"), ("h1_bytes_in", "0"));
        Expect(proxy, "be", "BACKEND", ("h1_open_connections", "1"), ("h1_total_connections", "0"));
    }

    [Fact]
    public void Bytes_that_go_through_pipes_count_as_such()
    {
        const int length = 2_000_000;
        Origin origin = NewOrigin();
        Proxy proxy = StartApi(Simple(origin, "", "option splice-response"));
        Wire client = proxy.Connect("fe");
        client.Send(Get());
        Wire server = origin.Accept();
        server.ReadRequest();
        SideThread<Wire> sends = Aside(
            () => server.Send($"HTTP/1.1 200 OK\r\nContent-Length: {length}\r\n\r\n" + new string('x', length)));
        Assert.Equal(length, client.ReadResponse().Body.Length);
        sends.Join();
        proxy.WaitUntil(() => Number("be", "BACKEND", "h1_spliced_bytes_in") > 0, "bytes went into a pipe");
        proxy.WaitUntil(() => Number("fe", "FRONTEND", "h1_spliced_bytes_out")
            == Number("be", "BACKEND", "h1_spliced_bytes_in"), "all came out");
        Assert.True(Number("fe", "FRONTEND", "h1_bytes_out") > length);
        Assert.Equal(0, Number("fe", "FRONTEND", "h1_spliced_bytes_in"));
    }

    [Fact]
    public void Streams_and_frames_of_HTTP_2_count()
    {
        AnsweringOrigin origin = NewAnsweringOrigin((_, _) => AnsweringOrigin.Ok("body"));
        Proxy proxy = StartApi(Simple(origin));
        Http2Wire client = Http2Wire.Client(proxy.Connect("fe"));
        client.Get(1);
        Assert.Equal(200, client.ReadMessage(1).Status);
        client.Post(3).Data(3, "abc").Data(3, "def", ends: true);
        Assert.Equal(200, client.ReadMessage(3).Status);
        Expect(proxy, "fe", "FRONTEND", ("h2_headers_rcvd", "2"), ("h2_data_rcvd", "2"), ("h2_open_connections", "1"),
            ("h2_backend_open_streams", "0"), ("h2_total_connections", "1"), ("h2_backend_total_streams", "2"),
            ("h2_goaway_resp", "0"), ("h1_open_connections", "0"), ("h1_total_streams", "0"));
        client.Send(FrameType.WindowUpdate, 0, 0, Http2Wire.Number(0)); // RFC 9113 section 6.9: an error of the connection
        Expect(proxy, "fe", "FRONTEND", ("h2_detected_conn_protocol_errors", "1"), ("h2_goaway_resp", "1"));
        client.Dispose();
        Expect(proxy, "fe", "FRONTEND", ("h2_open_connections", "0"));
        Expect(proxy, "be", "BACKEND", ("h1_total_streams", "2"), ("h2_total_connections", "0"));
    }

    [Fact]
    public void Checks_count_for_their_backend()
    {
        AnsweringOrigin origin = NewAnsweringOrigin((_, _) => AnsweringOrigin.Ok(""));
        Proxy proxy = StartApi($"""
            {HttpDefaults}
            backend be
                option httpchk
                server s1 {origin.Address} check inter 1h
            """);
        Expect(proxy, "be", "BACKEND", ("h1_total_connections", "1"), ("h1_total_streams", "1"), ("h1_open_connections", "0"),
            ("h1_open_streams", "0"));
    }

    [SkippableFact]
    public void Handshakes_count_for_listener_and_frontend()
    {
        Bench.WriteFile("a.pem", Certificate.Pem);
        Proxy proxy = StartApi($"""
            {HttpDefaults}
            frontend fe
                option socket-stats
                bind <plain> name plain
                bind <fe> name sure ssl crt <dir>/a.pem
                http-request return status 200
            """);
        using (TlsWire client = TlsWire.Connect(Bench.Ports["fe"]))
            Assert.Equal(200, client.Send(Get()).ReadResponse().Status);
        foreach (string name in (string[])["FRONTEND", "sure"])
            Expect(proxy, "fe", name, ("ssl_sess", "1"), ("ssl_reused_sess", "0"), ("ssl_failed_handshake", "0"));
        Expect(proxy, "fe", "plain", ("ssl_sess", "0"));
    }

    [Theory]
    [InlineData("", "BAD\r\n\r\n", "1")]
    [InlineData("", "GET / HT", "1")]
    [InlineData("", "", "1")]
    [InlineData("option dontlognull", "", "1")]
    [InlineData("option http-ignore-probes", "", "0")]
    public void What_is_no_request_counts_as_one_that_failed(string option, string sent, string count)
    {
        Proxy proxy = StartApi($$"""
            {{HttpDefaults}}
            frontend fe
                bind <fe>
                {{option}}
                http-request return status 200 hdr x-rate %[fe_req_rate]
            """);
        proxy.Connect("fe").Send(sent).HalfClose();
        Expect(proxy, "fe", "FRONTEND", ("stot", "1"), ("scur", "0"), ("req_tot", count), ("ereq", count), ("hrsp_4xx", count));
    }

    private void Expect(Proxy proxy, string proxyName, string name, params (string Column, string Value)[] columns)
    {
        foreach ((string column, string value) in columns)
        {
            proxy.WaitUntil(
                () => Stat(proxyName, name)[column] == value, $"{column} of {proxyName}/{name} is {value}");
        }
    }

    private long Number(string proxyName, string name, string column) => long.Parse(
        Stat(proxyName, name)[column], System.Globalization.CultureInfo.InvariantCulture);

    private Dictionary<string, string> Stat(string proxyName, string name)
    {
        string[] lines = Say("show stat").Split('\n');
        string[] columns = lines[0].TrimStart('#', ' ').Split(',');
        string[] values = lines.Single(line => line.StartsWith($"{proxyName},{name},", StringComparison.Ordinal)).Split(',');
        return columns.Zip(values).Where(pair => pair.First.Length > 1).ToDictionary(pair => pair.First, pair => pair.Second);
    }
}
