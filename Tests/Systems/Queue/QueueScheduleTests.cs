using System;
using System.Threading;
using Engine.Data.Shared;
using Engine.Systems.Balance;
using Engine.Systems.Queue;
using Xunit;

namespace Tests.Systems.Queue;

/// <summary>
/// Every order of the steps of threads that queue, give slots back and change servers: nobody is left waiting beside a
/// free slot, and without either second look somebody is.
/// </summary>
public sealed class QueueScheduleTests
{
    private const int Few = 2;

    [Trait("Invariant", "2.5-4")]
    [Fact]
    public void Nobody_waits_beside_the_slot_that_was_given_back()
    {
        (int runs, string? fault) = OneServer(omitted: null);
        Assert.Null(fault);
        Assert.True(runs > 50, $"{runs} orders are too few to say anything");
    }

    [Trait("Invariant", "2.5-4")]
    [Theory]
    [InlineData(QueueStep.Joined)]
    [InlineData(QueueStep.GaveBack)]
    public void Without_a_second_look_somebody_does(QueueStep omitted)
    {
        (_, string? fault) = OneServer(omitted);
        Assert.Equal("a request waits beside a free slot of a", fault);
    }

    [Fact]
    public void Two_slots_come_free_while_two_requests_queue()
    {
        QueueWorld world = new("server a 127.0.0.1:1 maxconn 1\nserver b 127.0.0.1:2 maxconn 1", threads: 4);
        uint one = 0, two = 0;
        string? fault = null;
        Schedules.Explore(
            () =>
            {
                one = world.Ask(2, "a");
                two = world.Ask(3, "b");
            },
            [
                () => world.Ask<ExploredSteps>(0), () => world.Ask<ExploredSteps>(1),
                () => world.End<ExploredSteps>(2, one), () => world.End<ExploredSteps>(3, two),
            ],
            () => fault ??= EndOf(world),
            preemptionsMax: 1);
        Assert.Null(fault);
    }

    [Fact]
    public void Who_waits_for_one_server_is_not_forgotten_among_others()
    {
        QueueWorld world = new("server a 127.0.0.1:1 maxconn 1\nserver b 127.0.0.1:2 maxconn 1", threads: 3);
        uint one = 0;
        string? fault = null;
        Schedules.Explore(
            () =>
            {
                one = world.Ask(2, "a");
                world.Ask(2, "b");
                world.Ask(2, "b");
            },
            [() => world.Ask<ExploredSteps>(0), () => world.Ask<ExploredSteps>(1, "a"), () => world.End<ExploredSteps>(2, one)],
            () => fault ??= EndOf(world),
            preemptionsMax: Few);
        Assert.Null(fault);
    }

    [Fact]
    public void A_server_comes_up_while_requests_queue()
    {
        QueueWorld world = new("server a 127.0.0.1:1 maxconn 1\nserver b 127.0.0.1:2", threads: 2);
        string? fault = null;
        Schedules.Explore(
            () =>
            {
                Set(world, "b", up: false);
                world.Ask(0);
            },
            [() => world.Ask<ExploredSteps>(0), () => Change(world, "b", up: true)],
            () => fault ??= EndOf(world),
            preemptionsMax: 4);
        Assert.Null(fault);
    }

    [Fact]
    public void Its_own_server_goes_down_while_a_request_queues_for_it()
    {
        QueueWorld world = new("server a 127.0.0.1:1 maxconn 1\nserver b 127.0.0.1:2", threads: 2);
        string? fault = null;
        uint row = 0;
        Schedules.Explore(
            () =>
            {
                Set(world, "a", up: true);
                world.Ask(0, "a");
            },
            [() => row = world.Ask<ExploredSteps>(0, "a"), () => Change(world, "a", up: false)],
            () =>
            {
                world.Settle();
                if (world.Of(0, row) == "waits") fault = "it waits for a server that is down";
                fault ??= EndOf(world);
            });
        Assert.Null(fault);
    }

    [Fact]
    public void The_last_server_goes_down_while_a_request_queues()
    {
        QueueWorld world = new("server a 127.0.0.1:1 maxconn 1", threads: 2);
        string? fault = null;
        uint row = 0;
        Schedules.Explore(
            () =>
            {
                Set(world, "a", up: true);
                world.Ask(0);
            },
            [() => row = world.Ask<ExploredSteps>(0), () => Change(world, "a", up: false)],
            () =>
            {
                world.Settle();
                if (world.Of(0, row) == "waits") fault = "it waits although no server is left";
                fault ??= EndOf(world);
            });
        Assert.Null(fault);
    }

    [Fact]
    public void A_waiter_leaves_while_it_is_handed_a_slot()
    {
        QueueWorld world = new("server a 127.0.0.1:1 maxconn 1", threads: 3);
        uint holder = 0, leaver = 0;
        string? fault = null;
        Schedules.Explore(
            () =>
            {
                holder = world.Ask(2);
                leaver = world.Ask(0);
            },
            [
                () => world.End<ExploredSteps>(0, leaver), () => world.End<ExploredSteps>(2, holder),
                () => world.Ask<ExploredSteps>(1),
            ],
            () => fault ??= EndOf(world),
            preemptionsMax: Few);
        Assert.Null(fault);
    }

    private static (int Runs, string? Fault) OneServer(QueueStep? omitted)
    {
        QueueWorld world = new("server a 127.0.0.1:1 maxconn 1", threads: 2);
        uint holder = 0;
        string? fault = null;
        int runs = Schedules.Explore(
            () => holder = world.Ask(1),
            [() => world.Ask<ExploredSteps>(0), () => world.End<ExploredSteps>(1, holder)],
            () => fault ??= EndOf(world),
            omitted);
        return (runs, fault);
    }

    private static string? EndOf(QueueWorld world)
    {
        world.Settle();
        string? fault = world.Fault();
        world.Clear();
        return fault;
    }

    /// <summary>What is known of a server's state, in the order in which it becomes known.</summary>
    private static void Set(QueueWorld world, string server, bool up)
    {
        ref SharedServer row = ref world.Server(server);
        if (row.Running == (up ? 1 : 0)) return;
        Volatile.Write(ref row.Running, up ? 1 : 0);
        FreeServers.Changed(world[1], world.Number(server));
        Interlocked.Add(ref world.Shared.Backend(world.Backend.Number).Active, up ? 1 : -1);
    }

    private static void Change(QueueWorld world, string server, bool up)
    {
        Schedules.Pause();
        Set(world, server, up);
        ServerChanged.Run<ExploredSteps>(world[1], world.Number(server));
    }
}
