using System.Globalization;
using System.Text;
using Engine.Data.Configuration;
using Engine.Data.Shared;
using Engine.Data.Worlds;
using Engine.Runtime.CommandLine;
using Engine.Runtime.Configuration;
using Engine.Systems.Balance;

namespace Benchmarks.Micro;

/// <summary>A thread's world with one backend of as many servers as asked for.</summary>
internal static class PickWorld
{
    /// <param name="lines">Lines of the backend before its servers.</param>
    /// <param name="servers">How many.</param>
    /// <param name="words">What stands behind the address of the server of an index.</param>
    public static World Of(string lines, int servers, System.Func<int, string> words)
    {
        WordFiles.Register();
        StringBuilder text = new();
        text.Append("defaults\n mode http\n timeout client 1s\n timeout connect 1s\n timeout server 1s\n");
        text.Append("frontend fe\n bind 127.0.0.1:8080\n default_backend be\nbackend be\n").Append(lines).Append('\n');
        for (int i = 0; i < servers; i++)
            text.Append(CultureInfo.InvariantCulture, $" server s{i} 127.0.0.1:8081 {words(i)}\n");
        ConfigurationFile[] files = [new ConfigurationFile("f", Encoding.Latin1.GetBytes(text.ToString()))];
        CompiledConfiguration configuration =
            ConfigurationLoader.Run(files, new Options(), new Engine.Data.Configuration.Diagnostics(static _ => { }))!;
        SharedWorld shared = new(configuration, 1, 64);
        TurnSequence.Prepare(configuration, shared);
        return new World(configuration, shared, 0, WorldSizes.For(64), 1);
    }
}
