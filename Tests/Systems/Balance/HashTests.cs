using System.Linq;
using System.Text;
using Engine.Data.Configuration;
using Engine.Data.Tables;
using Engine.Systems.Balance;
using Engine.Systems.Samples;
using Xunit;

namespace Tests.Systems.Balance;

/// <summary>
/// The same key has to get the same server from every program that balances the same farm: tables and hashes are held
/// against values that HAProxy 3.5 gave.
/// </summary>
public sealed class HashTests
{
    [Theory]
    [InlineData("a", 97u, 177670u, 1900802597u, 3904355907u)]
    [InlineData("b", 98u, 177671u, 1900540901u, 1908338681u)]
    [InlineData("ab", 6363201u, 5863208u, 314091001u, 2659403885u)]
    [InlineData("hello", 684824882u, 261238937u, 3538347703u, 907060870u)]
    public void Keys_have_the_hash_of_their_function(string key, uint sdbm, uint djb2, uint wt6, uint crc32)
    {
        byte[] bytes = Encoding.ASCII.GetBytes(key);
        Assert.Equal(sdbm, Hashes.Of(HashFunction.Sdbm, bytes));
        Assert.Equal(djb2, Hashes.Of(HashFunction.Djb2, bytes));
        Assert.Equal(wt6, Hashes.Of(HashFunction.Wt6, bytes));
        Assert.Equal(crc32, Hashes.Of(HashFunction.Crc32, bytes));
    }

    [Theory]
    [InlineData(97u, 1830748055u)]
    [InlineData(177670u, 3548763807u)]
    [InlineData(2659403885u, 854450000u)]
    public void Mixing_is_the_known_one(uint hash, uint mixed) => Assert.Equal(mixed, Hashes.Mix(hash));

    [Theory]
    [InlineData("12", 12u)]
    [InlineData("-1", uint.MaxValue)]
    [InlineData("7up", 7u)]
    [InlineData("", 0u)]
    [InlineData("4294967297", 1u)]
    public void Without_a_function_the_key_is_the_number(string key, uint number) =>
        Assert.Equal(number, Hashes.Of(HashFunction.None, Encoding.ASCII.GetBytes(key)));

    [Theory]
    [InlineData("1,3,2,1", "0112123")]
    [InlineData("5,1,7,2", "012020232020223")]
    [InlineData("4,2", "001001")]
    [InlineData("1,1,1", "012")]
    [InlineData("10,7,3,3,1", "010102130010210301201034")]
    public void Slots_lie_as_the_reference_lays_them(string weights, string slots)
    {
        ValueList<WeightedServer> servers = new();
        foreach (string weight in weights.Split(',')) servers.Add(new WeightedServer(servers.Count, int.Parse(weight)));
        Assert.Equal(slots, string.Concat(SlotTable.Build(servers)));
    }

    [Fact]
    public void A_large_table_has_the_shares_of_the_weights()
    {
        ValueList<WeightedServer> servers = new();
        for (int i = 0; i < 2000; i++) servers.Add(new WeightedServer(i, 1 + (i % 256)));
        int[] slots = SlotTable.Build(servers);
        int[] counts = new int[2000];
        foreach (int server in slots) counts[server]++;
        Assert.Equal(Enumerable.Range(0, 2000).Select(i => 1 + (i % 256)), counts);
    }
}
