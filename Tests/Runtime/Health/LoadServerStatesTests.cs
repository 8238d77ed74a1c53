using System;
using System.IO;
using Engine.Data.Configuration;
using Engine.Data.Health;
using Engine.Data.Shared;
using Engine.Runtime.CommandLine;
using Engine.Runtime.Health;
using Xunit;

namespace Tests.Runtime.Health;

public sealed class LoadServerStatesTests : IDisposable
{
    private readonly string path = Path.GetTempFileName();

    public void Dispose() => File.Delete(path);

    [Theory]
    [InlineData("3 b 1 s 127.0.0.1 2 8 7 1 50 1 0 0 0 0 0 0 - 80 - 0 0 - - 0", false, ServerOperation.Running, 8, 7)]
    [InlineData("3 b 1 s 127.0.0.1 0 1 1 1 50 1 0 0 0 0 0 0 - 80 - 0 0 - - 0", false, ServerOperation.Stopped, 1, 1)]
    [InlineData("3 b 1 s 127.0.0.1 0 0 1 1 50 8 2 0 6 0 0 0 - 80 - 0 0 - - 0", true, ServerOperation.Stopped, 0, 1)]
    [InlineData("3 b 1 s 127.0.0.1 0 0 1 1 50 8 2 0 6 0 0 0 - 80 - 0 0 - - 0", false, ServerOperation.Running, 0, 1)]
    [InlineData("3 b 1 s 127.0.0.1 2 0 9 5 50 8 2 0 6 0 0 0 - 80 - 0 0 - - 0", true, ServerOperation.Running, 0, 1)]
    [InlineData("3 b 1 s 127.0.0.1 9 0 1 1 50 8 2 0 6 0 0 0 - 80 - 0 0 - - 0", true, ServerOperation.Running, 0, 1)]
    [InlineData("3 b 1 s 127.0.0.1 0 0 999 1 50 8 2 0 6 0 0 0 - 80 - 0 0 - - 0", true, ServerOperation.Running, 0, 1)]
    [InlineData("3 b 1 zz 127.0.0.1 0 1 1 1 50 8 2 0 6 0 0 0 - 80 - 0 0 - - 0", true, ServerOperation.Running, 0, 1)]
    [InlineData("3 b 1 s 127.0.0.1 0", true, ServerOperation.Running, 0, 1)]
    [InlineData("", true, ServerOperation.Running, 0, 1)]
    public void A_line_of_the_file(string line, bool isChecked, ServerOperation state, int admin, int weight)
    {
        SharedWorld shared = Load($"1\n# names\n{line}\n", isChecked, out _);
        ref ServerHealth health = ref shared.Health(0);
        Assert.Equal(state, health.State);
        Assert.Equal((ServerAdmin)admin, health.Admin);
        Assert.Equal(weight, health.UserWeight);
        Assert.Equal(StartHealth.IsUsable(health) ? 1 : 0, shared.Backend(0).Active);
        Assert.Equal(StartHealth.IsRunning(health) ? 1 : 0, shared.Server(0).Running);
    }

    [Theory]
    [InlineData("2\n3 b 1 s 127.0.0.1 0 1 1 1 50 8 2 0 6 0 0 0 - 80 - 0 0 - - 0\n")]
    [InlineData("3 b 1 s 127.0.0.1 0 1 1 1 50 8 2 0 6 0 0 0 - 80 - 0 0 - - 0\n")]
    [InlineData("1")]
    public void Another_version_is_not_read(string content)
    {
        SharedWorld shared = Load(content, isChecked: false, out string said);
        Assert.Equal(ServerAdmin.None, shared.Health(0).Admin);
        Assert.Contains($"config: Can't get version of the global server state file '{path}'.", said);
    }

    [Theory]
    [InlineData("", 2)]
    [InlineData("# names\n\n", 4)]
    public void A_broken_line_makes_the_file_worthless(string before, int number)
    {
        const string good = "3 b 1 s 127.0.0.1 0 1 1 1 50 8 2 0 6 0 0 0 - 80 - 0 0 - - 0\n";
        foreach (string broken in (string[])["x y\n", "3 b 1 t 127.0.0.1 0 1 1 1 50 8 2 0 6 0 0 0 - 80 - 0 0 - - 0"])
        {
            SharedWorld shared = Load($"1\n{before}{good}{broken}", isChecked: false, out string said);
            Assert.Equal(ServerAdmin.None, shared.Health(0).Admin);
            Assert.Contains($"config: corrupted global server state file '{path}' at line {number}.", said);
        }
    }

    [Fact]
    public void A_wrong_number_is_named_and_nothing_of_its_line_taken()
    {
        SharedWorld shared = Load("1\n3 b 1 s 127.0.0.1 7 1 999 1 50 8 2 0 6 0 0 0 - 80 - 0 0 - - 0\n", false, out string said);
        Assert.Equal(ServerAdmin.None, shared.Health(0).Admin);
        Assert.Contains(
            "server-state application failed for server 'b/s', invalid srv_op_state value '7', invalid srv_uweight value '999'",
            said);
    }

    [Fact]
    public void What_the_runtime_api_changed_stays_changed()
    {
        SharedWorld shared = Load(
            "1\n3 b 1 s 127.0.0.1 2 0 1 1 50 6 3 1 2 18 0 0 - 99 - 0 0 - - 0\n", isChecked: true, out string said);
        Assert.DoesNotContain("WARNING", said);
        Server server = configured!.Servers[0];
        Assert.Equal(99, server.Address.Port);
        ref CheckRow check = ref shared.CheckOf(0);
        Assert.Equal(CheckFlags.Configured, check.Flags);
        Assert.Equal(server.Check.HealthMax, check.Health);
    }

    [Theory]
    [InlineData("6", "77 127.0.0.3 - 0", 77, null)]
    [InlineData("6", "0 - - 0", 0, null)]
    [InlineData("2", "77 - - 0", 0, "health checks are not enabled on this server")]
    [InlineData("6", "70000 - - 0", 0, "provided port is invalid")]
    [InlineData("6", "x - - 0", 0, "provided port is not an integer")]
    [InlineData("6", "77 zz - 0", 0, "invalid addr 'zz'")]
    [InlineData("6", "77 - - 88", 77, "agent checks are not enabled on this server")]
    public void Targets_of_checks(string state, string targets, int port, string? fault)
    {
        Load($"1\n3 b 1 s 127.0.0.1 2 0 1 1 50 6 3 1 {state} 0 0 0 - 99 - 0 {targets}\n", isChecked: true, out string said);
        Assert.Equal(port, configured!.Servers[0].Check.Port);
        if (fault is null) Assert.DoesNotContain("WARNING", said);
        else Assert.Contains($"server-state partially applied for server 'b/s', {fault}", said);
    }

    [Theory]
    [InlineData(0, 0, "Server b/s is DOWN, changed from server-state after a reload. 0 active and 0 backup servers left. "
        + "0 sessions active, 0 requeued, 0 remaining in queue.")]
    [InlineData(0, 1, "Server b/s is DOWN, changed from server-state after a reload. 0 active")]
    [InlineData(2, 1, "")]
    [InlineData(0, 0, "backend 'b' has no server available!")]
    [InlineData(3, 0, "Server b/s is stopping, changed from server-state after a reload. 0 active and 0 backup servers online. "
        + "0 sessions requeued, 0 total in queue.")]
    [InlineData(2, 0, "")]
    public void What_it_stops_is_told(int state, int admin, string line)
    {
        Load($"1\n3 b 1 s 127.0.0.1 {state} {admin} 1 1 50 6 3 1 6 0 0 0 - 99 - 0 0 - - 0\n", isChecked: true, out string said);
        Assert.Contains(line, said);
        Assert.Equal(line.Length > 0, said.Contains("Server", StringComparison.Ordinal));
    }

    private CompiledConfiguration? configured;

    private SharedWorld Load(string content, bool isChecked, out string said)
    {
        File.WriteAllText(path, content);
        Server server = new() { Name = "s", Id = 1, IsChecked = isChecked };
        Proxy proxy = new() { Name = "b", Servers = [0], ServerStates = ServerStateSource.Global };
        CompiledConfiguration configuration = new() { Servers = [server], Proxies = [proxy] };
        configuration.Globals.ServerStateFile = path;
        configured = configuration;
        SharedWorld shared = new(configuration, 1, 16);
        string told = "";
        LoadServerStates.Run(configuration, shared, new MessageWriter(text => told += text), 1_000_000_000_000);
        said = told;
        return shared;
    }
}
