using System.Globalization;
using System.Text;
using Tests.EndToEnd.Harness;
using Xunit;
using Xunit.Abstractions;

namespace Tests.EndToEnd;

/// <summary>Values of samples of requests that the corpora's one request does not have, as observed on the reference.</summary>
public sealed class SampleValueTests(ITestOutputHelper output) : EndToEndTest(output)
{
    private const string Cookies = "Cookie: =x; ;c;c=;c=2; $Path=/\r\nCookie: c=\r\n";

    private static readonly (string Samples, string Request, string Values)[] Cases =
    [
        ("%[req.cook]|%[req.cook_cnt]|%[req.cook(c)]|%[req.cook_cnt(c)]|%[req.cook_names]", $"GET / HTTP/1.1\r\nHost: h\r\n{Cookies}\r\n", "x|4|2|2|c,c,c"),
        ("%[url32,hex]|%[baseq]|%[base]", "GET http://host.com?q HTTP/1.1\r\nHost: host.com\r\n\r\n", "00000000021D1936|host.com|host.com"),
        ("%[rdp_cookie_cnt]|%[distcc_param(DOTI)]|%[quic_enabled]|%[ssl_fc_has_crt]|%[ssl_c_used]|%[dst_conn]", "GET / HTTP/1.1\r\nHost: h\r\n\r\n", "0|||||1"),
        ("%[dump_all_vars(txn)]|%[dump_all_vars(txn,b)]|%[dump_all_vars(sess)]|%[dump_all_vars(req,,;)]", "GET / HTTP/1.1\r\nHost: h\r\n\r\n", "txn.a=\"x\\\"y\\\\\", txn.b=12, txn.c=00FF, txn.d=true|txn.b=12|sess.e=1.2.3.4|req.m=\"GET\""),
        ("%[cur_client_timeout]|%[cur_server_timeout]|%[cur_connect_timeout]|%[cur_queue_timeout]|%[cur_tunnel_timeout]", "GET / HTTP/1.1\r\nHost: h\r\n\r\n", "8000|0|0|0|0"),
    ];

    [Fact]
    public void Samples_have_the_values_that_the_reference_gives_them()
    {
        StringBuilder file = new(HttpDefaults);
        for (int i = 0; i < Cases.Length; i++)
        {
            file.Append($$"""
                listen l{{i}}
                    bind <l{{i}}>
                    http-request set-var(txn.a) 'str("x\"y\\")'
                    http-request set-var(txn.b) int(12)
                    http-request set-var(txn.c) bin(00ff)
                    http-request set-var(txn.d) bool(1)
                    http-request set-var(sess.e) ipv4(1.2.3.4)
                    http-request set-var(req.m) method
                    http-request return status 200 content-type text/plain lf-string '{{Cases[i].Samples}}'
                    server s 127.0.0.1:1

                """);
        }
        Proxy proxy = Start(file.ToString());
        for (int i = 0; i < Cases.Length; i++)
        {
            // The reference tells variables in an order of its own.
            if (ProgramUnderTest.IsReference && Cases[i].Samples.Contains("dump_all_vars")) continue;
            using Wire client = proxy.Connect($"l{i}");
            client.Send(Cases[i].Request);
            Assert.Equal(Cases[i].Values, client.ReadResponse().Text);
        }
    }

    [Fact]
    public void Timeouts_of_the_servers_side_apply_once_they_are_set_or_a_server_answers()
    {
        AnsweringOrigin origin = NewAnsweringOrigin();
        const string timeouts = "%[cur_server_timeout] %[cur_connect_timeout] %[cur_queue_timeout] %[cur_tunnel_timeout]";
        Proxy proxy = Start(Simple(origin, "", $"""
            timeout queue 3s
                timeout tunnel 4s
                http-request set-header x-before "{timeouts}"
                http-request set-timeout tunnel 5s
                http-request set-header x-own "{timeouts}"
                http-response set-header x-then "{timeouts}"
                http-response set-header x-before "%[var(txn.before)]"
                http-request set-var-fmt(txn.before) "%[req.hdr(x-before)] %[req.hdr(x-own)]"
            """));
        using Wire client = proxy.Connect("fe");
        client.Send(Get());
        HttpMessage answer = client.ReadResponse();
        Assert.Equal("0 2000 3000 0 0 2000 3000 5000", answer["x-before"]);
        Assert.Equal("8000 2000 3000 5000", answer["x-then"]);
    }

    [Fact]
    public void Bytes_that_each_side_was_sent_are_told()
    {
        AnsweringOrigin origin = NewAnsweringOrigin();
        Proxy proxy = Start(Simple(origin, """
            log stdout format raw local0
                log-format "is %[req.bytes_out] %[res.bytes_out] %[var(txn.before)]"
                http-request return status 200 content-type text/plain string own if { path /own }
                http-response set-var(txn.before) req.bytes_out
            """));
        Wire client = proxy.Connect("fe");
        Assert.Equal("own", client.Send(Get("/own")).ReadResponse().Text);
        string[] own = proxy.Output.WaitForCount(1)[0].Split(' ');
        Assert.Equal("0", own[1]); // no server was sent anything
        Assert.True(int.Parse(own[2], CultureInfo.InvariantCulture) > "HTTP/1.1 200 OK".Length);
        client.Send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\n12345").ReadResponse();
        string[] passed = proxy.Output.WaitForCount(2)[1].Split(' ');
        Assert.True(int.Parse(passed[1], CultureInfo.InvariantCulture) >= "POST / HTTP/1.1\r\n\r\n12345".Length);
        Assert.True(int.Parse(passed[2], CultureInfo.InvariantCulture) > "HTTP/1.1 200 OK".Length);
        Assert.True(int.Parse(passed[3], CultureInfo.InvariantCulture) <= int.Parse(passed[1], CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("nbthread 1")]
    [InlineData("nbthread 4\n    thread-groups 2")]
    public void The_load_of_threads_is_a_share_of_a_hundred(string threads)
    {
        Proxy proxy = Start($"global\n    {threads}\n" + HttpDefaults + """

            frontend fe
                bind <fe>
                http-request return status 200 content-type text/plain lf-string "%[cpu_usage_thr] %[cpu_usage_grp] %[cpu_usage_proc]"
            """);
        string text = proxy.Connect("fe").Send(Get()).ReadResponse().Text;
        Assert.All(text.Split(' '), static part => Assert.InRange(int.Parse(part, CultureInfo.InvariantCulture), 0, 100));
    }

    [Fact]
    public void Tokens_of_distcc_are_found_by_name_and_occurrence()
    {
        Origin origin = NewOrigin();
        Proxy proxy = Start($"""
            {TcpDefaults}
            frontend fe
                bind <fe>
                log stdout format raw local0
                log-format "%[var(txn.v)]"
                tcp-request inspect-delay 5s
                tcp-request content set-var-fmt(txn.v) "%[distcc_param(DIST)] %[distcc_param(ARGV)] %[distcc_body(ARGV,2)] %[distcc_param(DOTI)]" if {"{ distcc_param(DOTI) -m found }"}
                tcp-request content reject if {"{ distcc_param(DOTI) -m found }"}
                default_backend be
            backend be
                server s {origin.Address}
            """);
        using Wire client = proxy.Connect("fe");
        client.Send("DIST00000003ARGC00000002ARGV00000002ccARGV00000003a.cDO");
        client.Send("TI0000000axx");
        Assert.Equal("3 2 a.c 10", proxy.Output.WaitFor("a.c"));
    }
}
