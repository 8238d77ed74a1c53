using System;
using System.Collections.Generic;
using System.Globalization;
using System.Runtime.CompilerServices;
using Engine.Data.Buffers;
using Engine.Data.Configuration;
using Engine.Data.Connections;
using Engine.Data.Streams;
using Engine.Data.Worlds;

namespace Engine.Runtime.Admin.Commands;

/// <summary>
/// <c>show pools</c> (management guide section 9.3): buffers, connections and streams of all threads in the lines of the
/// reference. What is not lent is not counted as allocated, for nobody keeps a count of it.
/// </summary>
internal static unsafe class PoolCommand
{
    private readonly record struct Pool(string Name, long Size, long Used, ulong Failures);

    [ModuleInitializer]
    internal static void Register() =>
        ServerCommands.Add("show pools", AdminLevel.User, "[by*] [match <pfx>] [nb]", Show,
            "report information about the memory pools usage");

    private static void Show(AdminRequest request)
    {
        string order = "";
        string prefix = "";
        int most = 0;
        for (int i = 0; i < request.Arguments.Length; i++)
        {
            string word = request.Argument(i);
            if (word is "byname" or "bysize" or "byusage") order = word;
            else if (word == "match" && request.Argument(i + 1).Length > 0) prefix = request.Argument(++i);
            else if (word != "detailed" && !int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out most))
            {
                request.Refuse("Expects either 'byname', 'bysize', 'byusage', 'match <pfx>', 'detailed', or a max number of "
                    + "output lines.");
                return;
            }
        }
        List<Pool> pools = Pools(request.Engine.Worlds).FindAll(pool => pool.Name.StartsWith(prefix, StringComparison.Ordinal));
        if (order == "byusage") pools.RemoveAll(static pool => pool.Used == 0);
        Sort(pools, order);
        Answer(request, pools, most);
    }

    private static void Answer(AdminRequest request, List<Pool> pools, int most)
    {
        string limit = most > 0 ? $" (limited to the first {most} entries)" : "";
        request.Answer($"Dumping pools usage{limit}. Use SIGQUIT to flush them.");
        long bytes = 0;
        for (int i = 0; i < pools.Count; i++)
        {
            Pool pool = pools[i];
            bytes += pool.Used * pool.Size;
            if (most > 0 && i >= most) continue;
            request.Answer(string.Create(
                CultureInfo.InvariantCulture,
                $"  - Pool {pool.Name} ({pool.Size} bytes/64) : {pool.Used} allocated ({pool.Used * pool.Size} bytes), "
                + $"{pool.Used} used (~0 by thread caches), needed_avg {pool.Used}, {pool.Failures} failures, 1 users, @0x{i:x}"));
        }
        request.Answer(string.Create(
            CultureInfo.InvariantCulture,
            $"Total: {pools.Count} pools, {bytes} bytes allocated, {bytes} used (~0 by thread caches)."));
    }

    private static List<Pool> Pools(ReadOnlySpan<World> worlds)
    {
        long small = 0, buffer = 0, large = 0, connections = 0, streams = 0;
        ulong failures = 0;
        foreach (World world in worlds)
        {
            small += world.Buffers.LentOf(BufferClass.Small);
            buffer += world.Buffers.LentOf(BufferClass.Standard);
            large += world.Buffers.LentOf(BufferClass.Large);
            connections += world.Connections.Count;
            streams += world.Streams.Count;
            failures += world.Counters->BuffersExhausted;
        }
        BufferSlab slab = worlds[0].Buffers;
        return
        [
            new Pool("connection", sizeof(Connection), connections, 0),
            new Pool("stream", sizeof(Stream), streams, 0),
            new Pool("buffer_small", slab.SizeOf(BufferClass.Small), small, 0),
            new Pool("buffer", slab.SizeOf(BufferClass.Standard), buffer, failures),
            new Pool("buffer_large", slab.SizeOf(BufferClass.Large), large, 0),
        ];
    }

    private static void Sort(List<Pool> pools, string order)
    {
        if (order == "byname") pools.Sort(static (a, b) => string.CompareOrdinal(a.Name, b.Name));
        else if (order == "bysize") pools.Sort(static (a, b) => b.Size.CompareTo(a.Size));
        else if (order == "byusage") pools.Sort(static (a, b) => (b.Used * b.Size).CompareTo(a.Used * a.Size));
    }
}
