using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using Engine.Data.Configuration;
using Engine.Data.Registries;

namespace Engine.Runtime.Configuration.Keywords;

/// <summary>Which CPUs threads run on: <c>cpu-set</c>, <c>cpu-policy</c>, <c>cpu-affinity</c> (manual section 3.1).</summary>
internal static unsafe class CpuWords
{
    private const string Sets = "only 'reset', 'only-cpu', 'drop-cpu', 'only-node', 'drop-node', 'only-cluster', "
        + "'drop-cluster', 'only-core', 'drop-core', 'only-thread', 'drop-thread' supported";

    private static readonly string[] Kinds = ["cpu", "node", "cluster", "core", "thread"];

    private static readonly (string Word, string Does)[] Policies =
    [
        ("none", "use all available CPUs"),
        ("performance", "make one thread group per perf. core cluster"),
        ("group-by-ccx", "make one thread group per CCX"),
        ("group-by-2-ccx", "make one thread group per 2 CCX"),
        ("group-by-3-ccx", "make one thread group per 3 CCX"),
        ("group-by-4-ccx", "make one thread group per 4 CCX"),
        ("group-by-cluster", "make one thread group per core cluster"),
        ("group-by-2-clusters", "make one thread group per 2 core clusters"),
        ("group-by-3-clusters", "make one thread group per 3 core clusters"),
        ("group-by-4-clusters", "make one thread group per 4 core clusters"),
        ("efficiency", "make one thread group per eff. core cluster"),
        ("resource", "make one thread group from the smallest cluster"),
        ("first-usable-node", "use only first usable node if nbthreads not set"),
    ];

    [ModuleInitializer]
    internal static void Register()
    {
        Words.Keywords.Add(new("cpu-set", SectionKinds.Global, "{ reset | { only | drop }-{ cpu | node | ... } <set> } ...", &Set));
        Words.Keywords.Add(new("cpu-policy", SectionKinds.Global, "<policy> [threads-per-core { 1 | auto }]", &Policy));
        Words.Keywords.Add(new("cpu-affinity", SectionKinds.Global, "{ per-core | per-group | per-thread | per-ccx | auto }", &Affinity));
    }

    private static void Set(Directive line)
    {
        if (line.Count < 2) line.Alert($"'cpu-set' requires a directive and an optional value ({Sets}).");
        while (!line.AtEnd)
        {
            string word = line.Next();
            if (word == "reset")
            {
                line.Draft.Globals.Cpus.Resets = true;
                continue;
            }
            int dash = word.IndexOf('-');
            bool isKnown = dash == 4 && word[..dash] is "only" or "drop" && Array.IndexOf(Kinds, word[(dash + 1)..]) >= 0;
            if (!isKnown)
            {
                line.Alert($"'cpu-set' passed an unknown directive '{word}' ({Sets}).");
                return;
            }
            List<int> numbers = [];
            string? fault = line.AtEnd ? "missing CPU set" : ThreadWords.ReadCpus(line.Next(), numbers);
            if (fault is not null)
            {
                line.Alert($"'cpu-set {word}': {fault}\n.");
                return;
            }
            line.Draft.Globals.Cpus.Rules.Add(new CpuRule(word[(dash + 1)..], word[0] == 'd', [.. numbers]));
        }
    }

    /// <summary>There is one group of threads: of the policies that make several, what they choose is obeyed.</summary>
    private static void Policy(Directive line)
    {
        string word = line.Next();
        if (!Array.Exists(Policies, policy => policy.Word == word))
        {
            string[] known = Array.ConvertAll(Policies, policy => $"'{policy.Word}' ({policy.Does})");
            line.Alert($"'cpu-policy' passed an unknown CPU policy '{word}'. Supported values are: and "
                + $"{string.Join(", ", known[..^1])}, and {known[^1]}.\n");
            return;
        }
        CpuChoice choice = line.Draft.Globals.Cpus;
        choice.Policy = word;
        choice.OneThreadPerCore = false;
        if (line.AtEnd) return;
        string option = line.Next();
        string value = line.Next();
        if (option != "threads-per-core")
            line.Alert($"'cpu-policy' passed an unknown keyword '{option}', the only known values are threads-per-core");
        else if (value is not ("1" or "auto"))
            line.Alert($"'cpu-policy' passed an unknown value '{value}' to keyword 'threads-per-core', known values are 1 or auto");
        else choice.OneThreadPerCore = value == "1";
    }

    private static void Affinity(Directive line)
    {
        string word = line.Next();
        if (word is not ("per-core" or "per-group" or "per-thread" or "per-ccx" or "auto"))
        {
            line.Alert($"'cpu-affinity' parsed an unknown directive '{word}'. Known values are : per-core per-group "
                + "per-thread per-ccx auto");
            return;
        }
        bool takesOption = word == "per-group";
        if (!line.AtEnd && !(takesOption && line.Peek() is "auto" or "loose"))
        {
            string known = takesOption ? " Known values are : loose auto" : "";
            line.Alert($"'{word}' provided with unknown optional argument '{line.Peek()}'. {known}");
            return;
        }
        line.Draft.Globals.Cpus.Affinity = word;
    }
}
