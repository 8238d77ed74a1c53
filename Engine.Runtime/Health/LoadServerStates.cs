using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using Engine.Data.Configuration;
using Engine.Data.Health;
using Engine.Data.Shared;
using Engine.Runtime.CommandLine;
using Engine.Runtime.Configuration;

namespace Engine.Runtime.Health;

/// <summary>
/// Takes the states of servers over from a file that another process wrote with <c>show servers state</c> (manual section
/// 4.2, <c>load-server-state-from-file</c>). What does not fit is left: the file is nobody's promise.
/// </summary>
public static class LoadServerStates
{
    private const string Version = "1";

    /// <summary>Fields of a line that are needed.</summary>
    private const int FieldsMin = 19;

    /// <summary>Reads what the configuration names, before any thread runs.</summary>
    public static void Run(
        CompiledConfiguration configuration, SharedWorld shared, MessageWriter messages, long nowNanoseconds)
    {
        bool any = false;
        Dictionary<string, string[]> read = [];
        foreach (Proxy proxy in configuration.Proxies)
        {
            if (FileOf(configuration.Globals, proxy) is not { } path) continue;
            if (!read.TryGetValue(path, out string[]? lines)) read[path] = lines = Read(path, messages);
            foreach (string line in lines) any |= Apply(configuration, shared, proxy, line, nowNanoseconds);
        }
        if (any) StartHealth.Recount(shared, configuration);
    }

    private static string? FileOf(Globals globals, Proxy proxy)
    {
        string? name = proxy.ServerStates switch
        {
            ServerStateSource.Global => globals.ServerStateFile,
            ServerStateSource.Local => proxy.ServerStateFile ?? proxy.Name,
            _ => null,
        };
        if (name is null) return null;
        return globals.ServerStateBase is { } folder && !name.StartsWith('/') ? Path.Combine(folder, name) : name;
    }

    private static string[] Read(string path, MessageWriter messages)
    {
        try
        {
            string[] lines = File.ReadAllLines(ConfigurationText.ToSystem(path));
            if (lines.Length > 0 && lines[0] == Version) return lines[1..];
            messages.Warning($"server-state-file '{path}': unknown or missing version, the file is ignored.");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            messages.Notice($"server-state-file '{path}': {failure.Message}");
        }
        return [];
    }

    private static bool Apply(
        CompiledConfiguration configuration, SharedWorld shared, Proxy proxy, string line, long nowNanoseconds)
    {
        string[] words = line.Split(' ');
        if (line.StartsWith('#') || words.Length < FieldsMin || words[1] != proxy.Name) return false;
        foreach (int number in proxy.Servers)
        {
            Server server = configuration.Servers[number];
            if (server.Name != words[3]) continue;
            return Take(shared, server, words, nowNanoseconds);
        }
        return false;
    }

    /// <summary>Numbers are looked at before they are used; a line with a wrong one changes nothing.</summary>
    private static bool Take(SharedWorld shared, Server server, string[] words, long nowNanoseconds)
    {
        if (!TryNumber(words[5], 0, 3, out int state) || !TryNumber(words[6], 0, 127, out int admin)
            || !TryNumber(words[7], 0, 256, out int weight) || !TryNumber(words[8], 0, 256, out int initial)
            || !TryNumber(words[9], 0, int.MaxValue, out int seconds)
            || !TryNumber(words[10], 0, (int)CheckStatus.ProcessOk, out int status)
            || !TryNumber(words[11], 0, 4, out int verdict) || !TryNumber(words[12], 0, int.MaxValue, out int health))
        {
            return false;
        }
        ref ServerHealth row = ref shared.Health(server.Number);
        const ServerAdmin kept = ServerAdmin.ForcedMaintenance | ServerAdmin.ForcedDrain;
        // What the configuration now says of maintenance counts, unless it said the same when the file was written.
        bool said = ((ServerAdmin)admin & ServerAdmin.ConfiguredMaintenance) != 0;
        if (said == server.Disabled) row.Admin = (row.Admin & ~kept) | ((ServerAdmin)admin & kept);
        if (initial == row.InitialWeight) row.UserWeight = weight;
        row.ChangedNanoseconds = nowNanoseconds - (seconds * 1_000_000_000L);
        ref CheckRow check = ref shared.CheckOf(StartHealth.Number(server, agent: false));
        bool maintenance = (row.Admin & ServerAdmin.Maintenance) != 0;
        if (maintenance)
        {
            row.State = ServerOperation.Stopped;
            check.Flags |= CheckFlags.Paused;
            check.Health = 0;
            return true;
        }
        check.Flags &= ~CheckFlags.Paused;
        // Without checks nobody would ever bring it up again.
        if (!server.IsChecked && server.Tracks < 0)
        {
            row.State = ServerOperation.Running;
            return true;
        }
        row.State = (ServerOperation)state;
        if (row.State == ServerOperation.Starting && server.SlowStartMs == 0) row.State = ServerOperation.Running;
        if (row.State == ServerOperation.Starting) shared.WarmDueNanoseconds = nowNanoseconds;
        if (!server.IsChecked) return true;
        check.Health = Math.Min(health, server.Check.HealthMax);
        if (row.State == ServerOperation.Stopped) check.Health = Math.Min(check.Health, server.Check.Rise - 1);
        else check.Health = Math.Max(check.Health, server.Check.Rise);
        check.Status = (CheckStatus)status;
        check.Verdict = (CheckVerdict)verdict;
        return true;
    }

    private static bool TryNumber(string text, int low, int high, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number >= low && number <= high;
}
