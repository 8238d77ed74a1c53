using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Text;
using System.Threading;
using Engine.Data.Patterns;
using Engine.Systems.Samples.Lists;
using Tests.Runtime.Configuration;
using Xunit;

namespace Tests.Systems.Samples.Lists;

/// <summary>Lists that change while they are looked up, against a search through their entries.</summary>
public sealed class ChangedListTests
{
    [Theory]
    [InlineData("map_str")]
    [InlineData("map_beg")]
    [InlineData("map_end")]
    [InlineData("map_sub")]
    [InlineData("map_dir")]
    [InlineData("map_reg")]
    [InlineData("map_regm")]
    [InlineData("map_int")]
    [InlineData("map_ip")]
    [InlineData("-m str -i")]
    [InlineData("-m beg -i")]
    [InlineData("-m end -i")]
    [InlineData("-m sub -i")]
    [InlineData("-m dir -i")]
    [InlineData("-m len")]
    public void A_changed_list_finds_what_a_search_finds(string word)
    {
        int seed = Environment.TickCount;
        Random random = new(seed);
        PatternList list = ListOf(word);
        List<string> model = [];
        for (int step = 0; step < 3000; step++)
        {
            string key = Key(word, random);
            switch (random.Next(8))
            {
                case 0 or 1 or 2:
                    Assert.Equal(PatternChange.Done, list.TryAdd(null, Bytes(key), Bytes("v"), out string error));
                    Assert.Equal("", error);
                    model.Add(key);
                    break;
                case 3 or 4:
                    string present = model.Count > 0 && random.Next(4) > 0 ? model[random.Next(model.Count)] : key;
                    Assert.Equal(model.Remove(present), list.TryRemove(Bytes(present)));
                    break;
                case 5 when random.Next(200) == 0:
                    list.Clear(null);
                    model.Clear();
                    break;
            }
            string value = Value(word, random);
            string? found = FindEntry.Run(list, 0, Bytes(value)) is { } entry ? Encoding.Latin1.GetString(entry.Key) : null;
            string? expected = Model(word, model, value);
            Assert.True(expected == found, $"seed {seed}, step {step}, '{value}': expected {expected}, found {found}");
        }
        Assert.Equal(model, list.Snapshot(null).Select(static entry => Encoding.Latin1.GetString(entry.Key)));
    }

    [Fact]
    public void Readers_never_miss_what_stays_while_others_change_it()
    {
        PatternList list = ListOf("map_str");
        for (int i = 0; i < 50; i++) list.TryAdd(null, Bytes($"stays{i}"), Bytes($"{i}"), out _);
        int missed = 0;
        bool over = false;
        Thread[] readers = [.. Enumerable.Range(0, 2).Select(_ => new Thread(() =>
        {
            for (int i = 0; !Volatile.Read(ref over); i = (i + 1) % 50)
                if (FindEntry.Run(list, 0, Bytes($"stays{i}")) is not { Gone: false }) Interlocked.Increment(ref missed);
        }))];
        foreach (Thread reader in readers) reader.Start();
        Random random = new(3);
        for (int i = 0; i < 100_000; i++)
        {
            byte[] key = Bytes($"k{random.Next(3000)}");
            if (random.Next(2) == 0) list.TryAdd(null, key, Bytes("v"), out _);
            else list.TryRemove(key);
        }
        Volatile.Write(ref over, true);
        foreach (Thread reader in readers) reader.Join();
        Assert.Equal(0, missed);
    }

    [Fact]
    public void A_version_is_seen_at_once_and_only_when_it_is_committed()
    {
        PatternList list = ListOf("map_str");
        list.TryAdd(null, Bytes("old"), Bytes("1"), out _);
        uint version = list.Prepare();
        Assert.Equal(PatternChange.Done, list.TryAdd(version, Bytes("new"), Bytes("2"), out _));
        Assert.Equal(PatternChange.VersionAhead, list.TryAdd(version + 1, Bytes("new"), Bytes("2"), out _));
        Assert.NotNull(FindEntry.Run(list, 0, "old"u8));
        Assert.Null(FindEntry.Run(list, 0, "new"u8));
        Assert.False(list.TryCommit(0));
        Assert.False(list.TryCommit(version + 1));
        Assert.True(list.TryCommit(version));
        Assert.Null(FindEntry.Run(list, 0, "old"u8));
        Assert.NotNull(FindEntry.Run(list, 0, "new"u8));
        Assert.Equal(1, list.EntryCount);
        Assert.False(list.TryCommit(version));
    }

    [Fact]
    public void One_key_may_stand_there_a_hundred_thousand_times()
    {
        PatternList list = ListOf("map_str");
        byte[] key = Bytes("same");
        for (int i = 0; i < 100_000; i++) list.TryAdd(null, key, Bytes($"{i}"), out _);
        Assert.Equal("0", Encoding.Latin1.GetString(FindEntry.Run(list, 0, key)!.Value.Text));
        for (int i = 0; i < 99_999; i++) Assert.True(list.TryRemove(key));
        Assert.Equal("99999", Encoding.Latin1.GetString(FindEntry.Run(list, 0, key)!.Value.Text));
        Assert.True(list.TryRemove(key));
        Assert.Null(FindEntry.Run(list, 0, key));
    }

    private static PatternList ListOf(string word)
    {
        string rule = word.StartsWith('-')
            ? $"acl a str(x) {word} -f virt@l"
            : $"http-request set-header x %[str(x),{word}(virt@l)]";
        Parsed parsed = Parsed.Of("defaults\n mode http\n timeout client 4s\n timeout server 4s\n timeout connect 4s\n"
            + $"frontend fe\n bind 127.0.0.1:8080\n {rule}\n");
        Assert.True(parsed.Configuration is not null, parsed.Said());
        PatternList list = parsed.Configuration.Patterns.Find("virt@l")!;
        Assert.True(list.TryGoLive(out _));
        return list;
    }

    private static string? Model(string word, List<string> keys, string value)
    {
        string method = word.Split(' ', '_')[^1] == "-i" ? word.Split(' ')[1] : word.Split(' ', '_')[^1];
        StringComparison how = word.EndsWith("-i", StringComparison.Ordinal)
            ? StringComparison.OrdinalIgnoreCase
            : StringComparison.Ordinal;
        return method switch
        {
            "str" => keys.Find(key => string.Equals(key, value, how)),
            "beg" => keys.Where(key => value.StartsWith(key, how)).OrderByDescending(static key => key.Length).FirstOrDefault(),
            "end" => keys.Find(key => value.EndsWith(key, how)),
            "sub" or "reg" or "regm" => keys.Find(key => value.Contains(key, how)),
            "dir" => keys.Find(key => key.Trim('/').Length > 0 && $"/{value}/".Contains($"/{key.Trim('/')}/", how)),
            "int" => keys.Find(key => Holds(key, long.Parse(value))),
            "len" => keys.Find(key => Holds(key, value.Length)),
            _ => keys.Where(key => IPNetwork.Parse(key).Contains(IPAddress.Parse(value)))
                .OrderByDescending(static key => IPNetwork.Parse(key).PrefixLength).FirstOrDefault(),
        };
    }

    private static bool Holds(string range, long number)
    {
        string[] ends = range.Split(':');
        return ends.Length == 1 ? long.Parse(range) == number : long.Parse(ends[0]) <= number && number <= long.Parse(ends[1]);
    }

    private static string Key(string word, Random random)
    {
        if (word is "map_int" or "-m len")
        {
            int low = random.Next(40);
            return random.Next(2) == 0 ? $"{low}" : $"{low}:{low + random.Next(10)}";
        }
        if (word != "map_ip") return Letters(random, 1, 4);
        int bits = random.Next(4) * 8;
        uint address = (uint)random.Next(2, 4) << 24 | (uint)random.Next(2) << 16 | (uint)random.Next(2) << 8;
        uint masked = bits == 0 ? 0 : address & (uint.MaxValue << (32 - bits));
        return $"{masked >> 24}.{(masked >> 16) & 255}.{(masked >> 8) & 255}.0/{bits}";
    }

    private static string Value(string word, Random random) =>
        word switch
        {
            "map_int" => $"{random.Next(60)}",
            "map_ip" => $"{random.Next(2, 4)}.{random.Next(2)}.{random.Next(2)}.1",
            _ => Letters(random, 1, 9),
        };

    private static string Letters(Random random, int least, int most) =>
        new([.. Enumerable.Range(0, random.Next(least, most + 1)).Select(_ => "abB/"[random.Next(4)])]);

    private static byte[] Bytes(string text) => Encoding.Latin1.GetBytes(text);
}
