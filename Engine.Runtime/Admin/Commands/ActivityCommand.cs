using System;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Engine.Data.Configuration;
using Engine.Data.Shared;
using Engine.Data.Worlds;

namespace Engine.Runtime.Admin.Commands;

/// <summary>
/// <c>show activity</c> (management guide section 9.3): what threads did, under the reference's names where the thing is
/// the same one. What this engine does not have is left out.
/// </summary>
internal static unsafe class ActivityCommand
{
    private static readonly (string Name, Func<World, ulong> Read)[] Figures =
    [
        ("loops", static world => world.Counters->Ticks),
        ("poll_io", static world => world.Counters->Completions),
        ("pool_fail", static world => world.Counters->BuffersExhausted),
        ("buf_wait", static world => world.Starved.Count),
        ("accepted", static world => world.Counters->Connections),
        ("check_running", static world => (ulong)Math.Max(0, world.Shared.LoadOf(world.Thread).Running)),
    ];

    [ModuleInitializer]
    internal static void Register() =>
        ServerCommands.Add("show activity", AdminLevel.User, "[-1|0|thread_num]", Show,
            "show per-thread activity stats (for support/developers)");

    private static void Show(AdminRequest request)
    {
        ReadOnlySpan<World> worlds = request.Engine.Worlds;
        int wanted = request.Argument(0).Length == 0 ? -1 : Number(request.Argument(0));
        if (wanted < -1 || wanted > worlds.Length)
        {
            request.Refuse("Thread ID number must be between -1 and nbthread");
            return;
        }
        long now = (DateTime.UtcNow - DateTime.UnixEpoch).Ticks / 10;
        request.Answer($"thread_id: 1 (1..{worlds.Length})");
        request.Answer($"date_now: {Seconds(now)}");
        request.Answer($"uptime_now: {Seconds(request.Services.Report().UptimeMs * 1000)}");
        foreach ((string name, Func<World, ulong> read) in Figures)
        {
            ulong sum = 0;
            StringBuilder each = new();
            foreach (World world in worlds)
            {
                ulong own = read(world);
                if (wanted <= 0 || world.Thread == wanted - 1) sum += own;
                each.Append(' ').Append(own);
            }
            request.Answer(wanted < 0 && worlds.Length > 1 ? $"{name}: {sum} [{each} ]" : $"{name}: {sum}");
        }
    }

    /// <summary>The number that a word begins with, 0 for none.</summary>
    private static int Number(string word)
    {
        int end = word.StartsWith('-') ? 1 : 0;
        while (end < word.Length && char.IsAsciiDigit(word[end])) end++;
        return int.TryParse(word.AsSpan(0, end), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number)
            ? number
            : 0;
    }

    private static string Seconds(long microseconds) =>
        string.Create(CultureInfo.InvariantCulture, $"{microseconds / 1_000_000}.{microseconds % 1_000_000:D6}");
}
