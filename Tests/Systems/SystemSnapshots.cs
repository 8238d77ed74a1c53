using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Engine.Data.Configuration;
using Engine.Data.Kernel;
using Engine.Data.Rules;
using Engine.Data.Samples;
using Engine.Data.Shared;
using Engine.Data.Streams;
using Engine.Data.Worlds;
using Engine.Systems.Balance;
using Engine.Systems.Health;
using Engine.Systems.Logs;
using Engine.Systems.Queue;
using Tests.Runtime.Configuration;
using Tests.Systems.Rules;
using Xunit;

namespace Tests.Systems;

/// <summary>
/// What single systems make of a small world, as files that a review sees change: rules, picks, log lines. Parsing has
/// its own beside the parsers.
/// </summary>
public sealed unsafe class SystemSnapshots
{
    private const string Before = """
        defaults
          mode http
          timeout client 4s
          timeout server 4s
          timeout connect 4s

        """;

    [Fact]
    public void Rules()
    {
        StringBuilder text = new();
        foreach (string path in (string[])["/", "/admin", "/old/page?x=1", "/static/a.css", "/deny"])
        {
            using RuleWorld world = Of("""
                frontend fe
                  bind 127.0.0.1:8080
                  acl is_admin path_beg /admin
                  http-request set-header X-Src %[src]:%[src_port]
                  http-request add-header X-Kind static if { path_end .css .js } || { method POST }
                  http-request deny status 429 if { path /deny }
                  http-request return status 200 content-type text/plain lf-string "admin is %[path]" if is_admin
                  http-request redirect prefix /new code 302 if { path_beg /old }
                  http-request del-header User-Agent
                """).WithRequest($"GET {path} HTTP/1.1\nHost: www.example.com\nUser-Agent: test\n\n");
            RuleVerdict verdict = world.Run();
            text.Append($"== {path}: {verdict.Kind} {verdict.Status}\n");
            text.Append(verdict.Kind == RuleVerdictKind.Continue
                ? world.Head()
                : verdict.ReplyHead.ToString().Replace("\r\n", "\n") + verdict.ReplyBody + "\n");
        }
        Snapshot.Verify(text.ToString());
    }

    [Fact]
    public void Picks()
    {
        StringBuilder text = new();
        foreach (string balance in (string[])["roundrobin", "static-rr", "leastconn", "first", "source"])
        {
            text.Append($"== {balance}: weights 1, 2 with maxconn 2, 4, a backup, a drained one\n");
            World world = WorldOf($"""
                backend be
                  balance {balance}
                  server a 127.0.0.1:1 weight 1
                  server b 127.0.0.1:2 weight 2 maxconn 2
                  server c 127.0.0.1:3 weight 4
                  server spare 127.0.0.1:4 backup
                  server drained 127.0.0.1:5 weight 0
                """);
            text.Append("kept:     ").Append(string.Join(' ', Pick(world, 14, givesBack: false))).Append('\n');
            for (int i = 0; i < 5; i++) world.Shared.Server(i).Served = 0;
            text.Append("returned: ").Append(string.Join(' ', Pick(world, 14, givesBack: true))).Append('\n');
        }
        Snapshot.Verify(text.ToString());
    }

    [Fact]
    public void PicksAfterWeightsChanged()
    {
        StringBuilder text = new();
        foreach (string balance in (string[])["roundrobin", "static-rr", "leastconn"])
        {
            World world = WorldOf($"""
                backend be
                  balance {balance}
                  server a 127.0.0.1:1 weight 2
                  server b 127.0.0.1:2 weight 1
                  server c 127.0.0.1:3 weight 0
                """);
            text.Append($"== {balance}: weights 2, 1, 0; then 1, 1, 4; then 0, 0, 1\n");
            text.Append(string.Join(' ', Pick(world, 9, givesBack: false))).Append('\n');
            foreach (int[] weights in (int[][])[[1, 1, 4], [0, 0, 1]])
            {
                for (int i = 0; i < weights.Length; i++) ChangeServer.Weight(world, i, weights[i]);
                text.Append(string.Join(' ', Pick(world, 12, givesBack: false))).Append('\n');
            }
        }
        Snapshot.Verify(text.ToString());
    }

    [Fact]
    public void LogLines()
    {
        StringBuilder text = new();
        foreach (string format in (string[])
            ["option httplog", "option httplog clf", "option tcplog", "log-format \"%ci %{+Q}r %[src,lower] %{+X}pid %Tr %tsc\""])
        {
            using RuleWorld world = Of($"""
                frontend fe
                  bind 127.0.0.1:8080
                  log 127.0.0.1:514 local0
                  {format}
                """).WithRequest("GET /a%20\xe9?b HTTP/1.1\nHost: www.example.com\n\n");
            text.Append($"== {format}\n").Append(Line(world, whole: false)).Append('\n').Append(Line(world, whole: true)).Append('\n');
        }
        Snapshot.Verify(text.ToString());
    }

    private static string Line(RuleWorld world, bool whole)
    {
        *world.Log = new StreamLog
        {
            AcceptedWallMicroseconds = RuleWorld.Wall,
            RequestWallMicroseconds = RuleWorld.Wall,
            StartedNanoseconds = 1_000_000_000,
            FirstByteNanoseconds = 1_005_000_000,
            HeadNanoseconds = 1_006_000_000,
            EndedNanoseconds = 1_060_000_000,
            RequestLine = world.Request->StartLine,
            EndCause = (byte)'C',
            EndState = (byte)'R',
        };
        if (whole)
        {
            world.Stream->Status = 200;
            world.Log->QueuedNanoseconds = 1_007_000_000;
            world.Log->ConnectedNanoseconds = 1_009_000_000;
            world.Log->ResponseNanoseconds = 1_040_000_000;
            world.Log->BytesToClient = 4711;
            world.Log->EndCause = world.Log->EndState = (byte)'-';
        }
        world.Build(out Evaluation scope);
        Span<byte> line = new byte[1024];
        int length = WriteLogLine.Run(ref scope, world.Configuration.Proxies[0].LogFormat!, line);
        return Encoding.Latin1.GetString(line[..length]);
    }

    private static RuleWorld Of(string text) => RuleWorld.Of($"{Before}{text}\n");

    private static World WorldOf(string text)
    {
        CompiledConfiguration configuration = Parsed.Of($"{Before}{text}\n").Configuration!;
        SharedWorld shared = new(configuration, 1, 64);
        TurnSequence.Prepare(configuration, shared);
        return new World(configuration, shared, 0, WorldSizes.For(64), 1);
    }

    private static IEnumerable<string> Pick(World world, int times, bool givesBack)
    {
        for (int i = 0; i < times; i++) yield return PickOne(world, i, givesBack);
    }

    private static string PickOne(World world, int turn, bool givesBack)
    {
        uint row = world.Streams.Take();
        uint client = world.Connections.Take();
        ref Stream stream = ref world.Stream[row];
        stream = new Stream { Client = client, Backend = 0, ServerNumber = -1, FailedServer = -1 };
        world.Client[client].Source = SocketAddress.Inet([10, 0, 0, (byte)turn], 40000);
        int server = ChooseServer.Run(world, row, ref stream, world.Configuration.Proxies[0]);
        if (server >= 0 && givesBack) ServerSlots.GiveBack(world, server);
        return server >= 0 ? world.Configuration.Servers[server].Name : server == ChooseServer.None ? "none" : "full";
    }
}
