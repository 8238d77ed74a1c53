using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Tests.EndToEnd.Harness;
using Xunit;
using Xunit.Abstractions;

namespace Tests.EndToEnd;

/// <summary>What <c>-c</c> says about good and bad files: exit codes and the shape of messages (CONVENTIONS
/// 3.1).</summary>
public sealed class ConfigurationTests(ITestOutputHelper output) : EndToEndTest(output)
{
    private const int SocketNameLength = 108;

    private const string Http = "mode http\ntimeout client 1s\nbind 127.0.0.1:1\n";

    /// <summary>Configuration, then for each expected message its line and a pattern of what follows
    /// it.</summary>
    public static TheoryData<string, string> Errors => new()
    {
        { "global\nfoo bar\n", "2 unknown keyword 'foo' in 'global' section" },
        { "global\nmaxcon 10\n",
            "2 unknown keyword 'maxcon' in 'global' section; did you mean 'maxconn' maybe \\?" },
        { "frontend f\nbimd :1\n",
            "2 unknown keyword 'bimd' in 'frontend' section; did you mean 'bind' maybe \\?" },
        { "defaults\noption tcplogg\n", "2 unknown option 'tcplogg'; did you mean 'tcplog' maybe \\?" },
        { "defaults\ntimeout clint 1s\n", "2 'timeout'.*'client'" },
        { "defaults\ntimeout client 1z\n", "2 .*'z' in 'timeout client'" },
        { "defaults\ntimeout client\n", "2 'timeout client'" },
        { "nosuch\n", "1 unknown keyword 'nosuch' out of section" },
        { "frontend\n", "1 'frontend' expects" },
        { "listen l\nmode tcpp\n", "2 unknown proxy mode 'tcpp'" },
        { "global\nlog 127.0.0.1 local99\n", "2 .*'local99'" },
        { "global\nlog stdout format rw local0\n", "2 .*'rw'" },
        { "global\nnbthread x\n", "2 'nbthread'.*'x'" },
        { $"frontend f\n{Http}http-request den\n",
            "5 'http-request' .*'den'.*[Dd]id you mean 'deny' maybe \\?" },
        { $"frontend f\n{Http}http-request set-header X\n", "5 .*http-request.*set-header" },
        { $"frontend f\n{Http}http-request set-header X \"unfinished\n", "5 unmatched quote at position" },
        { $"frontend f\n{Http}http-request deny if nosuch\n", "5 .*no such ACL : 'nosuch'" },
        { $"frontend f\n{Http}http-request set-header X %[nosuch]\n", "5 .*unknown fetch method 'nosuch'" },
        { $"frontend f\n{Http}acl a nosuch x\n", "5 .*ACL 'a' : unknown fetch method 'nosuch'" },
        { $"frontend f\n{Http}errorfile 599 /dev/null\n", "5 .*'599'" },
        { $"frontend f\n{Http}errorfile 503 /no/such/x\n", "5 .*'/no/such/x'" },
        { "frontend f\nbind 127.0.0.1\n", "2 'bind' : missing port" },
        { "frontend f\nbind 127.0.0.1:99999\n", "2 'bind' : invalid port '99999'" },
        { "frontend f\nbind 127.0.0.1:80 nosuchopt\n",
            "2 'bind 127.0.0.1:80' .*unknown keyword 'nosuchopt'" },
        { "backend b\nbalance rondrobin\n", "2 .*balance.*'roundrobin'" },
        { "backend b\nserver s\n", "2 'server' expects" },
        { "backend b\nserver s1 127.0.0.1:80 weigt 3\n",
            "2 'server b/s1' : unknown keyword 'weigt'; did you mean 'weight' maybe \\?" },
        { "backend b\nserver s1 127.0.0.1:80 weight 300\n", "2 'server b/s1' .*300" },
        {
            "global\nfoo\nmaxcon 1\ndefaults\noption tcplogg\n",
            "2 unknown keyword 'foo'\n3 unknown keyword 'maxcon'\n5 unknown option 'tcplogg'"
        },
    };

    [Theory]
    [MemberData(nameof(Errors))]
    public void An_error_names_its_file_and_line_and_all_errors_are_reported(
        string configuration, string expected)
    {
        string file = Bench.WriteFile("bad.cfg", configuration);
        ProgramResult result = Bench.Run("-c", "-f", file);
        Assert.Equal(1, result.ExitCode);
        Assert.Equal("", result.Output);
        string[] lines = result.Errors.Split('\n');
        foreach (string message in expected.Split('\n'))
        {
            int space = message.IndexOf(' ');
            string pattern =
                $@"^\[ALERT\]    \(\d+\) : config : (parsing )?\[{Regex.Escape(file)}:{message[..space]}\] ?: "
                + message[(space + 1)..];
            Assert.Contains(lines, line => Regex.IsMatch(line, pattern));
        }
        Assert.Contains(lines, line => Regex.IsMatch(line,
            $@"^\[ALERT\]    \(\d+\) : config : Error\(s\) found in configuration file : {Regex.Escape(file)}$"));
    }

    [Fact]
    public void A_backend_that_does_not_exist_is_found()
    {
        string file = Bench.WriteFile(
            "bad.cfg", $"frontend f\n{Http}default_backend nosuch\nuse_backend other if TRUE\n");
        ProgramResult result = Bench.Run("-c", "-f", file);
        Assert.Equal(1, result.ExitCode);
        Assert.Matches(
            @"\[ALERT\]    \(\d+\) : (config : )?Proxy 'f': unable to find required default_backend: 'nosuch'", result.Errors);
    }

    [Fact]
    public void Two_proxies_of_one_name_are_refused()
    {
        string file = Bench.WriteFile("bad.cfg", $"frontend f\n{Http}frontend f\n{Http}");
        ProgramResult result = Bench.Run("-c", "-f", file);
        Assert.Equal(1, result.ExitCode);
        Assert.Matches(
            $@"\[{Regex.Escape(file)}:5\]: frontend 'f' has the same name as frontend 'f' declared at {Regex.Escape(file)}:1", result.Errors);
    }

    [Fact]
    public void A_last_line_without_line_feed_may_be_truncated()
    {
        string file = Bench.WriteFile("bad.cfg", "global\n  maxconn 10");
        ProgramResult result = Bench.Run("-c", "-f", file);
        Assert.Equal(1, result.ExitCode);
        Assert.Matches(@":2\]: Missing LF on last line", result.Errors);
    }

    [SkippableFact]
    public void A_keyword_that_is_known_but_not_built_yet_is_refused()
    {
        ReferenceDiffers("runs all of its language");
        string file = Bench.WriteFile(
            "later.cfg", $"frontend f\n{Http}use_backend b\nbackend b\nuse-fcgi-app a\n");
        ProgramResult result = Bench.Run("-c", "-f", file);
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("not supported yet", result.Errors);
    }

    [Fact]
    public void A_good_file_is_good_in_silence()
    {
        string file = Bench.WriteFile("good.cfg", $"frontend f\n{Http}");
        ProgramResult result = Bench.Run("-c", "-f", file);
        Assert.Equal(new ProgramResult(0, "", ""), result);
        result = Bench.Run("-c", "-V", "-f", file);
        Assert.Equal(new ProgramResult(0, "Configuration file is valid", ""), result);
    }

    [Fact]
    public void Several_files_are_one_configuration()
    {
        string one = Bench.WriteFile("one.cfg", $"{HttpDefaults}frontend fe\nbind <fe>\n");
        string two = Bench.WriteFile(
            "two.cfg", "http-request return status 200 content-type text/plain string joined\n");
        string three = Bench.WriteFile(
            "three.cfg", $"{HttpDefaults}frontend other\nbind <other>\nhttp-request return status 204\n");
        // A section does not go on in the next file, a defaults section does.
        Assert.Equal(1, Bench.Run("-c", "-f", one, "-f", two).ExitCode);
        Assert.Equal(0, Bench.Run("-c", "-f", one, "-f", three).ExitCode);
        Assert.Equal(0, Bench.Run("-c", "--", one, three).ExitCode);
    }

    [Fact]
    public void A_directory_gives_its_cfg_files_in_order_and_nothing_else()
    {
        string directory = Path.Combine(Bench.Directory, "conf.d");
        Directory.CreateDirectory(directory);
        Bench.WriteFile("conf.d/20-fe.cfg",
            "frontend fe\nbind <fe>\nhttp-request return status 200 content-type text/plain string dir\n");
        Bench.WriteFile("conf.d/10-defaults.cfg", HttpDefaults);
        Bench.WriteFile("conf.d/99-not.txt", "garbage\n");
        Bench.WriteFile("conf.d/.hidden.cfg", "garbage\n");
        Proxy proxy = Bench.Launch(["-db", "-f", directory]);
        proxy.WaitUntilListening(["fe"]);
        Wire client = proxy.Connect("fe");
        client.Send(Get());
        Assert.Equal("dir", client.ReadResponse().Text);
    }

    [Fact]
    public void Environment_variables_expand_inside_double_quotes()
    {
        Environment.SetEnvironmentVariable("SLUICE_E2E_WORD", "from the environment");
        Proxy proxy = Start($$"""
            {{HttpDefaults}}
            frontend fe
                bind <fe>
                http-request return status 200 content-type text/plain string "${SLUICE_E2E_WORD}" if { path /strong }
                http-request return status 200 content-type text/plain string "${SLUICE_E2E_NONE-fallback}" if { path /fallback }
                http-request return status 200 content-type text/plain string '${SLUICE_E2E_WORD}' if { path /weak }
                http-request return status 200 content-type text/plain string "a\"b" if { path /quote }
                http-request return status 200 content-type text/plain string a\ b\#c if { path /escape } # comment
            """);
        Wire client = proxy.Connect("fe");
        foreach ((string target, string expected) in (ValueTuple<string, string>[])
        [
            ("/strong", "from the environment"), ("/fallback", "fallback"), ("/weak", "${SLUICE_E2E_WORD}"),
            ("/quote", "a\"b"), ("/escape", "a b#c"),
        ])
        {
            client.Send(Get(target));
            Assert.Equal(expected, client.ReadResponse().Text);
        }
    }

    [Fact]
    public void Named_defaults_are_inherited_and_overridden()
    {
        AnsweringOrigin origin = NewAnsweringOrigin();
        Proxy proxy = Start($"""
            defaults base
                mode http
                timeout connect 1s
                timeout client 5s
                timeout server 5s
            defaults ending from base
                option httpclose
            frontend keeping from base
                bind <keeping>
                default_backend be
            frontend closing from ending
                bind <closing>
                default_backend be
            frontend reopened from ending
                bind <reopened>
                no option httpclose
                default_backend be
            backend be from base
                server s1 {origin.Address}
            """);
        foreach ((string listener, bool closes) in (
            ValueTuple<string, bool>[])[("keeping", false), ("closing", true), ("reopened", false)])
        {
            Wire client = proxy.Connect(listener);
            client.Send(Get());
            Assert.Equal(closes ? "close" : null, client.ReadResponse()["connection"]);
        }
    }

    [Fact]
    public void Conditional_blocks_choose_lines()
    {
        Proxy proxy = Start($$"""
            {{HttpDefaults}}
            frontend fe
                bind <fe>
            .if defined(HOME) || defined(PATH)
                http-request set-header x-a b
            .else
                broken line
            .endif
            .if version_before(1.5)
                broken line
            .elif streq(a,b)
                broken line
            .else
                http-request return status 200 content-type text/plain string chosen
            .endif
            """);
        Wire client = proxy.Connect("fe");
        client.Send(Get());
        Assert.Equal("chosen", client.ReadResponse().Text);
    }

    [Fact]
    public void Listeners_of_every_family_accept()
    {
        string path = Path.Combine(Bench.Directory, "sock");
        AnsweringOrigin origin = NewAnsweringOrigin();
        int span = Bench.Ports["range"];
        Proxy proxy = Start($"""
            {HttpDefaults}
            frontend fe
                bind <fe>
                bind [::1]:<port:six>
                bind unix@{path}
                bind abns@sluice-e2e-<port:fe>
                bind 127.0.0.1:{span}-{span}
                default_backend be
            backend be
                server s1 {origin.Address}
            """);
        // The abstract name of abns@ fills the whole field of the address with zeros.
        string abstractName = $"\0sluice-e2e-{Bench.Ports["fe"]}".PadRight(SocketNameLength, '\0');
        System.Net.EndPoint[] ends =
        [
            new System.Net.IPEndPoint(System.Net.IPAddress.Loopback, Bench.Ports["fe"]),
            new System.Net.IPEndPoint(System.Net.IPAddress.IPv6Loopback, Bench.Ports["six"]),
            new System.Net.Sockets.UnixDomainSocketEndPoint(path),
            new System.Net.Sockets.UnixDomainSocketEndPoint(abstractName),
            new System.Net.IPEndPoint(System.Net.IPAddress.Loopback, span),
        ];
        proxy.WaitUntil(() => File.Exists(path) && Proxy.IsListening(Bench.Ports["six"])
            && Proxy.IsListening(span), "listeners");
        foreach (System.Net.EndPoint end in ends)
        {
            using Wire client = Wire.Connect(end, end.ToString()!);
            client.Send(Get());
            Assert.Equal(200, client.ReadResponse().Status);
        }
    }

    [Fact]
    public void Servers_may_be_unix_sockets()
    {
        Origin origin = Bench.Own(new Origin("unix", Path.Combine(Bench.Directory, "origin")));
        Proxy proxy = Start(Simple(origin));
        Wire client = proxy.Connect("fe");
        client.Send(Get());
        Wire server = origin.Accept();
        server.ReadRequest();
        server.Send(Ok);
        Assert.Equal("ok", client.ReadResponse().Text);
    }
}
