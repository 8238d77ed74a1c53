using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace Benchmarks.Simulation;

/// <summary>
/// A configuration drawn from the dice, as the text that the real parser reads, so that a failure shows what an operator
/// would have to write to see it.
/// </summary>
internal sealed class ConfigurationPlan
{
    private readonly Dice dice;

    /// <summary>Draws the words of queues; null where servers do not change.</summary>
    private readonly Dice? queues;
    private readonly StringBuilder text = new();
    private ushort nextPort = 8000;

    public ConfigurationPlan(Dice dice, Dice? queues)
    {
        this.dice = dice;
        this.queues = queues;
        Threads = dice.Percent(50) ? 1 : dice.Between(2, 4);
        WriteGlobal();
        WriteDefaults();
        int tcp = dice.Percent(35) ? 1 : 0;
        int http = tcp == 1 && dice.Percent(30) ? 0 : dice.Between(1, 2);
        for (int i = 0; i < http; i++) WriteSite($"http{i}", isTcp: false);
        for (int i = 0; i < tcp; i++) WriteSite($"tcp{i}", isTcp: true);
    }

    public int Threads { get; }

    public List<FrontendModel> Frontends { get; } = [];

    public List<BackendModel> Backends { get; } = [];

    public string Text => text.ToString();

    private void WriteGlobal()
    {
        Line("global");
        Line($"    nbthread {Threads}");
        Line($"    maxconn {dice.Of(2, 4, 10, 40, 100)}");
        Line($"    tune.bufsize {dice.Of(4096, 8192, 16384, 16384, 16384, 32768)}");
        if (dice.Percent(20)) Line($"    tune.maxrewrite {dice.Of(256, 1024, 2048)}");
        if (dice.Percent(20)) Line($"    tune.pool-high-fd-ratio {dice.Of(1, 50, 90)}");
        if (dice.Percent(70)) Line("    log stdout format raw local0");
    }

    private void WriteDefaults()
    {
        Line("defaults");
        Line("    log global");
        Line($"    timeout client {Ms(150, 3000)}");
        Line($"    timeout server {Ms(150, 3000)}");
        Line($"    timeout connect {Ms(100, 1000)}");
        if (dice.Percent(60)) Line($"    timeout http-request {Ms(100, 2000)}");
        if (dice.Percent(60)) Line($"    timeout http-keep-alive {Ms(100, 2000)}");
        if (dice.Percent(60)) Line($"    timeout queue {Ms(100, 3000)}");
        if (dice.Percent(50)) Line($"    timeout tunnel {Ms(200, 4000)}");
        if (dice.Percent(30)) Line($"    timeout client-fin {Ms(100, 1000)}");
        if (dice.Percent(30)) Line($"    timeout server-fin {Ms(100, 1000)}");
        if (dice.Percent(60)) Line($"    retries {dice.Between(0, 4)}");
        if (dice.Percent(50)) Line($"    option redispatch{dice.Of("", " 1", " 2", " -1")}");
    }

    private void WriteSite(string name, bool isTcp)
    {
        BackendModel backend = new() { Name = $"back-{name}", IsTcp = isTcp };
        FrontendModel frontend = new() { Name = name, IsTcp = isTcp, Backend = backend };
        Backends.Add(backend);
        Frontends.Add(frontend);
        Line($"frontend {name}");
        Line(isTcp ? "    mode tcp" : "    mode http");
        int listeners = dice.Percent(75) ? 1 : 2;
        for (int i = 0; i < listeners; i++)
        {
            frontend.Ports.Add(nextPort);
            Line($"    bind 127.0.0.1:{nextPort++}{(dice.Percent(10) ? " maxconn 2" : "")}");
        }
        if (dice.Percent(25)) Line($"    maxconn {dice.Of(1, 2, 5)}");
        if (dice.Percent(80)) Line(isTcp ? "    option tcplog" : "    option httplog");
        if (dice.Percent(30)) Line("    option dontlognull");
        if (!isTcp) WriteHttpOptions(isFrontend: true);
        Line($"    default_backend {backend.Name}");
        WriteBackend(backend);
    }

    private void WriteHttpOptions(bool isFrontend)
    {
        if (dice.Percent(10)) Line("    option httpclose");
        else if (dice.Percent(10)) Line("    option http-server-close");
        if (dice.Percent(25)) Line("    option forwardfor");
        if (isFrontend && dice.Percent(10)) Line("    option http-ignore-probes");
        if (!isFrontend && dice.Percent(30)) Line("    no option abortonclose");
    }

    private void WriteBackend(BackendModel backend)
    {
        Line($"backend {backend.Name}");
        Line(backend.IsTcp ? "    mode tcp" : "    mode http");
        string balance = dice.Of("roundrobin", "static-rr", "leastconn", "random", "random(1)", "first", "source");
        Line($"    balance {balance}");
        WriteQueueWords(backend);
        if (!backend.IsTcp)
        {
            Line($"    http-reuse {dice.Of("never", "safe", "aggressive", "always", "always")}");
            WriteHttpOptions(isFrontend: false);
        }
        if (dice.Percent(20)) Line("    option allbackups");
        int servers = dice.Of(1, 1, 2, 3, 5);
        bool areLimited = dice.Percent(50);
        bool failing = dice.Percent(25);
        for (int i = 0; i < servers; i++) WriteServer(backend, i, areLimited, failing);
    }

    private void WriteServer(BackendModel backend, int place, bool isLimited, bool mayFail)
    {
        ServerModel server = new()
        {
            Number = ServerCount(),
            Backend = backend,
            Name = $"s{place}",
            Address = string.Create(CultureInfo.InvariantCulture, $"10.0.{Backends.Count}.{place + 1}"),
            Port = 80,
            RefusesPercent = mayFail && dice.Percent(50) ? dice.Of(20, 50, 100) : 0,
            SilentPercent = mayFail && dice.Percent(30) ? dice.Of(20, 50) : 0,
        };
        backend.Servers.Add(server);
        text.Append(CultureInfo.InvariantCulture, $"    server {server.Name} {server.Address}:{server.Port}");
        if (isLimited && dice.Percent(80)) text.Append(CultureInfo.InvariantCulture, $" maxconn {dice.Of(1, 1, 2, 4)}");
        if (dice.Percent(25)) text.Append(CultureInfo.InvariantCulture, $" weight {dice.Of(0, 1, 2, 10, 256)}");
        if (place > 0 && dice.Percent(15)) text.Append(" backup");
        if (dice.Percent(7)) text.Append(" disabled");
        if (dice.Percent(15)) text.Append(CultureInfo.InvariantCulture, $" pool-max-conn {dice.Of(0, 1, 2)}");
        if (dice.Percent(25)) text.Append(CultureInfo.InvariantCulture, $" pool-purge-delay {dice.Of("0", "100ms", "1s")}");
        if (dice.Percent(15)) text.Append(CultureInfo.InvariantCulture, $" max-reuse {dice.Of(0, 1, 3)}");
        if (queues != null) WriteQueueOptions(isLimited);
        text.Append('\n');
    }

    private void WriteQueueWords(BackendModel backend)
    {
        if (queues == null) return;
        if (queues.Percent(30)) Line($"    fullconn {queues.Between(1, 10)}");
        string rules = backend.IsTcp ? "tcp-request content" : "http-request";
        if (queues.Percent(40)) Line($"    {rules} set-priority-class rand(5)");
        if (queues.Percent(40)) Line($"    {rules} set-priority-offset rand(1000)");
    }

    private void WriteQueueOptions(bool isLimited)
    {
        if (isLimited && queues!.Percent(40)) text.Append(CultureInfo.InvariantCulture, $" minconn {queues.Of(1, 2, 3)}");
        if (queues!.Percent(50)) text.Append(CultureInfo.InvariantCulture, $" slowstart {queues.Of("500ms", "1s", "2s")}");
    }

    private int ServerCount()
    {
        int count = 0;
        foreach (BackendModel backend in Backends) count += backend.Servers.Count;
        return count;
    }

    private string Ms(int least, int most) =>
        string.Create(CultureInfo.InvariantCulture, $"{dice.Between(least, most)}ms");

    private void Line(string line) => text.Append(line).Append('\n');
}
