using System.Collections.Generic;
using System.Linq;
using Engine.Data.Configuration;
using Xunit;

namespace Tests.Data.Shared;

public sealed class ServersByKeyTests
{
    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    [InlineData(2, 1)]
    [InlineData(100, 7)]
    [InlineData(1000, 100_000)]
    public void Those_of_a_key_come_in_their_order(int count, int kinds)
    {
        System.Random random = new(count);
        uint[] keys = [.. Enumerable.Range(0, count).Select(_ => uint.MaxValue - (uint)random.Next(kinds))];
        int[] servers = [.. Enumerable.Range(0, count).Select(i => (i * 7) + 3)];
        ServersByKey index = new(keys, servers, version: 5);
        Assert.Equal(5, index.Version);
        foreach (uint key in (uint[])[.. keys.Distinct(), 0, 1, uint.MaxValue])
        {
            List<int> found = [];
            int at = index.First(key);
            for (int server = index.At(at, key); server >= 0; server = index.At(++at, key)) found.Add(server);
            Assert.Equal(servers.Where((_, i) => keys[i] == key), found);
        }
    }
}
