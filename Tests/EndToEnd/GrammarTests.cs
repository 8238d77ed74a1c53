using System.IO;
using Tests.EndToEnd.Harness;
using Xunit;
using Xunit.Abstractions;

namespace Tests.EndToEnd;

/// <summary>Words of the configuration language that are seen from outside: names made at run time, files, options.</summary>
public sealed class GrammarTests(ITestOutputHelper output) : EndToEndTest(output)
{
    [Fact]
    public void A_backend_is_chosen_by_a_name_that_the_request_makes()
    {
        Proxy proxy = Start($$"""
            {{HttpDefaults}}
            frontend fe
                bind <fe>
                use_backend be_off if { path /off }
                use_backend be_%[hdr(name),lower] if { hdr(name) -m found }
                use_backend be_two
                default_backend other
            backend be_one
                http-request return status 200 content-type text/plain string one
            backend be_two
                http-request return status 200 content-type text/plain string two
            backend be_off
                disabled
            backend other
                http-request return status 200 content-type text/plain string other
            """);
        Wire client = proxy.Connect("fe");
        (string Head, string Answer)[] cases =
        [
            ("Name: One\r\n", "one"), ("Name: two\r\n", "two"), ("", "two"), ("Name: nosuch\r\n", "other"),
            ("Name: off\r\n", "two"),
        ];
        foreach ((string head, string answer) in cases)
        {
            client.Send($"GET / HTTP/1.1\r\nHost: h\r\n{head}\r\n");
            Assert.Equal(answer, client.ReadResponse().Text);
        }
        client.Send(Get("/off"));
        Assert.Equal("two", client.ReadResponse().Text);
    }

    [Fact]
    public void Monitors_are_answered_before_all_rules_and_not_logged()
    {
        Proxy proxy = Start("""
            global
                log stdout format raw local0
            defaults
                mode http
                log global
                option httplog
                timeout client 5s
            frontend fe
                bind <fe>
                monitor-uri /alive
                acl dead hdr(dead) 1
                monitor fail if dead
                http-request deny if { path /alive }
                http-request return status 204
            """);
        Wire client = proxy.Connect("fe");
        (string Target, string Field, int Status)[] cases =
        [
            ("/alive", "", 200), ("/alive", "Dead: 1\r\n", 503), ("http://h/alive", "", 200), ("/alive?x", "", 403),
            ("/aliv", "", 204),
        ];
        foreach ((string target, string field, int status) in cases)
        {
            client.Send($"GET {target} HTTP/1.1\r\nHost: h\r\n{field}\r\n");
            Assert.Equal(status, client.ReadResponse().Status);
        }
        proxy.Output.WaitFor("GET /aliv HTTP");
        Assert.Equal(["GET /alive?x HTTP/1.1", "GET /aliv HTTP/1.1"],
            System.Linq.Enumerable.Select(proxy.Output.Lines, line => line.Split('"')[1]));
    }

    [Fact]
    public void Relative_files_are_found_beside_the_configuration()
    {
        string directory = Directory.CreateDirectory(Path.Combine(Bench.Directory, "etc")).FullName;
        File.WriteAllText(Path.Combine(directory, "503.http"), "HTTP/1.0 503 Here\r\n\r\n");
        string text = "global\n default-path {0}\ndefaults\n errorfile 503 {1}\n";
        foreach ((string mode, string name, int code) in ((string, string, int)[])
            [("config", "503.http", 0), ("parent", "etc/503.http", 0), ("current", "503.http", 1),
                ($"origin {directory}", "503.http", 0), ("origin /no/such/file", "503.http", 1)])
        {
            string file = Path.Combine(directory, "x.cfg");
            File.WriteAllText(file, string.Format(text, mode, name));
            Assert.Equal(code, Bench.Run("-c", "-f", file).ExitCode);
        }
    }

    [Theory]
    [InlineData("", "close")]
    [InlineData("option http-pretend-keepalive", null)]
    public void A_server_is_told_of_the_close_or_not(string option, string? said)
    {
        Origin origin = NewOrigin();
        Proxy proxy = Start(Simple(origin, backend: "option httpclose\n    " + option));
        Wire client = proxy.Connect("fe");
        client.Send(Get());
        Wire server = origin.Accept();
        Assert.Equal(said, server.ReadRequest()["connection"]);
        server.Send(Ok);
        Assert.Equal("ok", client.ReadResponse().Text);
        server.ExpectEnd();
    }

    [Fact]
    public void Threads_share_a_socket_where_ports_are_not_reused()
    {
        Proxy proxy = Start("""
            global
                nbthread 2
                noreuseport
            defaults
                mode http
                timeout client 5s
            frontend fe
                bind <fe>
                option clitcpka
                clitcpka-idle 77s
                http-request return status 200
            """);
        for (int i = 0; i < 8; i++)
        {
            Wire client = proxy.Connect("fe");
            client.Send(Get());
            Assert.Equal(200, client.ReadResponse().Status);
        }
    }
}
