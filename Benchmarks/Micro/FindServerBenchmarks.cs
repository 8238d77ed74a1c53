using System.Globalization;
using System.Text;
using BenchmarkDotNet.Attributes;
using Engine.Data.Configuration;
using Engine.Data.Shared;
using Engine.Data.Sticky;
using Engine.Data.Streams;
using Engine.Data.Time;
using Engine.Data.Worlds;
using Engine.Systems.Balance;
using Engine.Systems.Persist;
using Engine.Systems.Queue;
using Engine.Systems.Sticky;

namespace Benchmarks.Micro;

/// <summary>
/// What finding a certain server costs, by how many the backend has: the last one by its cookie or a stick table's text,
/// the one that is free while all others are full, none while all are, the first backup while no other works.
/// </summary>
[MemoryDiagnoser]
public class FindServerBenchmarks
{
    private readonly StickTableSettings table = new();
    private World cookies = null!;
    private World full = null!;
    private World backups = null!;
    private byte[] cookie = [];
    private uint text;
    private int last;
    private Stream stream = new() { FailedServer = -1 };

    [Params(10, 1_000, 50_000)]
    public int Servers { get; set; }

    [GlobalSetup]
    public void Prepare()
    {
        string lastCookie = string.Create(CultureInfo.InvariantCulture, $"c{Servers - 1}");
        cookie = Encoding.Latin1.GetBytes(lastCookie);
        cookies = PickWorld.Of(" cookie C", Servers, static i => string.Create(CultureInfo.InvariantCulture, $"cookie c{i}"));
        text = cookies.Shared.StickTexts.NumberOf(string.Create(CultureInfo.InvariantCulture, $"s{Servers - 1}"));
        full = PickWorld.Of(" balance roundrobin", Servers, static _ => "maxconn 1");
        foreach (int server in Backend(full).Servers) ServerSlots.TryTake(full.Shared, server);
        backups = PickWorld.Of(" balance roundrobin", Servers, i => i < Servers - 1 ? "disabled" : "backup");
        last = Servers - 1;
    }

    [Benchmark]
    [AllocatesNothing]
    public int ByCookie() => FindCookieServer.Run(cookies, Backend(cookies), cookie, PersistenceOverride.None, out _);

    [Benchmark]
    [AllocatesNothing]
    public int ByStickText() => FindStickServer.Run(cookies, Backend(cookies).Number, table, text, -1);

    [Benchmark]
    [AllocatesNothing]
    public int OnlyFreeOne()
    {
        ServerSlots.GiveBack(full, last);
        return ChooseServer.Run(full, 0, ref stream, Backend(full));
    }

    [Benchmark]
    [AllocatesNothing]
    public int JoinWhileAllAreFull()
    {
        full.Stream[0] = new Stream { FailedServer = -1, Backend = Backend(full).Number };
        int answer = ChooseServer.Run(full, 0, ref full.Stream[0], Backend(full));
        AdmitQueued.Run(full, 0, ref full.Stream[0], -1);
        LeaveQueue.Run(full, 0, ref full.Stream[0]);
        full.Wheel.Remove(TimerWheel.StreamKind, 0, ref full.Stream[0].Timer);
        return answer;
    }

    [Benchmark]
    [AllocatesNothing]
    public int OnlyBackup()
    {
        int server = ChooseServer.Run(backups, 0, ref stream, Backend(backups));
        ServerSlots.GiveBack(backups, server);
        return server;
    }

    private static Proxy Backend(World world) => world.Configuration.Proxies[^1];
}
