using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using Engine.Data.Configuration;
using Engine.Data.Health;
using Engine.Data.Kernel;
using Engine.Data.Streams;
using Engine.Systems.Health;
using Engine.Systems.Persist;
using Tests.Systems.Queue;
using Xunit;

namespace Tests.Systems.Persist;

/// <summary>The index of cookies answers what a look at every server answers, also after cookies and servers changed.</summary>
public sealed class FindCookieServerTests
{
    [Fact]
    public void A_look_at_every_server_finds_the_same()
    {
        System.Random random = new(7);
        StringBuilder text = new("  cookie C insert dynamic\n  dynamic-cookie-key k\n");
        for (int i = 0; i < 60; i++)
        {
            string cookie = i % 3 == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"cookie c{random.Next(20)}");
            text.Append(CultureInfo.InvariantCulture, $"  server s{i} 127.0.0.{i + 1}:80 {cookie}\n");
        }
        QueueWorld worlds = new(text.ToString());
        Server[] servers = worlds.Configuration.Servers;
        for (int step = 0; step < 2_000; step++)
        {
            Server server = servers[random.Next(servers.Length)];
            if (random.Next(10) == 0)
            {
                SocketAddress address = server.Address;
                address.Port = (ushort)random.Next(1, 1000);
                DynamicCookies.Renew(worlds.Backend, server, address);
            }
            ServerAdmin maintenance = ServerAdmin.ForcedMaintenance;
            bool goes = random.Next(2) == 0;
            ChangeServer.Admin(worlds[0], server.Number, goes ? maintenance : 0, goes ? 0 : maintenance);
            byte[] value = random.Next(10) == 0 ? "other"u8.ToArray() : servers[random.Next(servers.Length)].Cookie.Span.ToArray();
            List<int> named = [.. worlds.Backend.Servers.Where(number => servers[number].Cookie.Span.SequenceEqual(value))];
            int expected = named.FirstOrDefault(number => worlds.Shared.Server(number).Running != 0, -1);
            int found = FindCookieServer.Run(worlds[0], worlds.Backend, value, PersistenceOverride.None, out bool isKnown);
            Assert.Equal((expected, named.Count > 0), (found, isKnown));
        }
    }
}
