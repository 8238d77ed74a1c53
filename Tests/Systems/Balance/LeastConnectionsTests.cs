using System.Collections.Generic;
using System.Linq;
using Engine.Data.Configuration;
using Engine.Data.Health;
using Engine.Data.Streams;
using Engine.Data.Worlds;
using Engine.Systems.Balance;
using Engine.Systems.Health;
using Engine.Systems.Queue;
using Tests.Systems.Queue;
using Xunit;

namespace Tests.Systems.Balance;

/// <summary><c>balance leastconn</c> with few servers, that are looked through, and with many, that stand in a tree.</summary>
public sealed class LeastConnectionsTests
{
    [Theory]
    [InlineData(3)]
    [InlineData(100)]
    public void Each_gets_one_before_any_gets_two_and_who_gives_back_is_next(int count)
    {
        QueueWorld worlds = Servers(count, "", "");
        World world = worlds[0];
        HashSet<int> first = [];
        for (int i = 0; i < count; i++) Assert.True(first.Add(Choose(world, worlds.Backend)));
        int second = Choose(world, worlds.Backend);
        Assert.Contains(second, first);
        int free = worlds.Number("s1");
        while (worlds.Shared.Server(free).Served > 0) ServerSlots.GiveBack(world, free);
        Assert.Equal(free, Choose(world, worlds.Backend));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(100)]
    public void Shares_follow_the_weights(int count)
    {
        QueueWorld worlds = Servers(count, "weight 3", "");
        for (int i = 0; i < 4 * (count + 2); i++) Choose(worlds[0], worlds.Backend);
        Assert.Equal(12, worlds.Server("s0").Served);
        for (int i = 1; i < count; i++) Assert.Equal(4, worlds.Server($"s{i}").Served);
    }

    /// <summary>Each its first, then what it would carry with one more: as HAProxy 3.5 was seen to choose.</summary>
    [Theory]
    [InlineData(2, 6, 1, 5)]
    [InlineData(100, 104, 1, 5)]
    public void Idle_servers_come_first_and_then_the_one_that_one_more_burdens_least(int count, int requests, int light, int heavy)
    {
        QueueWorld worlds = Servers(count, "weight 3", "");
        for (int i = 0; i < requests; i++) Choose(worlds[0], worlds.Backend);
        Assert.Equal(heavy, worlds.Server("s0").Served);
        Assert.Equal(light, worlds.Server("s1").Served);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(100)]
    public void Who_is_down_full_or_a_backup_is_passed_over_until_that_ends(int count)
    {
        QueueWorld worlds = Servers(count, "maxconn 1", "backup");
        World world = worlds[0];
        int limited = worlds.Number("s0");
        int down = worlds.Number("s1");
        int backup = worlds.Number($"s{count - 1}");
        ChangeServer.Admin(world, down, ServerAdmin.ForcedMaintenance, ServerAdmin.None);
        int[] chosen = [.. Enumerable.Range(0, count * 2).Select(_ => Choose(world, worlds.Backend))];
        Assert.DoesNotContain(down, chosen);
        Assert.DoesNotContain(backup, chosen);
        Assert.Single(chosen, limited);
        ChangeServer.Admin(world, down, ServerAdmin.None, ServerAdmin.ForcedMaintenance);
        Assert.Equal(down, Choose(world, worlds.Backend));
        ChangeServer.Limit(world, limited, 5);
        Choose(world, worlds.Backend);
        Choose(world, worlds.Backend);
        Assert.True(worlds.Shared.Server(limited).Served > 1);
    }

    private static int Choose(World world, Proxy backend)
    {
        Stream stream = new() { FailedServer = -1 };
        return ChooseServer.Run(world, 0, ref stream, backend);
    }

    private static QueueWorld Servers(int count, string first, string last)
    {
        IEnumerable<string> lines = Enumerable.Range(0, count)
            .Select(i => $"  server s{i} 127.0.0.1:80 {(i == 0 ? first : i == count - 1 ? last : "")}");
        return new QueueWorld("  balance leastconn\n" + string.Join('\n', lines));
    }
}
