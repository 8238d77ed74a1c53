using System.Collections.Generic;
using System.Text;
using Benchmarks.Inside;
using Engine.Runtime.CommandLine;
using Engine.Runtime.Configuration;
using Xunit;

namespace Tests.Benchmarks.Inside;

public sealed class PairTests
{
    [Fact]
    public void The_files_of_all_pairs_are_accepted()
    {
        WordFiles.Register();
        foreach (Pair pair in Pair.All)
        {
            byte[] text = Encoding.Latin1.GetBytes("global\n" + pair.Configuration(2, 8080, 8081, 8082));
            List<string> told = [];
            Assert.NotNull(ConfigurationLoader.Run(
                [new ConfigurationFile(pair.Name, text)], new Options(),
                new Engine.Data.Configuration.Diagnostics(one => told.Add(one.ToString()))));
            Assert.Empty(told);
        }
    }
}
