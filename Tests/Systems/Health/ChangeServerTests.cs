using System.Linq;
using Engine.Data.Configuration;
using Engine.Data.Health;
using Engine.Data.Shared;
using Engine.Systems.Health;
using Xunit;

namespace Tests.Systems.Health;

/// <summary>States of servers and what is said of them: the words are those of the reference.</summary>
public sealed class ChangeServerTests
{
    private const string Refused = "ECONNREFUSED returned by OS (Connection refused)";

    private readonly HealthWorld world = new(
        static server => server.IsChecked = true,
        static server => (server.IsChecked, server.Backup) = (true, true),
        static server => server.Tracks = 0);

    [Fact]
    public void A_failed_check_takes_a_new_server_down_at_once_and_its_follower_with_it()
    {
        world.Find(0, CheckStatus.Layer4Failed, 0, Refused);
        Assert.Equal(
            [
                $"Server b/s1 is DOWN, reason: Layer4 connection problem, info: \"{Refused}\", check duration: 1ms. "
                    + "1 active and 1 backup servers left. 0 sessions active, 0 requeued, 0 remaining in queue.",
                "Server b/s3 is DOWN via b/s1. 0 active and 1 backup servers left. Running on backup. "
                    + "0 sessions active, 0 requeued, 0 remaining in queue.",
            ],
            world.Told());
        Assert.Equal(0, world.World.Shared.Server(0).Running);
        Assert.Equal(0, world.World.Shared.Server(2).Running);
        Assert.Equal((1u, 0u), (world.Health(0).Downs, world.Health(0).ChecksFailed));
        world.Find(1, CheckStatus.Layer4Failed);
        Assert.Equal("backend b has no server available!", world.Told()[1]);
    }

    [Fact]
    public void Rise_and_fall_are_counted()
    {
        world.Find(0, CheckStatus.Layer4Ok);
        Assert.Empty(world.Told());
        world.Find(0, CheckStatus.Layer4Timeout);
        world.Find(0, CheckStatus.Layer4Timeout);
        Assert.Equal(ServerOperation.Running, world.Health(0).State);
        world.Find(0, CheckStatus.Layer4Timeout);
        Assert.Equal(ServerOperation.Stopped, world.Health(0).State);
        Assert.Equal(3u, world.Health(0).ChecksFailed);
        world.Told();
        world.Find(0, CheckStatus.Layer7Ok, 200);
        Assert.Equal(ServerOperation.Stopped, world.Health(0).State);
        world.Find(0, CheckStatus.Layer7Ok, 200);
        Assert.Equal(
            "Server b/s1 is UP, reason: Layer7 check passed, code: 200, check duration: 1ms. 1 active and 1 backup "
                + "servers online. 0 sessions requeued, 0 total in queue.",
            world.Told()[0]);
        Assert.Equal(ServerOperation.Running, world.Health(2).State);
    }

    [Fact]
    public void A_server_that_was_not_tested_is_up_and_counts_from_nothing()
    {
        HealthWorld untested = new(
            static s =>
            {
                s.IsChecked = true;
                s.Check.HasInitialState = false;
                s.Check.Rise = 3;
            },
            static s =>
            {
                s.IsChecked = true;
                s.Check.HasInitialState = false;
            });
        Assert.Equal(["UP -2/3", "UP -1/3"], States());
        untested.Find(0, CheckStatus.Layer4Ok);
        untested.Find(1, CheckStatus.Layer4Failed);
        Assert.Equal(["UP -1/3", "DOWN"], States());
        untested.Find(0, CheckStatus.Layer4Ok);
        Assert.Equal("UP 0/3", States()[0]);
        untested.Find(0, CheckStatus.Layer4Ok);
        Assert.Equal("UP", States()[0]);

        string[] States() => [.. untested.World.Configuration.Servers.Select(
            server => ServerStatus.Text(untested.World.Configuration, untested.World.Shared, server))];
    }

    [Fact]
    public void With_log_health_checks_each_step_is_told_and_the_state_without_its_cause()
    {
        world.World.Configuration.Proxies[0].Options |= ProxyOptions.LogHealthChecks;
        world.Find(1, CheckStatus.Layer7Status, 500, "Internal Server Error");
        Assert.Equal(
            [
                "Health check for backup server b/s2 failed, reason: Layer7 wrong status, code: 500, info: \"Internal "
                    + "Server Error\", check duration: 1ms, status: 0/2 DOWN.",
                "Backup Server b/s2 is DOWN. 2 active and 0 backup servers left. 0 sessions active, 0 requeued, 0 "
                    + "remaining in queue.",
            ],
            world.Told());
        world.Find(1, CheckStatus.Layer7Status, 500, "Internal Server Error");
        Assert.Empty(world.Told());
        world.Find(1, CheckStatus.Layer7Ok, 200);
        Assert.EndsWith(", status: 1/2 DOWN.", world.Told()[0]);
    }

    [Fact]
    public void A_conditional_pass_takes_no_new_sessions_until_a_real_one()
    {
        world.Find(0, CheckStatus.Layer7Conditional, 404, "Not Found");
        Assert.StartsWith("Server b/s1 is stopping, reason: Layer7 check conditionally passed, code: 404, info: ",
            world.Told()[0]);
        Assert.Equal(0, world.World.Shared.Server(0).Weight);
        Assert.Equal(1, world.World.Shared.Server(0).Running);
        world.Find(0, CheckStatus.Layer7Ok, 200);
        Assert.StartsWith("Server b/s1 is UP, reason: ", world.Told()[0]);
        Assert.Equal(1, world.World.Shared.Server(0).Weight);
    }

    [Fact]
    public void Maintenance_and_drain_pass_to_followers_which_keep_their_own()
    {
        ChangeServer.Admin(world.World, 0, ServerAdmin.ForcedDrain, ServerAdmin.None);
        Assert.Equal(
            [
                "Server b/s1 enters drain state. 1 active and 1 backup servers online. 0 sessions requeued, 0 total in "
                    + "queue.",
                "Server b/s3 enters drain state via b/s1. 0 active and 1 backup servers online. Running on backup. "
                    + "0 sessions requeued, 0 total in queue.",
            ],
            world.Told());
        ChangeServer.Admin(world.World, 2, ServerAdmin.ForcedMaintenance, ServerAdmin.None);
        Assert.StartsWith("Server b/s3 is going DOWN for maintenance. 0 active", world.Told()[0]);
        ChangeServer.Admin(world.World, 0, ServerAdmin.None, ServerAdmin.ForcedDrain);
        Assert.Equal(["Server b/s1 is UP (leaving forced drain)."], world.Told());
        ChangeServer.Admin(world.World, 0, ServerAdmin.ForcedMaintenance, ServerAdmin.None);
        Assert.Single(world.Told());
        ChangeServer.Admin(world.World, 0, ServerAdmin.None, ServerAdmin.ForcedMaintenance);
        Assert.Equal(
            ["Server b/s1 is UP/READY (leaving forced maintenance).", "Server b/s3 remains in forced maintenance."],
            world.Told());
        ChangeServer.Admin(world.World, 2, ServerAdmin.None, ServerAdmin.ForcedMaintenance);
        Assert.Equal(["Server b/s3 is UP/READY (leaving forced maintenance)."], world.Told());
        ref BackendHealth backend = ref world.World.Shared.Backend(0);
        Assert.Equal((2, 1), (backend.Active, backend.Backups));
    }

    [Fact]
    public void A_server_in_maintenance_is_judged_by_nobody()
    {
        ChangeServer.Admin(world.World, 0, ServerAdmin.ForcedMaintenance, ServerAdmin.None);
        world.Told();
        world.Find(0, CheckStatus.Layer7Ok, 200);
        ChangeServer.Operation(world.World, 0, ServerOperation.Running, "");
        Assert.Empty(world.Told());
        Assert.Equal(ServerOperation.Stopped, world.Health(0).State);
        Assert.Equal(0, world.World.Shared.Server(0).Running);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(7, 7)]
    public void Weights_are_what_requests_see(int weight, int seen)
    {
        ChangeServer.Weight(world.World, 0, weight);
        Assert.Equal(seen, world.World.Shared.Server(0).Weight);
        Assert.Equal(weight > 0 ? 2 : 1, world.World.Shared.Backend(0).Active);
        Assert.Empty(world.Told());
    }

    [Fact]
    public void Nothing_changes_the_counts_twice()
    {
        for (int i = 0; i < 3; i++)
        {
            ChangeServer.Operation(world.World, 1, ServerOperation.Stopped, "");
            ChangeServer.Admin(world.World, 1, ServerAdmin.ForcedMaintenance, ServerAdmin.None);
            ChangeServer.Weight(world.World, 1, 0);
        }
        Assert.Equal(0, world.World.Shared.Backend(0).Backups);
        Assert.Equal(0, world.World.Shared.Backend(0).BackupWeight);
        ChangeServer.Weight(world.World, 1, 3);
        ChangeServer.Admin(world.World, 1, ServerAdmin.None, ServerAdmin.ForcedMaintenance);
        Assert.Equal(1, world.World.Shared.Backend(0).Backups);
        Assert.Equal(3, world.World.Shared.Backend(0).BackupWeight);
        Assert.Equal(ServerOperation.Running, world.Health(1).State);
    }
}
