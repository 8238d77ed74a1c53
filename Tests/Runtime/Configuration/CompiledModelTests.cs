using System;
using System.IO;
using Engine.Data.Configuration;
using Engine.Data.Health;
using Engine.Data.Kernel;
using Engine.Data.Logs;
using Engine.Runtime.CommandLine;
using Xunit;

namespace Tests.Runtime.Configuration;

/// <summary>What the words make of the compiled configuration.</summary>
public sealed class CompiledModelTests
{
    private const string Everything = """
        global
            log stdout format raw local0
            log 127.0.0.1 len 2000 format rfc5424 local7 info err
            log /dev/log daemon
            log abns@sink format iso user notice
            log-tag "my tag"
            log-send-hostname host-1
            maxconn 2000
            nbthread 2
            cpu-map auto:1/1-2 0-1
            daemon
            pidfile /run/s.pid
            node n1
            description a b  c
            localpeer me
            uid 65534
            gid 65534
            ulimit-n 5000
            hard-stop-after 30s
            stats socket /tmp/s.sock mode 660 level admin
            stats socket 127.0.0.1:9999
            stats timeout 2m
            stats maxconn 20
            tune.bufsize 32k
            tune.maxrewrite 2048
            tune.http.maxhdr 64
            tune.http.logurilen 2000
            tune.maxaccept 16
            tune.pool-low-fd-ratio 30
            tune.pool-high-fd-ratio 40

        defaults base
            mode http
            log global
            option httplog
            option forwardfor except 127.0.0.0/8 except 10.0.0.0/255.0.0.0 header X-Client if-none
            option redispatch 3
            option http-server-close
            retries 5
            maxconn 500
            backlog 100
            balance source
            http-reuse aggressive
            default-server weight 10 maxconn 5 pool-max-conn 7
            timeout client 1m
            timeout connect 5s
            timeout server 1m
            timeout queue 30s
            timeout http-request 10s
            timeout http-keep-alive 15s
            timeout tunnel 1h
            timeout client-fin 1s
            timeout server-fin 2s
            timeout tarpit 20s
            timeout check 3s

        frontend www from base
            bind 127.0.0.1:8080-8081,[::1]:8080 name main maxconn 100 backlog 50 v6only mss 1400 tfo defer-accept
            bind *:8090 id 7 interface lo transparent
            bind unix@/tmp/w.sock mode 600 uid 1 gid 2 v4v6
            bind abns@w
            id 20
            maxconn 300
            default_backend app
            use_backend other
            log 127.0.0.1:514 local0
            log-tag www
            option logasap
            option dontlognull
            option dontlog-normal
            option log-separate-errors
            option http-ignore-probes
            description the web

        backend app from base
            server s1 127.0.0.1:9001
            server s2 [::1] weight 20 backup id 9 maxconn 0
            server s3 unix@/tmp/o.sock disabled pool-purge-delay 10s pool-low-conn 2 max-reuse 100
            default-server weight 30
            server s4 127.0.0.1:+10 source 127.0.0.2:80
            balance random(4)
            no option redispatch
            option allbackups
            option abortonclose
            option http-no-delay

        defaults
            mode tcp
            timeout client 1s
            timeout connect 1s
            timeout server 1s

        listen both
            bind :8100
            server a 10.0.0.1:80
            balance leastconn
            option splice-auto

        backend other
            mode http
            disabled
            http-reuse never
            option httpclose
            balance static-rr

        """;

    [Fact]
    public void Servers_start_from_what_they_name()
    {
        Parsed parsed = Parsed.Of("""
            defaults
             default-server weight 77
            backend a
             default-server name n weight 8 maxconn 9
             default-server name n backup
             server x 1.1.1.1:1 weight 7 maxconn 3 cookie c guid g id 44
            backend b
             default-server name n
             server i 1.1.1.1:1
             server j 1.1.1.1:1 from none
             server k 1.1.1.1:1 from srv:n
             server l 1.1.1.1:1 from be:a
             server m 1.1.1.1:2 from srv:a/x maxconn 4
             server o 1.1.1.1:1 from srv:a/n
             default-server from srv:o weight 5
             server p 1.1.1.1:1
             server q 1.1.1.1:1 from be:
             default-server name n from none maxconn 6
             server r 1.1.1.1:1 from srv:n
             server s 1.1.1.1:1 from srv:r

            """);
        Assert.Equal(
            [
                "x 7 3 False 1 44", "i 77 0 False 1 1", "j 1 0 False 1 2", "k 1 0 False 1 3", "l 77 0 False 1 4",
                "m 7 4 False 2 5", "o 8 9 True 1 6", "p 5 9 True 1 7", "q 5 9 True 1 8", "r 1 6 False 1 9", "s 1 6 False 1 10",
            ],
            Array.ConvertAll(
                parsed.Configuration!.Servers,
                server => $"{server.Name} {server.Weight} {server.MaxConnections} {server.Backup} {server.Address.Port} {server.Id}"));
        Server[] servers = parsed.Configuration.Servers;
        Assert.Equal(["x", "m"], Array.ConvertAll(Array.FindAll(servers, server => !server.Cookie.IsEmpty), server => server.Name));
        Assert.Equal(["x"], Array.ConvertAll(Array.FindAll(servers, server => server.Guid is not null), server => server.Name));
    }

    [Theory]
    [InlineData("default-server name n\n server n 1.1.1.1:1", "another server named 'n' was already defined at line 2")]
    [InlineData("server n 1.1.1.1:1\n default-server name n", "default-server name 'n' conflicts with server defined at line 2.")]
    public void A_set_of_options_and_a_server_may_not_share_a_name(string lines, string error) =>
        Assert.Contains(Parsed.Of($"backend b\n {lines}\n").Messages, said => said.Text.Contains(error, StringComparison.Ordinal));

    [Fact]
    public void Everything_that_can_be_set() => Snapshot.Verify(ModelText.Of(Parsed.Good(Everything).Configuration!));

    [Fact]
    public void An_empty_file_has_the_defaults()
    {
        Parsed parsed = Parsed.Good("");
        Assert.Empty(parsed.Configuration!.Proxies);
        Assert.Equal(16384, parsed.Globals.BufferSize);
        Assert.Equal(1024, parsed.Globals.MaxRewrite);
        Assert.Equal(101, parsed.Globals.MaxHeaders);
    }

    [Fact]
    public void Targets_of_one_place_share_a_number()
    {
        Parsed parsed = Parsed.Good("""
            global
             log 127.0.0.1:514 local0
             log stdout format raw local1
            frontend a
             log global
             log 127.0.0.1:514 local3
             log 127.0.0.1:515 local3
             log stdout local3
             bind :1
             timeout client 1s

            """);
        LogTarget[] targets = parsed.FirstProxy.LogTargets;
        Assert.Equal([0, 1, 0, 2, 1], Array.ConvertAll(targets, target => target.Number));
        Assert.Equal([16, 17, 19, 19, 19], Array.ConvertAll(targets, target => target.Facility));
    }

    [Theory]
    [InlineData("cpu-map 1/1-2 0-3", "0 1 2 3|0 1 2 3|")]
    [InlineData("cpu-map auto:1/1-3 0-2", "0|1|2")]
    [InlineData("cpu-map auto:1/1-3 4 2 0", "0|2|4")]
    [InlineData("cpu-map 1 5", "5|5|5")]
    [InlineData("cpu-map all 0,2", "0 2|0 2|0 2")]
    [InlineData("cpu-map odd 1", "1|1|1")]
    [InlineData("cpu-map even 1", "||")]
    [InlineData("cpu-map 1/odd 1", "1||1")]
    [InlineData("cpu-map 1/even 1-2", "|1 2|")]
    [InlineData("cpu-map 2/1 0", "||")]
    [InlineData("cpu-map 1/3 7 9-10", "||7 9 10")]
    public void Cpu_map(string line, string expected)
    {
        Parsed parsed = Parsed.Of($"global\n nbthread 3\n {line}\n");
        int[]?[] map = parsed.Globals.CpuMap;
        string[] threads = ["", "", ""];
        for (int i = 0; i < 3 && i < map.Length; i++) threads[i] = string.Join(' ', map[i] ?? []);
        Assert.Equal(expected, string.Join('|', threads));
    }

    [Theory]
    [InlineData("", "1-3 4-5 6-7")]
    [InlineData("thread-group 2 1-2", "3-5 1-2 6-7")]
    [InlineData("thread-group 2 4-5", "1-3 4-5 6-7")]
    [InlineData("thread-group 1 1", "1-1 2-4 5-7")]
    [InlineData("thread-group 3 7 6", "1-3 4-5 6-7")]
    [InlineData("thread-group 2", "1-3 4-5 6-7")]
    public void Thread_groups(string line, string expected)
    {
        ThreadGroup[] groups = Parsed.Of($"global\n nbthread 7\n thread-groups 3\n {line}\n").Globals.Groups;
        Assert.Equal(expected, string.Join(' ', Array.ConvertAll(groups, group => $"{group.First + 1}-{group.First + group.Count}")));
    }

    [Theory]
    [InlineData(16, "", 1)]
    [InlineData(17, "", 2)]
    [InlineData(70, "", 5)]
    [InlineData(70, "thread-groups 2", 2)]
    [InlineData(20, "max-threads-per-group 20", 1)]
    public void Groups_made_of_many_threads(int threads, string line, int groups) =>
        Assert.Equal(groups, Parsed.Of($"global\n nbthread {threads}\n {line}\n").Globals.Groups.Length);

    [Theory]
    [InlineData("cpu-map auto:1-2/1-2 0-1", "0|1|0|1")]
    [InlineData("cpu-map 2/1 5", "||5|")]
    [InlineData("cpu-map odd/1 5", "5|||")]
    [InlineData("cpu-map all 0,2", "0 2|0 2|0 2|0 2")]
    public void Cpu_map_of_groups(string line, string expected)
    {
        int[]?[] map = Parsed.Of($"global\n nbthread 4\n thread-groups 2\n {line}\n").Globals.CpuMap;
        Assert.Equal(expected, string.Join('|', Array.ConvertAll(map, cpus => string.Join(' ', cpus ?? []))));
    }

    [Theory]
    [InlineData("thread 2/1", "0010")]
    [InlineData("thread 1/1,2/2", "1001")]
    [InlineData("thread 2/all", "0011")]
    [InlineData("thread 2-3", "0110")]
    [InlineData("thread 2-3,2/2", "0111")]
    public void Threads_of_listeners(string option, string expected)
    {
        Parsed parsed = Parsed.Of($"global\n nbthread 4\n thread-groups 2\nfrontend f\n bind :80 {option}\n");
        bool[] threads = parsed.Configuration!.Listeners[0].Threads!;
        Assert.Equal(expected, string.Concat(Array.ConvertAll(threads, own => own ? '1' : '0')));
    }

    [Fact]
    public void A_chosen_cpu_has_the_only_thread()
    {
        int cpu = Engine.Runtime.Process.CpuAffinity.Usable()[^1];
        Globals globals = Parsed.Of($"global\n cpu-set only-cpu {cpu}\n cpu-affinity per-thread\n").Globals;
        Assert.Equal(1, globals.Threads);
        Assert.Equal([cpu], globals.ChosenCpus!);
        Assert.Equal([cpu], globals.CpuMap[0]!);
    }

    [Theory]
    [InlineData("127.0.0.1:80", "Inet 7F000001:80")]
    [InlineData(":80", "Inet 00000000:80")]
    [InlineData("*:80", "Inet 00000000:80")]
    [InlineData("ipv4@:80", "Inet 00000000:80")]
    [InlineData("ipv6@:80", "Inet6 00000000000000000000000000000000:80")]
    [InlineData(":::80", "Inet6 00000000000000000000000000000000:80")]
    [InlineData("[::1]:80", "Inet6 00000000000000000000000000000001:80")]
    [InlineData("::1:80", "Inet6 00000000000000000000000000000001:80")]
    [InlineData("::ffff:1.2.3.4:80", "Inet6 00000000000000000000FFFF01020304:80")]
    [InlineData("tcp@1.2.3.4:80", "Inet 01020304:80")]
    [InlineData("tcp6@:80", "Inet6 00000000000000000000000000000000:80")]
    [InlineData("stream+ipv4@:80", "Inet 00000000:80")]
    public void Bind_addresses(string text, string expected)
    {
        Parsed parsed = Parsed.Good($"frontend f\n bind {text}\n timeout client 1s\n");
        Listener listener = Assert.Single(parsed.Configuration!.Listeners);
        SocketAddress address = listener.Address;
        Assert.Equal(
            expected, $"{address.Family} {Convert.ToHexString(address.AddressBytes)}:{address.Port}");
    }

    [Fact]
    public void A_range_gives_a_listener_a_port()
    {
        Parsed parsed = Parsed.Good("frontend f\n bind :80-82,127.0.0.1:90,\n timeout client 1s\n");
        Listener[] listeners = parsed.Configuration!.Listeners;
        Assert.Equal(
            ["0 1 :80", "1 2 :81", "2 3 :82", "3 4 127.0.0.1:90"],
            Array.ConvertAll(listeners, listener => $"{listener.Number} {listener.Id} {listener.Text}"));
        Assert.Equal([0, 1, 2, 3], parsed.FirstProxy.Listeners);
    }

    [Theory]
    [InlineData("1.2.3.4:80", false, 80, 0)]
    [InlineData("1.2.3.4", true, 0, 0)]
    [InlineData("1.2.3.4:", true, 0, 0)]
    [InlineData("1.2.3.4:+10", true, 0, 10)]
    [InlineData("1.2.3.4:-5", true, 0, -5)]
    [InlineData("*", true, 0, 0)]
    public void Server_ports(string address, bool maps, int port, int offset)
    {
        Parsed parsed = Parsed.Good(
            $"backend b\n server s {address}\n timeout connect 1s\n timeout server 1s\n");
        Server server = Assert.Single(parsed.Configuration!.Servers);
        Assert.Equal((maps, port, offset), (server.MapsPort, server.Address.Port, server.PortOffset));
    }

    [Fact]
    public void Numbers_are_given_around_those_of_the_file()
    {
        Parsed parsed = Parsed.Of("backend a\nbackend b\n id 2\n server x 1.1.1.1:1 id 1\n server y 1.1.1.1:1\nbackend c\n");
        Assert.Equal([3, 2, 4], Array.ConvertAll(parsed.Configuration!.Proxies, proxy => proxy.Id));
        Assert.Equal([1, 2], Array.ConvertAll(parsed.Configuration!.Servers, server => server.Id));
    }

    [Fact]
    public void Servers_take_the_default_server_before_them()
    {
        Parsed parsed = Parsed.Of("""
            defaults
             default-server weight 3
            backend b
             server x 1.1.1.1:1
             default-server maxconn 9
             server y 1.1.1.1:1 weight 5
             default-server weight 7 backup
             server z 1.1.1.1:1 no-backup
            backend c
             server w 1.1.1.1:1

            """);
        Assert.Equal(
            ["x 3 0 False", "y 5 9 False", "z 7 9 False", "w 3 0 False"],
            Array.ConvertAll(
                parsed.Configuration!.Servers,
                server => $"{server.Name} {server.Weight} {server.MaxConnections} {server.Backup}"));
    }

    [Fact]
    public void Options_are_inherited_and_taken_back()
    {
        Parsed parsed = Parsed.Of("""
            defaults
             mode http
             option redispatch
             option abortonclose
             option httpclose
            backend a
            backend b
             no option redispatch
             no option abortonclose
             option http-server-close
            backend c
             default option abortonclose
             no option httpclose

            """);
        Proxy[] proxies = parsed.Configuration!.Proxies;
        Assert.Equal(
            ProxyOptions.Redispatch | ProxyOptions.AbortOnClose | ProxyOptions.HttpClose, Said(proxies[0]));
        Assert.Equal(-1, proxies[0].RedispatchInterval);
        Assert.Equal(ProxyOptions.HttpServerClose, Said(proxies[1]));
        Assert.Equal(0, proxies[1].RedispatchInterval);
        Assert.Equal(ProxyOptions.Redispatch | ProxyOptions.AbortOnClose, Said(proxies[2]));

        // What the mode brings by itself is not what is looked at.
        static ProxyOptions Said(Proxy proxy) => proxy.Options & ~ProxyOptions.SmartAccept;
    }

    [Fact]
    public void A_listen_section_serves_itself()
    {
        Parsed parsed = Parsed.Of("listen a\n bind :1\nlisten b\n bind :2\n default_backend a\n use_backend a\n");
        Assert.Equal([0, 0], Array.ConvertAll(parsed.Configuration!.Proxies, proxy => proxy.DefaultBackend));
        Assert.Equal(0, Assert.Single(parsed.Configuration!.Proxies[1].SwitchingRules).Backend);
    }

    [Fact]
    public void An_error_file_is_read()
    {
        string path = Path.GetTempFileName();
        File.WriteAllText(path, "HTTP/1.0 503 Nope\r\ncontent-length: 2\r\n\r\nno");
        try
        {
            Parsed parsed = Parsed.Of($"defaults\n errorfile 503 {path}\nbackend a\nbackend b\n errorfile 400 /dev/null\n");
            Proxy[] proxies = parsed.Configuration!.Proxies;
            Assert.EndsWith("\r\n\r\nno", proxies[0].Errors.Find(503)!.Of(false, false, false).ToString());
            Assert.Null(proxies[0].Errors.Find(400));
            Assert.True(proxies[1].Errors.Find(400)!.IsEmpty);
            Assert.NotNull(proxies[1].Errors.Find(503));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Theory]
    [InlineData("HTTP/1.1 400 x\r\n", "no empty line after the header fields")]
    [InlineData("HTTP/1.1 400 x\r\nContent-Length: 3\r\n\r\nab", "its Content-Length is 3, its body has 2 bytes")]
    [InlineData("HTTP/1.1 400 x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", "its body is coded")]
    [InlineData("<html>", "unable to parse headers (error offset: 0)")]
    public void An_unfit_error_file_is_refused(string content, string why)
    {
        string path = Path.GetTempFileName();
        File.WriteAllText(path, content);
        try
        {
            Assert.Contains(why, Parsed.Of($"defaults\n errorfile 400 {path}\n").Said());
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Theory]
    [InlineData("port 88 addr 127.0.0.5", "127.0.0.5", 88)]
    [InlineData("port 88 addr 127.0.0.5 agent-port 5", "127.0.0.5", 5)]
    [InlineData("port 88 addr 127.0.0.5 agent-port 5 agent-addr 127.0.0.6", "127.0.0.6", 5)]
    public void An_agent_without_a_place_of_its_own_is_asked_where_the_server_is_checked(string words, string address, int port)
    {
        Parsed parsed = Parsed.Of($"defaults\n mode http\nbackend b\n server s 127.0.0.1:9 check agent-check {words}\n");
        CheckSettings agent = parsed.Configuration!.Servers[0].Agent;
        Assert.Equal((address, port), (new System.Net.IPAddress(agent.Address.AddressBytes).ToString(), agent.Port));
    }

    [Fact]
    public void The_command_line_wins()
    {
        Options options = new() { MaxConnections = 7, LocalPeer = "p", PidFile = "/x" };
        Parsed parsed = Parsed.Of("global\n maxconn 5\n pidfile /y\n", options);
        Assert.Equal((7, "p", "/x"), (parsed.Globals.MaxConnections, parsed.Globals.LocalPeer, parsed.Globals.PidFile));
    }

    [Theory]
    [InlineData("global\n zero-warning\nfrontend f\n", false)]
    [InlineData("frontend f\n", true)]
    public void Warnings_can_be_made_errors(string line, bool byOption)
    {
        Parsed parsed = Parsed.Of(line, new Options { ZeroWarning = byOption });
        Assert.Null(parsed.Configuration);
        Assert.Equal("Some warnings were found and 'zero-warning' is set. Aborting.", parsed.Messages[^1].Text);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_name_without_address(bool ignores)
    {
        Options options = new() { IgnoresResolutionFailures = ignores };
        const string Text = "backend b\n timeout connect 1s\n timeout server 1s\n server s no..such:80\n";
        Parsed parsed = Parsed.Of(Text, options);
        Assert.Equal(ignores, parsed.Configuration is not null);
        if (ignores) Assert.True(parsed.Configuration!.Servers[0].Unresolved);
        else Assert.Equal("Failed to initialize server(s) addr.", parsed.Messages[^1].Text);
    }

    [Fact]
    public void Names_are_looked_up()
    {
        Parsed parsed = Parsed.Good(
            "backend b\n timeout connect 1s\n timeout server 1s\n server s localhost:80\n server t ipv4@localhost:81\n");
        Server[] servers = parsed.Configuration!.Servers;
        Assert.NotEqual(AddressFamily.Unspecified, servers[0].Address.Family);
        Assert.Equal(80, servers[0].Address.Port);
        Assert.Equal("7F000001", Convert.ToHexString(servers[1].Address.AddressBytes));
    }
}
