using System.Collections.Generic;
using System.Text;
using Engine.Data.Rules;
using Tests.Corpora.Rules;
using Tests.Runtime.Configuration;
using Xunit;

namespace Tests.Systems.Rules;

/// <summary>
/// ACLs and expressions against what the reference made of them: each stands in a rule of one configuration, which is
/// parsed, compiled and run on the corpus's request.
/// </summary>
public sealed class ReferenceTests
{
    private const string Before = """
        defaults
          mode http
          timeout client 4s
          timeout server 4s
          timeout connect 4s
        frontend fe
          bind 127.0.0.1:8080

        """;

    private const string After = """
          default_backend be
        backend be

        """;

    [Fact]
    public void Acls_match_as_the_reference_has_it()
    {
        List<(string Asked, string Expected)> cases = [.. RuleCorpus.Cases("acls.txt")];
        StringBuilder text = new(Before);
        for (int i = 0; i < cases.Count; i++)
            text.Append($"  http-request set-header R{i} 1 if {{ {cases[i].Asked} }}\n");
        using RuleWorld world = Run(text);
        Compare(cases, (i, _) => world.Field($"r{i}") ?? "0");
    }

    [Theory]
    [InlineData("fetches.txt")]
    [InlineData("converters.txt")]
    [InlineData("maps.txt")]
    [InlineData("codings.txt")]
    public void Expressions_have_the_values_the_reference_has(string file)
    {
        List<(string Asked, string Expected)> cases = [.. RuleCorpus.Cases(file)];
        StringBuilder text = new(Before);
        for (int i = 0; i < cases.Count; i++)
        {
            text.Append($"  http-request set-header R{i} \"%[{cases[i].Asked}]\"\n");
            string word = cases[i].Asked.Contains("\\$") ? $"\"{cases[i].Asked}\"" : cases[i].Asked;
            text.Append($"  http-request set-header F{i} 1 if {{ {word} -m found }}\n");
        }
        using RuleWorld world = Run(text);
        Compare(cases, (i, _) => world.Field($"f{i}") is null ? "(none)" : world.Field($"r{i}")!);
    }

    /// <summary>Cases of actions: rules with two semicolons between them, an arrow, what is looked at then.</summary>
    [Theory]
    [InlineData("variables.txt")]
    [InlineData("edits.txt")]
    public void Rules_leave_what_the_reference_leaves(string file)
    {
        List<(string Asked, string Expected)> cases = [.. RuleCorpus.Cases(file)];
        Compare(cases, (_, asked) =>
        {
            string[] parts = asked.Split(" => ");
            StringBuilder text = new(Before);
            foreach (string rule in parts[0].Split(" ;; ")) text.Append($"  http-request {rule}\n");
            text.Append($"  http-request set-header tests-found 1 if {{ {parts[1]} -m found }}\n");
            text.Append($"  http-request set-header tests-value \"%[{parts[1]}]\"\n");
            using RuleWorld world = Run(text);
            return world.Field("tests-found") is null ? "(none)" : world.Field("tests-value")!;
        });
    }

    private static RuleWorld Run(StringBuilder text)
    {
        Parsed parsed = Parsed.Of(text.Append(After).ToString());
        Assert.True(parsed.Configuration is not null, parsed.Said());
        RuleWorld world = new RuleWorld(parsed.Configuration!).WithRequest(RuleCorpus.Request);
        Assert.Equal(RuleVerdictKind.Continue, world.Run().Kind);
        return world;
    }

    private static void Compare(
        List<(string Asked, string Expected)> cases, System.Func<int, string, string> actual)
    {
        StringBuilder wrong = new();
        for (int i = 0; i < cases.Count; i++)
        {
            string got = actual(i, cases[i].Asked);
            if (got != cases[i].Expected)
                wrong.Append($"{cases[i].Asked}: expected '{cases[i].Expected}', was '{got}'\n");
        }
        Assert.True(wrong.Length == 0, wrong.ToString());
    }
}
