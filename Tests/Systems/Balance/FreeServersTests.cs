using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using Engine.Data.Configuration;
using Engine.Data.Health;
using Engine.Data.Shared;
using Engine.Data.Streams;
using Engine.Data.Worlds;
using Engine.Systems.Balance;
using Engine.Systems.Health;
using Engine.Systems.Pick;
using Engine.Systems.Queue;
using Tests.Systems.Queue;
using Xunit;

namespace Tests.Systems.Balance;

/// <summary>What is found without looking at every server is what looking at every server finds.</summary>
public sealed class FreeServersTests
{
    private static readonly string[] Algorithms = ["roundrobin", "static-rr", "leastconn", "first", "random", "source"];

    public static TheoryData<string, int, bool> Farms()
    {
        TheoryData<string, int, bool> farms = [];
        foreach (string algorithm in Algorithms)
        {
            farms.Add(algorithm, 5, false);
            farms.Add(algorithm, 150, true);
        }
        return farms;
    }

    [Theory]
    [MemberData(nameof(Farms))]
    public void A_look_at_every_server_finds_the_same(string algorithm, int count, bool allBackups)
    {
        System.Random random = new(count + (allBackups ? 1 : 0));
        StringBuilder text = new($"  balance {algorithm}\n");
        if (allBackups) text.Append("  option allbackups\n");
        for (int i = 0; i < count; i++) text.Append(Line(random, i, count));
        QueueWorld worlds = new(text.ToString());
        World world = worlds[0];
        List<int> taken = [];
        for (int step = 0; step < 4_000; step++)
        {
            Act(random, worlds, taken, step);
            Compare(worlds, step);
        }
    }

    [Fact]
    public void Many_full_servers_are_passed_over_and_the_turn_goes_on_behind_the_free_one()
    {
        QueueWorld worlds = new(Servers(1000, "  balance roundrobin", "maxconn 1"));
        HashSet<int> chosen = [];
        for (int i = 0; i < 1000; i++) Assert.True(chosen.Add(Choose(worlds)));
        Assert.Equal(ChooseServer.Full, Choose(worlds));
        foreach (string name in (string[])["s500", "s900"])
        {
            ServerSlots.GiveBack(worlds[0], worlds.Number(name));
            Assert.Equal(worlds.Number(name), Choose(worlds));
        }
        ServerSlots.GiveBack(worlds[0], worlds.Number("s10"));
        ServerSlots.GiveBack(worlds[0], worlds.Number("s901"));
        Assert.Equal(worlds.Number("s901"), Choose(worlds));
    }

    [Fact]
    public void A_failed_server_with_very_many_turns_in_a_row_is_passed_over_while_another_has_room()
    {
        QueueWorld worlds = new("  balance static-rr\n  server a 127.0.0.1:1 maxconn 1\n  server b 127.0.0.1:2 weight 256\n");
        Stream stream = new() { FailedServer = worlds.Number("b") };
        for (int i = 0; i < 600; i++)
        {
            Assert.Equal(worlds.Number("a"), ChooseServer.Run(worlds[0], 0, ref stream, worlds.Backend));
            Assert.Equal(worlds.Number("b"), ChooseServer.Run(worlds[0], 0, ref stream, worlds.Backend));
            ServerSlots.GiveBack(worlds[0], worlds.Number("a"));
        }
    }

    [Theory]
    [InlineData("roundrobin")]
    [InlineData("random(1)")]
    [InlineData("leastconn")]
    [InlineData("static-rr")]
    public void With_allbackups_backups_share_the_work(string algorithm)
    {
        QueueWorld worlds = new($"""
              balance {algorithm}
              option allbackups
              server a 127.0.0.1:1 disabled
              server b 127.0.0.1:2 backup
              server c 127.0.0.1:3 backup weight 2
              server d 127.0.0.1:4 backup
            """);
        for (int i = 0; i < 400; i++) Choose(worlds);
        int[] served = [.. new[] { "a", "b", "c", "d" }.Select(name => worlds.Server(name).Served)];
        Assert.Equal(0, served[0]);
        int leeway = algorithm.StartsWith("random", StringComparison.Ordinal) ? 50 : 1;
        Assert.InRange(served[1], 100 - leeway, 100 + leeway);
        Assert.InRange(served[2], 200 - leeway, 200 + leeway);
        Assert.InRange(served[3], 100 - leeway, 100 + leeway);
        ChangeServer.Weight(worlds[0], worlds.Number("c"), 0);
        for (int i = 0; i < 100; i++) Choose(worlds);
        Assert.Equal(served[2], worlds.Server("c").Served);
    }

    private static string Line(System.Random random, int i, int count)
    {
        string line = string.Create(CultureInfo.InvariantCulture, $"  server s{i} 127.0.0.1:80 id {count - i}");
        if (random.Next(3) > 0) line += string.Create(CultureInfo.InvariantCulture, $" maxconn {random.Next(1, 4)}");
        if (random.Next(8) == 0) line += " minconn 1 maxconn 4";
        if (random.Next(3) == 0) line += " backup";
        if (random.Next(6) == 0) line += " weight 0";
        return line + "\n";
    }

    private static void Act(System.Random random, QueueWorld worlds, List<int> taken, int step)
    {
        World world = worlds[0];
        int server = worlds.Backend.Servers[random.Next(worlds.Backend.Servers.Length)];
        // Now and then nearly none is left, and then all come back.
        bool goes = step / 500 % 2 == 0;
        switch (random.Next(8))
        {
            case 0:
            case 1:
            case 2:
                int chosen = Choose(worlds);
                if (chosen >= 0) taken.Add(chosen);
                break;
            case 3 when taken.Count > 0:
                int at = random.Next(taken.Count);
                ServerSlots.GiveBack(world, taken[at]);
                taken.RemoveAt(at);
                break;
            case 4:
                ChangeServer.Weight(world, server, random.Next(3));
                break;
            case 5:
                ChangeServer.Limit(world, server, random.Next(5));
                break;
            case 6:
                ServerAdmin drain = ServerAdmin.ForcedDrain;
                ChangeServer.Admin(world, server, goes ? drain : ServerAdmin.None, goes ? ServerAdmin.None : drain);
                break;
            case 7:
                ServerAdmin maintenance = ServerAdmin.ForcedMaintenance;
                ChangeServer.Admin(world, server, goes ? maintenance : ServerAdmin.None, goes ? ServerAdmin.None : maintenance);
                break;
        }
    }

    private static void Compare(QueueWorld worlds, int step)
    {
        World world = worlds[0];
        Proxy backend = worlds.Backend;
        List<int> working = [.. backend.Servers.Where(number => ServerSlots.MayTake(worlds.Shared.Server(number)))];
        List<int> active = [.. working.Where(number => !worlds.Configuration.Servers[number].Backup)];
        List<int> backups = [.. working.Where(number => worlds.Configuration.Servers[number].Backup)];
        bool all = (backend.Options & ProxyOptions.AllBackups) != 0;
        List<int> eligible = active.Count > 0 ? active : all ? backups : [.. backups.Take(1)];
        if (backend.Balance == BalanceAlgorithm.First)
            eligible = [.. eligible.OrderBy(number => worlds.Configuration.Servers[number].Id)];
        Assert.Equal(active.Count > 0, BackupServers.AnyActive(world, backend));
        Assert.Equal(eligible.Count > 0, BackupServers.AnyEligible(world, backend));
        Assert.Equal(backups.Count > 0 ? backups[0] : -1, FreeServers.FirstBackup(world, backend));
        List<int> found = [];
        int place = 0;
        for (int server = FreeServers.Next(world, backend, ref place); server >= 0; server = FreeServers.Next(world, backend, ref place))
        {
            found.Add(server);
            place++;
        }
        Assert.True(
            found.SequenceEqual(eligible.Where(number => !ServerSlots.IsFull(worlds.Shared, number))), $"at step {step}");
        foreach (int number in backend.Servers)
            Assert.Equal(eligible.Contains(number), ServerSlots.MayTake(world, number, isTied: false));
    }

    private static int Choose(QueueWorld worlds)
    {
        Stream stream = new() { FailedServer = -1 };
        return ChooseServer.Run(worlds[0], 0, ref stream, worlds.Backend);
    }

    private static string Servers(int count, string first, string each) =>
        first + "\n" + string.Join('\n', Enumerable.Range(0, count).Select(i => $"  server s{i} 127.0.0.1:80 {each}"));
}
