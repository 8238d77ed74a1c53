using System;
using System.Collections.Generic;
using System.Linq;
using Engine.Data.Configuration;
using Engine.Data.Health;
using Engine.Data.Shared;
using Engine.Data.Worlds;
using Engine.Systems.Health;

namespace Tests.Systems.Health;

/// <summary>A thread's world with one backend "b" whose servers a test describes; its clock is the test's.</summary>
internal sealed class HealthWorld
{
    public HealthWorld(params Action<Server>[] servers)
    {
        Server[] made = [.. servers.Select((set, number) =>
        {
            Server server = new() { Number = number, Name = $"s{number + 1}", Id = number + 1 };
            server.Check.HasInitialState = true; // up, with the health of its rise
            set(server);
            return server;
        })];
        foreach (Server server in made)
        {
            if (server.Tracks >= 0)
                made[server.Tracks].TrackedBy = [server.Number, .. made[server.Tracks].TrackedBy];
        }
        Proxy proxy = new() { Name = "b", Servers = [.. made.Select(server => server.Number)] };
        proxy.Capabilities = ProxyCapabilities.Backend;
        CompiledConfiguration configuration = new() { Servers = made, Proxies = [proxy] };
        configuration.Globals.BufferSize = 16384;
        World = new World(configuration, new SharedWorld(configuration, 1, 16), 0, WorldSizes.For(16), 1);
    }

    public World World { get; }

    public ref ServerHealth Health(int server) => ref World.Shared.Health(server);

    /// <summary>What was told since the last call.</summary>
    public IReadOnlyList<string> Told()
    {
        List<string> lines = [];
        for (int i = 0; i < World.Notices.Count; i++) lines.Add(World.Notices[i].Text);
        World.Notices.Clear();
        return lines;
    }

    /// <summary>A check ends with a finding.</summary>
    public void Find(int server, CheckStatus status, int code = 0, string text = "")
    {
        int number = server * SharedWorld.ChecksPerServer;
        ref CheckRow check = ref World.Shared.CheckOf(number);
        CheckFinding.Set(ref check, status, code, text);
        FinishCheck.Judge(World, number, ref check, status, 1);
    }
}
