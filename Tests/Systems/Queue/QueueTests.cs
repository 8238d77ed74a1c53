using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Engine.Data.Health;
using Engine.Data.Shared;
using Engine.Data.Streams;
using Engine.Data.Worlds;
using Engine.Systems.Health;
using Engine.Systems.Queue;
using Xunit;

namespace Tests.Systems.Queue;

/// <summary>Who waits, who is next, and that nobody waits beside a free slot.</summary>
public sealed class QueueTests
{
    [Fact]
    public void Waiters_are_served_in_order_of_class_then_time_then_arrival()
    {
        QueueWorld world = new("server a 127.0.0.1:1 maxconn 1");
        uint running = world.Ask();
        (string Name, int Class, int Offset)[] waiters =
            [("a", 0, 0), ("b", 0, 0), ("late", 0, 5000), ("low", 7, -9000), ("high", -10, 9000), ("early", 0, -5000)];
        Dictionary<uint, string> names = [];
        foreach ((string name, int priority, int offset) in waiters)
            names.Add(world.Ask(0, priority: priority, offsetMs: offset), name);
        List<string> served = [];
        for (int i = 0; i < waiters.Length; i++)
        {
            world.End(0, running);
            running = names.Keys.Single(row => world.Of(0, row) == "a");
            served.Add(names[running]);
            names.Remove(running);
        }
        Assert.Equal(["high", "early", "a", "b", "late", "low"], served);
        Assert.Null(world.Fault());
    }

    [Fact]
    public void A_tree_of_waiters_is_what_a_sorted_list_is()
    {
        WaiterTable table = new(600);
        Random random = new(7);
        List<uint> model = [];
        uint root = 0;
        uint sequence = 0;
        for (int i = 0; i < 20_000; i++)
        {
            if (model.Count < 500 && (model.Count == 0 || random.Next(5) < 3))
            {
                uint entry = table.Take();
                ref QueueEntry row = ref table[entry];
                row.Class = random.Next(-2, 3);
                row.Thread = random.Next(3);
                row.DueMs = random.Next(50);
                row.Sequence = sequence++;
                WaiterTree.Add(table, ref root, entry);
                model.Add(entry);
            }
            else
            {
                uint entry = model[random.Next(model.Count)];
                WaiterTree.Remove(table, ref root, entry);
                model.Remove(entry);
                table.Free(entry);
            }
            if (i % 50 != 0) continue;
            model.Sort((one, other) => Key(table[one]).CompareTo(Key(table[other])));
            Assert.Equal(model, InOrder(table, root));
            Assert.Equal(model.FirstOrDefault(), WaiterTree.First(table, root));
            int wanted = random.Next(-2, 3);
            int thread = random.Next(4);
            uint first = model.FirstOrDefault(e => table[e].Class == wanted && table[e].Thread >= thread);
            Assert.Equal(first, WaiterTree.FirstOf(table, root, wanted, thread));
        }
    }

    [Fact]
    public void A_tree_of_many_waiters_in_order_of_arrival_stays_shallow()
    {
        WaiterTable table = new(100_001);
        uint root = 0;
        for (uint i = 0; i < 100_000; i++)
        {
            uint entry = table.Take();
            table[entry].Sequence = i;
            WaiterTree.Add(table, ref root, entry);
        }
        Assert.InRange(Depth(table, root), 17, 60);
    }

    [Fact]
    public void A_thread_serves_nine_of_its_own_and_then_one_of_each_other_in_turn()
    {
        QueueWorld world = new("server a 127.0.0.1:1 maxconn 1", threads: 3);
        world.Ask();
        List<(int Thread, uint Row)> waiting = [];
        for (int i = 0; i < 40; i++)
        {
            for (int thread = 0; thread < 3; thread++) waiting.Add((thread, world.Ask(thread)));
        }
        List<int> served = [];
        for (int i = 0; i < 40; i++)
        {
            ServerSlots.GiveBack(world[0], world.Number("a")); // always by the first thread
            world.Settle();
            (int Thread, uint Row) next = waiting.Single(w => world.Of(w.Thread, w.Row) == "a");
            waiting.Remove(next);
            served.Add(next.Thread);
        }
        Assert.Equal(36, served.Count(thread => thread == 0));
        Assert.Equal(2, served.Count(thread => thread == 1));
        Assert.Equal(2, served.Count(thread => thread == 2));
        Assert.DoesNotContain(served.Skip(9).Zip(served.Skip(10)), pair => pair.First != 0 && pair.Second != 0);
    }

    [Fact]
    public void A_lower_class_of_another_thread_goes_before_an_own_waiter()
    {
        QueueWorld world = new("server a 127.0.0.1:1 maxconn 1", threads: 2);
        uint running = world.Ask(0);
        world.Ask(0);
        uint other = world.Ask(1, priority: -1);
        world.End(0, running);
        world.Settle();
        Assert.Equal("a", world.Of(1, other));
    }

    [Theory]
    [InlineData(0, 0, true)] // a tie: the server's own queue
    [InlineData(0, 1, false)]
    [InlineData(1, 0, true)]
    public void The_servers_queue_and_the_backends_are_served_in_common_order(int ofAny, int ofTied, bool tiedFirst)
    {
        QueueWorld world = new("server a 127.0.0.1:1 maxconn 1");
        uint running = world.Ask();
        uint any = world.Ask(0, priority: ofAny);
        uint tied = world.Ask(0, "a", priority: ofTied);
        world.End(0, running);
        Assert.Equal("a", world.Of(0, tiedFirst ? tied : any));
        Assert.Equal("waits", world.Of(0, tiedFirst ? any : tied));
    }

    [Fact]
    public void Places_in_the_log_count_who_was_served_before()
    {
        QueueWorld world = new("server a 127.0.0.1:1 maxconn 1");
        uint running = world.Ask();
        uint first = world.Ask();
        uint second = world.Ask();
        uint own = world.Ask(0, "a");
        uint hurried = world.Ask(0, priority: -1);
        foreach (uint next in (uint[])[hurried, own, first, second]) // all of one millisecond: its own queue first
        {
            world.End(0, running);
            Assert.Equal("a", world.Of(0, next));
            running = next;
        }
        Assert.Equal([1, 2, 3, 0], new[] { hurried, first, second, own }.Select(row => world[0].Log[row].BackendQueue));
        Assert.Equal([0, 0, 0, 1], new[] { hurried, first, second, own }.Select(row => world[0].Log[row].ServerQueue));
    }

    // The faults 7.2 to 7.4 of the reference, and who waits beside a free slot.

    [Trait("ReferenceFault", "7.4")]
    [Trait("Invariant", "2.5-4")]
    [Theory]
    [InlineData("random")]
    [InlineData("random(1)")]
    [InlineData("roundrobin")]
    [InlineData("leastconn")]
    [InlineData("first")]
    [InlineData("static-rr")]
    public void Nobody_waits_while_another_server_has_a_slot(string balance)
    {
        for (int round = 0; round < 50; round++)
        {
            QueueWorld world = new($"""
                balance {balance}
                server a 127.0.0.1:1 maxconn 1
                server b 127.0.0.1:2 maxconn 1
                server c 127.0.0.1:3 maxconn 1 weight 10
                server d 127.0.0.1:4 maxconn 1
                """);
            uint[] rows = [.. Enumerable.Range(0, 4).Select(_ => world.Ask())];
            Assert.Equal(["a", "b", "c", "d"], rows.Select(row => world.Of(0, row)).Order());
        }
    }

    [Trait("ReferenceFault", "7.2")]
    [Trait("Invariant", "2.5-4")]
    [Theory]
    [InlineData("roundrobin")]
    [InlineData("random")]
    [InlineData("leastconn")]
    [InlineData("first")]
    public void A_server_without_limit_that_comes_up_takes_all_waiters_at_once(string balance)
    {
        QueueWorld world = new($"balance {balance}\nserver a 127.0.0.1:1 maxconn 1\nserver b 127.0.0.1:2 disabled");
        world.Ask();
        uint[] rows = [.. Enumerable.Range(0, 450).Select(_ => world.Ask())];
        Assert.All(rows, row => Assert.Equal("waits", world.Of(0, row)));
        ChangeServer.Admin(world[0], world.Number("b"), default, ServerAdmin.ForcedMaintenance);
        world.Settle(); // more than one pass hands out
        Assert.All(rows, row => Assert.Equal("b", world.Of(0, row)));
    }

    [Trait("ReferenceFault", "7.3")]
    [Fact]
    public void A_drained_server_and_a_backup_are_handed_nobody()
    {
        QueueWorld world = new("""
            server a 127.0.0.1:1 maxconn 1
            server drained 127.0.0.1:2 weight 0
            server spare 127.0.0.1:3 backup
            """);
        uint running = world.Ask();
        uint waiter = world.Ask();
        foreach (string server in (string[])["drained", "spare", "a"])
        {
            Dequeue.Run(world[0], world.Number(server));
            ServerChanged.Run(world[0], world.Number(server));
            Assert.Equal("waits", world.Of(0, waiter));
        }
        world.End(0, running);
        Assert.Equal("a", world.Of(0, waiter));
    }

    [Fact]
    public void A_server_that_comes_up_tells_how_many_it_took()
    {
        QueueWorld world = new("server a 127.0.0.1:1 maxconn 1\nserver b 127.0.0.1:2 maxconn 3");
        ChangeServer.Operation(world[0], world.Number("b"), ServerOperation.Stopped, "");
        for (int i = 0; i < 6; i++) world.Ask();
        ChangeServer.Operation(world[0], world.Number("b"), ServerOperation.Running, "");
        Assert.EndsWith(
            "Server be/b is UP. 2 active and 0 backup servers online. 3 sessions requeued, 0 total in queue.",
            world[0].Notices[^1].Text);
    }

    [Fact]
    public void A_backup_takes_the_waiters_when_the_last_other_server_goes_down()
    {
        QueueWorld world = new("server a 127.0.0.1:1 maxconn 1\nserver spare 127.0.0.1:3 backup");
        world.Ask();
        uint waiter = world.Ask();
        ChangeServer.Admin(world[0], world.Number("a"), ServerAdmin.ForcedMaintenance, default);
        world.Settle();
        Assert.Equal("spare", world.Of(0, waiter));
    }

    [Fact]
    public void Slots_are_taken_and_given_back_in_pairs_under_all_threads()
    {
        QueueWorld world = new("balance leastconn\nserver a 127.0.0.1:1 maxconn 3", threads: 1);
        int most = 0;
        Thread[] threads = [.. Enumerable.Range(0, 4).Select(_ => new Thread(() =>
        {
            for (int i = 0; i < 20_000; i++)
            {
                if (!ServerSlots.TryTake(world.Shared, 0)) continue;
                int now = Volatile.Read(ref world.Server("a").Served);
                if (now > Volatile.Read(ref most)) Volatile.Write(ref most, now);
                Interlocked.Decrement(ref world.Server("a").Served);
            }
        }))];
        foreach (Thread thread in threads) thread.Start();
        foreach (Thread thread in threads) thread.Join();
        Assert.InRange(most, 1, 3);
        Assert.Equal(0, world.Server("a").Served);
    }

    // Changes of servers.

    [Fact]
    public void Waiters_of_one_server_go_elsewhere_when_it_goes_down()
    {
        QueueWorld world = new("server a 127.0.0.1:1 maxconn 1\nserver b 127.0.0.1:2");
        world.Ask(0, "a");
        uint waiter = world.Ask(0, "a");
        ChangeServer.Admin(world[0], world.Number("a"), ServerAdmin.ForcedMaintenance, default);
        world.Settle();
        Assert.Equal("b", world.Of(0, waiter));
        Assert.Equal(0, world.Server("a").Waiting);
    }

    [Fact]
    public void Waiters_are_told_at_once_when_the_last_server_goes_down()
    {
        QueueWorld world = new("server a 127.0.0.1:1 maxconn 1");
        world.Ask();
        uint any = world.Ask();
        uint tied = world.Ask(0, "a");
        ChangeServer.Admin(world[0], world.Number("a"), ServerAdmin.ForcedMaintenance, default);
        world.Settle();
        Assert.Equal("none", world.Of(0, any));
        Assert.Equal("none", world.Of(0, tied));
        Assert.Equal(0, world.Waiting);
    }

    [Fact]
    public void With_option_persist_they_wait_for_their_server_all_the_same()
    {
        QueueWorld world = new("option persist\nserver a 127.0.0.1:1 maxconn 1\nserver b 127.0.0.1:2");
        uint running = world.Ask(0, "a");
        uint waiter = world.Ask(0, "a");
        ChangeServer.Operation(world[0], world.Number("a"), ServerOperation.Stopped, "");
        world.Settle();
        Assert.Equal("waits", world.Of(0, waiter));
        world.End(0, running);
        Assert.Equal("a", world.Of(0, waiter));
    }

    [Fact]
    public void A_higher_limit_is_used_at_once_and_a_lower_one_as_slots_come_back()
    {
        QueueWorld world = new("server a 127.0.0.1:1 maxconn 1");
        uint[] rows = [.. Enumerable.Range(0, 5).Select(_ => world.Ask())];
        ChangeServer.Limit(world[0], 0, 3);
        Assert.Equal(3, world.Server("a").Served);
        ChangeServer.Limit(world[0], 0, 1);
        world.End(0, rows[0]);
        world.End(0, rows[1]);
        Assert.Equal(1, world.Server("a").Served);
        world.End(0, rows[2]);
        Assert.Equal("a", world.Of(0, rows[3]));
        ChangeServer.Limit(world[0], 0, 0);
        Assert.Equal("a", world.Of(0, rows[4]));
    }

    [Theory]
    [InlineData("maxconn 10 minconn 2", 10, 1, 2)]
    [InlineData("maxconn 10 minconn 2", 10, 5, 5)]
    [InlineData("maxconn 10 minconn 2", 10, 9, 9)]
    [InlineData("maxconn 10 minconn 2", 10, 10, 10)]
    [InlineData("maxconn 10 minconn 2", 10, 500, 10)]
    [InlineData("maxconn 10 minconn 2", 0, 5, 5)] // a tenth of the frontend's 100
    [InlineData("minconn 4", 10, 1, 4)]
    [InlineData("minconn 8 maxconn 4", 10, 1, 8)]
    [InlineData("maxconn 5", 10, 1, 5)]
    public void The_limit_follows_the_load(string limits, int fullconn, int streams, int limit)
    {
        string full = fullconn > 0 ? $"fullconn {fullconn}\n" : "";
        QueueWorld world = new($"{full}server a 127.0.0.1:1 {limits}");
        world.Shared.Proxy(world.Backend.Number).BackendConnections = streams;
        Assert.Equal(limit, ServerSlots.LimitOf(world.Shared, world.Server("a")));
    }

    [Fact]
    public void A_limit_that_grows_with_the_load_lets_waiters_in()
    {
        QueueWorld world = new("fullconn 8\nserver a 127.0.0.1:1 maxconn 4 minconn 1");
        for (int i = 1; i <= 12; i++)
        {
            world.Ask();
            Assert.Null(world.Fault());
            Assert.Equal(Math.Min(4, Math.Max(1, i / 2)), world.Server("a").Served);
        }
    }

    [Fact]
    public void Whoever_makes_a_limit_grow_lets_in_those_who_wait_for_that_server()
    {
        QueueWorld world = new("fullconn 8\nserver a 127.0.0.1:1 maxconn 4 minconn 1\nserver b 127.0.0.1:2");
        uint[] rows = [.. Enumerable.Range(0, 3).Select(_ => world.Ask(only: "a"))];
        Assert.Equal(["a", "waits", "waits"], rows.Select(row => world.Of(0, row)));
        Stream newcomer = new(); // wherever it goes
        JoinBackend.Run(world[0], ref newcomer, world.Backend);
        Assert.Equal(2, world.Server("a").Served);
        Assert.Equal(["a", "a", "waits"], rows.Select(row => world.Of(0, row)));
        Assert.True((newcomer.Flags & StreamFlags.Counted) != 0);
    }

    [Theory]
    [InlineData("roundrobin", 1)]
    [InlineData("leastconn", 1)]
    [InlineData("random", 1)]
    [InlineData("static-rr", 16)]
    public void A_server_that_comes_up_is_given_more_and_more(string balance, int atFirst)
    {
        QueueWorld world = new($"balance {balance}\nserver a 127.0.0.1:1 maxconn 50 weight 10 slowstart 3500ms");
        World thread = world[0];
        thread.NowNanoseconds = 1_000_000_000;
        Assert.Equal(50, ServerSlots.LimitOf(world.Shared, world.Server("a"))); // not at the start
        ChangeServer.Admin(thread, 0, ServerAdmin.ForcedMaintenance, default);
        ChangeServer.Admin(thread, 0, default, ServerAdmin.ForcedMaintenance);
        (int AfterMs, int Limit, int Sixteenths)[] course =
            [(0, 1, 1), (50, 1, 1), (400, 5, 1), (1000, 12, 5), (2000, 25, 9), (3999, 49, 13), (4000, 50, 16)];
        foreach ((int after, int limit, int sixteenths) in course)
        {
            thread.NowNanoseconds = 1_000_000_000 + (after * 1_000_000L);
            world.Shared.WarmDueNanoseconds = Math.Min(world.Shared.WarmDueNanoseconds, thread.NowNanoseconds);
            WarmUp.Run(thread);
            Assert.Equal(limit, ServerSlots.LimitOf(world.Shared, world.Server("a")));
            Assert.Equal(10 * Math.Max(sixteenths, atFirst), world.Server("a").Share);
        }
        Assert.Equal(0, world.Shared.WarmDueNanoseconds);
        Assert.Equal(ServerOperation.Running, world.Shared.Health(0).State);
    }

    [Fact]
    public void Waiters_are_served_as_a_server_warms_up()
    {
        QueueWorld world = new("server a 127.0.0.1:1 maxconn 4 slowstart 4s");
        World thread = world[0];
        thread.NowNanoseconds = 1_000_000_000;
        ChangeServer.Admin(thread, 0, ServerAdmin.ForcedMaintenance, default);
        ChangeServer.Admin(thread, 0, default, ServerAdmin.ForcedMaintenance);
        for (int i = 0; i < 6; i++) world.Ask();
        for (int second = 0; second <= 4; second++)
        {
            thread.NowNanoseconds = 1_000_000_000 + (second * 1_000_000_000L);
            world.Shared.WarmDueNanoseconds = thread.NowNanoseconds;
            WarmUp.Run(thread);
            Assert.Equal(Math.Clamp(second, 1, 4), world.Server("a").Served);
            Assert.Null(world.Fault());
        }
    }

    [Fact]
    public void A_server_that_goes_down_while_it_warms_up_begins_anew()
    {
        QueueWorld world = new("server a 127.0.0.1:1 maxconn 10 slowstart 10s\nserver b 127.0.0.1:2");
        World thread = world[0];
        thread.NowNanoseconds = 1_000_000_000;
        ChangeServer.Operation(thread, 0, ServerOperation.Stopped, "");
        ChangeServer.Operation(thread, 0, ServerOperation.Running, "");
        thread.NowNanoseconds += 5_000_000_000;
        WarmUp.Run(thread);
        Assert.Equal(5, ServerSlots.LimitOf(world.Shared, world.Server("a")));
        ChangeServer.Operation(thread, 0, ServerOperation.Running, ""); // a check says so again: nothing new
        Assert.Equal(5, ServerSlots.LimitOf(world.Shared, world.Server("a")));
        ChangeServer.Operation(thread, 0, ServerOperation.Stopped, "");
        Assert.Equal(100, world.Server("a").Warmth);
        ChangeServer.Operation(thread, 0, ServerOperation.Running, "");
        Assert.Equal(1, ServerSlots.LimitOf(world.Shared, world.Server("a")));
        Assert.Equal(1, world.Server("a").Share);
        Assert.Equal(16, world.Server("b").Share);
    }

    private static (int, int, long, uint) Key(in QueueEntry entry) =>
        (entry.Class, entry.Thread, entry.DueMs, entry.Sequence);

    private static List<uint> InOrder(WaiterTable table, uint root)
    {
        List<uint> entries = [];
        Walk(root);
        return entries;

        void Walk(uint node)
        {
            if (node == 0) return;
            Walk(table[node].Left);
            entries.Add(node);
            Walk(table[node].Right);
        }
    }

    private static int Depth(WaiterTable table, uint node) =>
        node == 0 ? 0 : 1 + Math.Max(Depth(table, table[node].Left), Depth(table, table[node].Right));
}
