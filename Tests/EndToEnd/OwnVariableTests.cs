using System;
using System.IO;
using Tests.EndToEnd.Harness;
using Xunit;
using Xunit.Abstractions;

namespace Tests.EndToEnd;

/// <summary>Variables that a configuration finds without anybody's setting them (manual section 2.3).</summary>
public sealed class OwnVariableTests(ITestOutputHelper output) : AdminSocketTest(output)
{
    [Fact]
    public void Formats_of_lines_are_there_to_be_added_to()
    {
        Proxy proxy = Start($$"""
            global
                log stdout format raw local0
            {{HttpDefaults}}
                log global
            frontend fe
                bind <fe>
                log-format "${HAPROXY_HTTP_LOG_FMT} rule=%[last_rule_line]"
                http-request return status 200
            """);
        using Wire client = proxy.Connect("fe");
        client.Send(Get("/there"));
        Assert.Equal(200, client.ReadResponse().Status);
        Assert.Matches(@"^127\.0\.0\.1:\d+ \[.*\] fe fe/<NOSRV> .* ""GET /there HTTP/1\.1"" rule=\d+$",
            proxy.Output.WaitFor("/there"));
    }

    [Fact]
    public void The_process_tells_of_itself()
    {
        StartApi(HttpDefaults + """
            frontend fe
                bind <fe>
            """, "localpeer here");
        string[] variables = Say("show env").Split('\n');
        Assert.Contains("HAPROXY_BRANCH=3.5", variables);
        Assert.Contains("HAPROXY_LOCALPEER=here", variables);
        Assert.Contains($"HAPROXY_CLI=unix@{SocketPath}", variables);
        Assert.Contains($"HAPROXY_CFGFILES={Path.Combine(Bench.Directory, "haproxy0.cfg")}", variables);
        Assert.DoesNotContain(variables, line => line.StartsWith("HAPROXY_HTTP_LOG_FMT=", StringComparison.Ordinal));
    }

    [Fact]
    public void Lines_see_them_and_may_change_them()
    {
        string path = Bench.WriteFile("x.cfg", """
            global
                setenv HAPROXY_TCP_LOG_FMT mine
            .notice "$HAPROXY_TCP_LOG_FMT|$HAPROXY_TCP_CLF_LOG_FMT"
            .notice "$HAPROXY_LOCALPEER|$HAPROXY_BRANCH|$HAPROXY_CFGFILES"
            .notice "$HAPROXY_KEYLOG_BC_LOG_FMT"

            """);
        string errors = Bench.Run("-c", "-L", "me", "-f", path).Errors;
        Assert.Contains("'mine|%{+Q}o %{-Q}ci - - [%T] ", errors);
        Assert.Contains($"'me|3.5|{path}'", errors);
        Assert.Contains("EXPORTER_SECRET %[ssl_bc_client_random,hex] %[ssl_bc_exporter_secret]", errors);
    }

    [Fact]
    public void A_local_peer_of_the_command_line_stands()
    {
        string path = Bench.WriteFile("x.cfg", "global\n    localpeer other\n");
        Assert.Contains(
            "'localpeer' ignored since it is already set by using the '-L' command line argument.",
            Bench.Run("-c", "-L", "me", "-f", path).Errors);
    }
}
