using System;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Threading;
using Engine.Data.Configuration;
using Engine.Data.Tables;
using Engine.Data.Worlds;

namespace Engine.Runtime.Admin.Commands;

/// <summary>
/// <c>show threads</c> and <c>show tasks</c> (management guide section 9.3): what threads are at, in the reference's shape.
/// Its locks, contexts and call traces are its own and left out.
/// </summary>
internal static unsafe class ThreadCommands
{
    /// <summary>By thread: ticks when it was asked last.</summary>
    private static ulong[] seen = [];

    private static readonly (string Name, Func<World, RowList> Of)[] Lists =
    [
        ("ParseHeads", static world => world.Received),
        ("EvaluateRules", static world => world.ToRule),
        ("PickServers", static world => world.ToPick),
        ("ConnectServers", static world => world.ToConnect),
        ("EvaluateResponseRules", static world => world.ToRuleResponse),
        ("ForwardBodies", static world => world.ToForward),
        ("SendBytes", static world => world.ToSend),
        ("EndStreams", static world => world.ToEnd),
    ];

    [ModuleInitializer]
    internal static void Register()
    {
        ServerCommands.Add("show threads", AdminLevel.User, "", Show, "show some threads debugging information");
        ServerCommands.Add("show tasks", AdminLevel.User, "", ShowTasks, "show running tasks");
    }

    /// <summary>A thread that has work and made no tick since it was asked last has a sign before it.</summary>
    private static void Show(AdminRequest request)
    {
        ReadOnlySpan<World> worlds = request.Engine.Worlds;
        if (seen.Length != worlds.Length) seen = new ulong[worlds.Length];
        foreach (World world in worlds)
        {
            ulong ticks = Volatile.Read(ref world.Counters->Ticks);
            bool works = world.HasWork;
            char sign = works && ticks == seen[world.Thread] && ticks > 0 ? '>' : ' ';
            seen[world.Thread] = ticks;
            int queued = 0;
            foreach ((_, Func<World, RowList> of) in Lists) queued += (int)of(world).Count;
            request.Output.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"{sign} Thread {world.Thread + 1} : act={(works ? 1 : 0)} rq={queued} rqsz={queued}\n"
                + $"      1/{world.Thread + 1}    loops={ticks} ctxsw={world.Counters->Completions} stuck={(sign == '>' ? 1 : 0)} "
                + $"conns={world.Connections.Count} streams={world.Streams.Count} starved={world.Starved.Count}\n"));
        }
    }

    private static void ShowTasks(AdminRequest request)
    {
        ReadOnlySpan<World> worlds = request.Engine.Worlds;
        int[] counts = new int[Lists.Length];
        int total = 0;
        for (int i = 0; i < Lists.Length; i++)
        {
            foreach (World world in worlds) counts[i] += (int)Lists[i].Of(world).Count;
            total += counts[i];
        }
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"Running tasks: {total} ({worlds.Length} threads)\n");
        text.Append("  function                     places     %    lat_tot   lat_avg  calls_tot  calls_avg calls%\n");
        for (int i = 0; i < Lists.Length; i++)
        {
            if (counts[i] > 0)
                text.Append(CultureInfo.InvariantCulture, $"  {Lists[i].Name,-28} {counts[i],6} {100.0 * counts[i] / total,5:F1}\n");
        }
        request.Output.Add(text);
    }
}
