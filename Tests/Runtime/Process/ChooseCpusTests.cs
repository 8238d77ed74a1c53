using System;
using System.IO;
using System.Linq;
using Engine.Data.Configuration;
using Engine.Runtime.Process;
using Xunit;

namespace Tests.Runtime.Process;

/// <summary>Which CPUs <c>cpu-set</c>, <c>cpu-policy</c> and <c>cpu-affinity</c> choose, on machines that are made up.</summary>
public sealed class ChooseCpusTests
{
    /// <summary>Two nodes of two cores with two threads each: core c has the CPUs c and c + 4.</summary>
    private static CpuPlace[] Server() =>
        [.. Enumerable.Range(0, 8).Select(cpu => OnServer(cpu, cpu % 4 / 2))];

    private static CpuPlace OnServer(int cpu, int socket) => new(cpu, socket, socket, cpu % 4, socket, cpu / 4, socket, 0);

    /// <summary>Two big cores, two that do nearly as much, four little ones.</summary>
    private static CpuPlace[] Laptop() =>
        [.. Enumerable.Range(0, 8).Select(cpu =>
            new CpuPlace(cpu, 0, cpu < 4 ? 0 : 1, cpu, 0, 0, 0, cpu < 2 ? 1000 : cpu < 4 ? 900 : 400))];

    [Theory]
    [InlineData("only-cpu 0-2", "0,1,2")]
    [InlineData("drop-cpu 0-2", "3,4,5,6,7")]
    [InlineData("only-node 1", "2,3,6,7")]
    [InlineData("drop-node 1", "0,1,4,5")]
    [InlineData("only-cluster 0", "0,1,4,5")]
    [InlineData("only-core 0,3", "0,3,4,7")]
    [InlineData("drop-core 0", "1,2,3,5,6,7")]
    [InlineData("only-thread 1", "4,5,6,7")]
    [InlineData("only-node 0 drop-thread 1", "0,1")]
    [InlineData("only-cpu 0 only-cpu 1", "")]
    public void Sets(string rules, string chosen)
    {
        CpuChoice choice = new();
        string[] words = rules.Split(' ');
        for (int i = 0; i < words.Length; i += 2)
            choice.Rules.Add(new CpuRule(words[i][5..], words[i][0] == 'd', Numbers(words[i + 1])));
        Assert.Equal(chosen, Text(ChooseCpus.Run(choice, Server(), isCounted: false)));
    }

    [Theory]
    [InlineData(null, false, "0,1,2,3")]
    [InlineData("performance", false, "0,1,2,3")]
    [InlineData("efficiency", false, "4,5,6,7")]
    [InlineData("resource", false, "4,5,6,7")]
    [InlineData("none", false, "0,1,2,3,4,5,6,7")]
    [InlineData("group-by-ccx", false, "0,1,2,3,4,5,6,7")]
    [InlineData("performance", true, "0,1,2,3,4,5,6,7")]
    public void Policies_of_cores_that_differ(string? policy, bool isCounted, string chosen) =>
        Assert.Equal(chosen, Text(ChooseCpus.Run(new CpuChoice { Policy = policy }, Laptop(), isCounted)));

    [Theory]
    [InlineData("first-usable-node", false, "0,1,4,5")]
    [InlineData("group-by-cluster", true, "0,1,2,3")]
    [InlineData("none", true, "0,1,2,3,4,5,6,7")]
    [InlineData("resource", true, "0,1")]
    public void Policies_of_nodes(string policy, bool onePerCore, string chosen)
    {
        CpuChoice choice = new() { Policy = policy, OneThreadPerCore = onePerCore };
        Assert.Equal(chosen, Text(ChooseCpus.Run(choice, Server(), isCounted: false)));
    }

    [Theory]
    [InlineData("per-thread", "0|1|2|3|4|5|6|7")]
    [InlineData("per-core", "0,4|1,5|2,6|3,7|0,4|1,5|2,6|3,7")]
    [InlineData("per-ccx", "0,1,4,5|0,1,4,5|2,3,6,7|2,3,6,7|0,1,4,5|0,1,4,5|2,3,6,7|2,3,6,7")]
    [InlineData("per-group", "0,1,2,3,4,5,6,7|0,1,2,3,4,5,6,7")]
    [InlineData("auto", "")]
    public void Threads_are_bound(string affinity, string places)
    {
        int threads = affinity == "per-group" ? 2 : 8;
        int[]?[] map = ChooseCpus.Bind(new CpuChoice { Affinity = affinity }, Server(), Server(), threads);
        Assert.Equal(places, string.Join('|', map.Select(cpus => string.Join(',', cpus!))));
    }

    [Fact]
    public void The_kernels_files_say_where_cpus_are()
    {
        string folder = Directory.CreateTempSubdirectory().FullName;
        Write("online", "0-1,5");
        Write("cpu5/topology/physical_package_id", "1");
        Write("cpu5/topology/cluster_id", "65535");
        Write("cpu5/topology/core_id", "3");
        Write("cpu5/topology/thread_siblings_list", "1,5");
        Write("cpu5/cache/index3/shared_cpu_list", "1-5");
        Write("cpu5/node2/x", "");
        Write("cpu5/cpu_capacity", "512");
        Assert.Equal([0, 1, 5], ReadCpuPlaces.Online(folder));
        CpuPlace[] places = ReadCpuPlaces.Run([5, 9], folder);
        Assert.Equal(new CpuPlace(5, 2, 1, 3, 1, 1, 1, 512), places[0]);
        Assert.Equal(new CpuPlace(9, 0, 0, 0, 0, 0, 0, 0), places[1]);
        Directory.Delete(folder, recursive: true);

        void Write(string name, string text)
        {
            string path = Path.Combine(folder, name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, text + "\n");
        }
    }

    private static string Text(CpuPlace[] places) => string.Join(',', places.Select(place => place.Cpu));

    private static int[] Numbers(string text)
    {
        System.Collections.Generic.List<int> numbers = [];
        Assert.Null(Engine.Runtime.Configuration.Keywords.ThreadWords.ReadCpus(text, numbers));
        return [.. numbers];
    }
}
