using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using Engine.Data.Configuration;
using Engine.Runtime.CommandLine;
using Engine.Runtime.Configuration;

namespace Engine.Runtime.Admin.Statistics;

/// <summary>
/// <c>stats-file</c>: counters begin where those of another process ended (management guide section 9.5). What does not fit
/// is left: the file is nobody's promise.
/// </summary>
internal static class LoadStatsFile
{
    private const string FrontStart = "#fe guid,";
    private const string BackStart = "#be guid,";

    /// <summary>Fills the counters of the first thread, before any thread runs.</summary>
    public static void Run(EngineAccess engine, MessageWriter messages)
    {
        if (engine.Configuration.Globals.StatsFile is not { } path) return;
        string[] lines;
        try
        {
            lines = File.ReadAllLines(ConfigurationText.ToSystem(path));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            messages.Warning($"config: Can't load stats-file '{path}': cannot open file.");
            return;
        }
        Dictionary<string, object> owners = Owners(engine.Configuration);
        string[] columns = [];
        bool front = false;
        for (int i = 0; i < lines.Length; i++)
        {
            string line = lines[i];
            if (line.StartsWith('#'))
            {
                bool known = IsHeader(line);
                if (!known && i == 0)
                {
                    messages.Warning($"config: Invalid stats-file format in file '{path}'.");
                    return;
                }
                if (!known) messages.Warning($"config: Ignored stats-file header line '{i + 1}' in file '{path}'.");
                front = line.StartsWith(FrontStart, StringComparison.Ordinal);
                bool counts = known && (front || line.StartsWith(BackStart, StringComparison.Ordinal));
                columns = counts ? line[FrontStart.Length..].Split(',') : [];
            }
            else if (i == 0 && line.Length > 0)
            {
                messages.Warning($"config: Invalid stats-file format in file '{path}'.");
                return;
            }
            else if (owners.TryGetValue(line.Split(',')[0], out object? owner))
            {
                Take(engine, owner, front, columns, line.Split(',').AsSpan(1));
            }
        }
    }

    /// <summary><c>#xx guid,</c> and names of columns, each with its comma.</summary>
    private static bool IsHeader(string line)
    {
        int space = line.IndexOf(' ', StringComparison.Ordinal);
        return space > 1 && line.AsSpan(space + 1).StartsWith("guid,") && line.EndsWith(',');
    }

    private static Dictionary<string, object> Owners(CompiledConfiguration configuration)
    {
        Dictionary<string, object> owners = [];
        foreach (Proxy proxy in configuration.Proxies)
        {
            if (proxy.Guid is { } guid) owners[guid] = proxy;
            foreach (int number in proxy.Servers)
                if (configuration.Servers[number].Guid is { } own) owners[own] = configuration.Servers[number];
            foreach (int number in proxy.Listeners)
                if (configuration.Listeners[number].Guid is { } own) owners[own] = configuration.Listeners[number];
        }
        return owners;
    }

    /// <summary>A wrong number ends the line.</summary>
    private static void Take(EngineAccess engine, object owner, bool front, string[] columns, ReadOnlySpan<string> values)
    {
        for (int i = 0; i < columns.Length && i < values.Length; i++)
        {
            if (values[i].Length == 0) continue;
            if (!ulong.TryParse(values[i], NumberStyles.None, CultureInfo.InvariantCulture, out ulong value)) return;
            switch (owner)
            {
                case Proxy proxy when front:
                    FillCounters.Frontend(ref engine.Worlds[0].ProxyCounters[proxy.Number], columns[i], value);
                    break;
                case Proxy proxy:
                    FillCounters.Backend(ref engine.Worlds[0].ProxyCounters[proxy.Number], columns[i], value);
                    break;
                case Server server when !front:
                    FillCounters.Server(ref engine.Worlds[0].ServerCounters[server.Number], columns[i], value);
                    break;
                case Listener listener when front:
                    FillCounters.Listener(ref engine.Worlds[0].ListenerCounters[listener.Number], columns[i], value);
                    break;
            }
        }
    }
}
