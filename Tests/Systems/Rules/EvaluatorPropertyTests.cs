using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using Tests.Corpora.Rules;
using Tests.Runtime.Configuration;
using Xunit;

namespace Tests.Systems.Rules;

/// <summary>
/// Conditions, arithmetic and maps made at random, against the plainest model of each. A failure prints its seed.
/// </summary>
public sealed class EvaluatorPropertyTests
{
    private const string Before =
        "defaults\n mode http\n timeout client 4s\n timeout server 4s\n timeout connect 4s\nfrontend fe\n bind 127.0.0.1:8080\n";

    private const string After = " default_backend be\nbackend be\n";

    [Fact]
    public void Conditions_are_ors_of_ands()
    {
        int seed = Environment.TickCount;
        Random random = new(seed);
        StringBuilder rules = new();
        List<bool> expected = [];
        for (int i = 0; i < 300; i++)
        {
            bool unless = random.Next(2) == 0;
            bool any = false;
            List<string> groups = [];
            for (int g = random.Next(1, 4); g > 0; g--)
            {
                bool all = true;
                List<string> terms = [];
                for (int t = random.Next(1, 5); t > 0; t--)
                {
                    bool value = random.Next(2) == 0;
                    bool negated = random.Next(2) == 0;
                    bool anonymous = random.Next(2) == 0;
                    string name = anonymous ? $"{{ bool({(value ? 1 : 0)}) }}" : value ? "TRUE" : "FALSE";
                    terms.Add((negated ? "!" : "") + name);
                    all &= value != negated;
                }
                groups.Add(string.Join(' ', terms));
                any |= all;
            }
            expected.Add(any != unless);
            rules.Append($" http-request set-header R{i} 1 {(unless ? "unless" : "if")} {string.Join(" || ", groups)}\n");
        }
        using RuleWorld world = Run(rules);
        for (int i = 0; i < expected.Count; i++)
            Assert.True(expected[i] == (world.Field($"r{i}") is not null), $"seed {seed}, rule {i}");
    }

    [Fact]
    public void Arithmetic_stays_within_64_bits()
    {
        int seed = Environment.TickCount;
        Random random = new(seed);
        StringBuilder rules = new();
        List<Int128> expected = [];
        for (int i = 0; i < 300; i++)
        {
            Int128 value = Draw(random);
            rules.Append($" http-request set-header R{i} \"%[int({value})");
            for (int s = random.Next(1, 6); s > 0; s--)
            {
                long operand = Draw(random);
                (string word, Int128 result) = random.Next(5) switch
                {
                    0 => ("add", value + operand),
                    1 => ("sub", value - operand),
                    2 => ("mul", value * operand),
                    3 => ("xor", (Int128)((long)value ^ operand)),
                    _ => ("div", operand == 0 ? long.MaxValue : value / operand),
                };
                rules.Append($",{word}({operand})");
                value = result > long.MaxValue ? long.MaxValue : result < long.MinValue ? long.MinValue : result;
            }
            rules.Append("]\"\n");
            expected.Add(value);
        }
        using RuleWorld world = Run(rules);
        for (int i = 0; i < expected.Count; i++)
            Assert.True(expected[i].ToString() == world.Field($"r{i}"), $"seed {seed}, rule {i}: {world.Field($"r{i}")}");
    }

    [Theory]
    [InlineData("map_beg")]
    [InlineData("map_end")]
    [InlineData("map_sub")]
    [InlineData("map_str")]
    [InlineData("map_dir")]
    public void Maps_find_what_a_search_through_their_lines_finds(string word)
    {
        int seed = Environment.TickCount;
        Random random = new(seed);
        string[] keys = [.. Enumerable.Range(0, 60).Select(_ => Letters(random, 1, 4)).Distinct()];
        string file = Path.GetTempFileName();
        File.WriteAllLines(file, keys.Select((key, number) => $"{key} {number}"));
        StringBuilder rules = new();
        List<string> values = [];
        for (int i = 0; i < 200; i++)
        {
            values.Add(Letters(random, 1, 9));
            rules.Append($" http-request set-header R{i} %[str({values[i]}),{word}({file},none)]\n");
        }
        using RuleWorld world = Run(rules);
        File.Delete(file);
        for (int i = 0; i < values.Count; i++)
        {
            string expected = Model(word, keys, values[i]);
            Assert.True(expected == world.Field($"r{i}"), $"seed {seed}: {values[i]}: {expected}, {world.Field($"r{i}")}");
        }
    }

    private static string Model(string word, string[] keys, string value)
    {
        IEnumerable<int> numbers = Enumerable.Range(0, keys.Length);
        int[] found = word switch
        {
            "map_beg" => [.. numbers.Where(n => value.StartsWith(keys[n], StringComparison.Ordinal))
                .OrderByDescending(n => keys[n].Length)],
            "map_end" => [.. numbers.Where(n => value.EndsWith(keys[n], StringComparison.Ordinal))],
            "map_sub" => [.. numbers.Where(n => value.Contains(keys[n], StringComparison.Ordinal))],
            "map_str" => [.. numbers.Where(n => value == keys[n])],
            _ => [.. numbers.Where(n => keys[n].Trim('/').Length > 0 && $"/{value}/".Contains($"/{keys[n].Trim('/')}/"))],
        };
        return found.Length == 0 ? "none" : found[0].ToString();
    }

    private static string Letters(Random random, int least, int most) =>
        new([.. Enumerable.Range(0, random.Next(least, most + 1)).Select(_ => "ab/"[random.Next(3)])]);

    private static long Draw(Random random) =>
        random.Next(4) switch
        {
            0 => random.Next(-5, 6),
            1 => random.NextInt64(),
            2 => -random.NextInt64(),
            _ => random.Next(2) == 0 ? long.MaxValue : long.MinValue,
        };

    private static RuleWorld Run(StringBuilder rules)
    {
        Parsed parsed = Parsed.Of(Before + rules + After);
        Assert.True(parsed.Configuration is not null, parsed.Said());
        RuleWorld world = new RuleWorld(parsed.Configuration!).WithRequest(RuleCorpus.Request);
        world.Run();
        return world;
    }
}
