using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using Engine.Data.Configuration;
using Engine.Runtime.CommandLine;
using Engine.Runtime.Configuration;

namespace Engine.Runtime.Health;

/// <summary>
/// A file of server states (management guide, <c>show servers state</c>): its version in the first line, then a line for
/// each server. One broken line makes the whole file worthless: who knows what else was cut off.
/// </summary>
internal sealed class ServerStateFile
{
    /// <summary>The only version there is.</summary>
    private const int Version = 1;

    private const int FieldsMin = 20;

    private readonly Dictionary<(string Backend, string Server), string[]> lines = [];

    private ServerStateFile()
    {
    }

    /// <summary>Lines that nobody has taken.</summary>
    public IEnumerable<string[]> Left => lines.Values;

    /// <summary>The file that <c>server-state-file</c> names.</summary>
    public static ServerStateFile? Global(string path, MessageWriter messages) =>
        Read(path, null, messages);

    /// <summary>The file of one backend: its lines must be of that one.</summary>
    public static ServerStateFile? Local(string path, Proxy backend, MessageWriter messages) =>
        Read(path, backend, messages);

    /// <summary>The fields of a server, once; null: nothing is known.</summary>
    public string[]? Take(string backend, string server) => lines.Remove((backend, server), out string[]? fields) ? fields : null;

    private static ServerStateFile? Read(string path, Proxy? backend, MessageWriter messages)
    {
        string kind = backend is null ? "global server state file" : "server state file";
        string place = backend is null ? "config: " : $"Proxy '{backend.Name}': ";
        string stop = backend is null ? "" : ".";
        string text;
        try
        {
            text = File.ReadAllText(ConfigurationText.ToSystem(path));
        }
        catch (Exception failure) when (failure is FileNotFoundException or DirectoryNotFoundException)
        {
            messages.Notice($"{place}Can't open {kind} '{path}': No such file or directory{stop}");
            return null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            messages.Warning($"{place}Can't open {kind} '{path}': {(failure is UnauthorizedAccessException ? "Permission denied" : failure.Message)}{stop}");
            return null;
        }
        if (text.Length == 0)
        {
            messages.Notice($"{place}Empty {kind} '{path}'.");
            return null;
        }
        string[] rows = text.Split('\n');
        if (rows.Length < 2 || !int.TryParse(rows[0], NumberStyles.Integer, CultureInfo.InvariantCulture, out int version)
            || version != Version)
        {
            messages.Warning($"{place}Can't get version of the {kind} '{path}'.");
            return null;
        }
        ServerStateFile file = new();
        for (int i = 1; i < rows.Length; i++)
        {
            bool isCutOff = i == rows.Length - 1;
            if (isCutOff && rows[i].Length == 0) break;
            if (!isCutOff && file.TakeLine(rows[i], backend, messages)) continue;
            messages.Warning($"{place}corrupted {kind} '{path}' at line {i}.");
            return null;
        }
        return file;
    }

    /// <summary>False: it is broken.</summary>
    private bool TakeLine(string line, Proxy? backend, MessageWriter messages)
    {
        string[] fields = line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        if (fields.Length == 0 || fields[0].StartsWith('#')) return true;
        if (fields.Length < FieldsMin) return false;
        if (backend is null || IsOf(backend, fields, messages))
            lines.TryAdd((backend?.Name ?? fields[1], fields[3]), fields);
        return true;
    }

    private static bool IsOf(Proxy backend, string[] fields, MessageWriter messages)
    {
        bool hasId = fields[0] == backend.Id.ToString(CultureInfo.InvariantCulture);
        bool hasName = fields[1] == backend.Name;
        if (!hasId && !hasName) return false;
        string place = $"Proxy '{backend.Name}': backend";
        const string source = "mismatch: from server state file:";
        if (!hasId) messages.Warning($"{place} ID {source} '{fields[0]}', from running config '{backend.Id}'");
        if (hasName) return true;
        messages.Warning($"{place} name {source} '{fields[1]}', from running config '{backend.Name}'");
        return fields[15] == "1"; // its number was given then, and so tells it
    }
}
