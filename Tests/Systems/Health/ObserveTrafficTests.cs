using Engine.Data.Configuration;
using Engine.Data.Health;
using Engine.Systems.Health;
using Xunit;

namespace Tests.Systems.Health;

public sealed class ObserveTrafficTests
{
    [Theory]
    [InlineData(ErrorLimitAction.MarkDown, true)]
    [InlineData(ErrorLimitAction.SuddenDeath, false)]
    [InlineData(ErrorLimitAction.FailCheck, false)]
    [InlineData(ErrorLimitAction.FastInterval, false)]
    public void Enough_errors_in_a_row_do_what_on_error_says(ErrorLimitAction action, bool down)
    {
        HealthWorld world = Observing(ServerObservation.Layer4, action);
        for (int i = 0; i < 3; i++)
        {
            Assert.Empty(world.Told());
            ObserveTraffic.ConnectFailed(world.World, 0);
        }
        Assert.Equal(down ? ServerOperation.Stopped : ServerOperation.Running, world.Health(0).State);
        Assert.Equal(1u, world.Health(0).ErrorLimitHits);
        if (!down) return;
        Assert.Equal(
            "Server b/s1 is DOWN, reason: Health analyze, info: \"Detected 3 consecutive errors, last one was: L4 "
                + "unsuccessful connection\". 1 active and 0 backup servers left. 0 sessions active, 0 requeued, 0 "
                + "remaining in queue.",
            world.Told()[0]);
    }

    [Fact]
    public void Behind_sudden_death_one_failed_check_is_the_last()
    {
        HealthWorld world = Observing(ServerObservation.Layer4, ErrorLimitAction.SuddenDeath);
        for (int i = 0; i < 3; i++) ObserveTraffic.ConnectFailed(world.World, 0);
        Assert.Equal(ServerOperation.Running, world.Health(0).State);
        world.Find(0, CheckStatus.Layer4Failed);
        Assert.Equal(ServerOperation.Stopped, world.Health(0).State);
    }

    [Fact]
    public void A_success_between_begins_the_count_anew()
    {
        HealthWorld world = Observing(ServerObservation.Layer4, ErrorLimitAction.MarkDown);
        for (int i = 0; i < 4; i++)
        {
            ObserveTraffic.ConnectFailed(world.World, 0);
            ObserveTraffic.ConnectFailed(world.World, 0);
            ObserveTraffic.Connected(world.World, 0);
        }
        Assert.Equal(ServerOperation.Running, world.Health(0).State);
    }

    [Theory]
    [InlineData(200, false)]
    [InlineData(404, false)]
    [InlineData(501, false)]
    [InlineData(500, true)]
    [InlineData(503, true)]
    public void Statuses_that_count_as_errors(int status, bool down)
    {
        HealthWorld world = Observing(ServerObservation.Layer7, ErrorLimitAction.MarkDown);
        for (int i = 0; i < 3; i++) ObserveTraffic.Responded(world.World, 0, status);
        Assert.Equal(down ? ServerOperation.Stopped : ServerOperation.Running, world.Health(0).State);
    }

    [Fact]
    public void Without_observe_nothing_counts()
    {
        HealthWorld world = Observing(ServerObservation.None, ErrorLimitAction.MarkDown);
        for (int i = 0; i < 20; i++)
        {
            ObserveTraffic.ConnectFailed(world.World, 0);
            ObserveTraffic.Responded(world.World, 0, 500);
        }
        Assert.Equal(ServerOperation.Running, world.Health(0).State);
    }

    /// <summary>A server that passed its checks, beside another one.</summary>
    private static HealthWorld Observing(ServerObservation layer, ErrorLimitAction action)
    {
        HealthWorld world = new(
            server =>
            {
                server.IsChecked = true;
                server.Observes = layer;
                server.ErrorLimit = 3;
                server.OnErrorLimit = action;
            },
            static _ => { });
        world.Find(0, CheckStatus.Layer4Ok);
        return world;
    }
}
