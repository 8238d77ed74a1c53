using System;
using System.Collections.Generic;
using System.IO;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Benchmarks.EndToEnd;

/// <summary>
/// Everything that a run measured, with what one needs to judge it: the file that <c>--out</c> writes.
/// </summary>
public sealed record RunRecord
{
    /// <summary>Version of the file's form.</summary>
    public const int CurrentFormat = 1;

    private static readonly JsonSerializerOptions Form = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public int Format { get; init; } = CurrentFormat;

    /// <summary>When the run began, UTC.</summary>
    public DateTime Date { get; init; }

    public required MachineFacts Machine { get; init; }

    /// <summary>Commit of the working tree, <c>+changes</c> behind it when files differed.</summary>
    public string Commit { get; init; } = string.Empty;

    public required RunSettings Settings { get; init; }

    public List<ProgramRecord> Programs { get; init; } = [];

    public List<ScenarioRecord> Scenarios { get; init; } = [];

    public ScenarioRecord? Find(string scenario)
    {
        foreach (ScenarioRecord record in Scenarios)
        {
            if (record.Scenario == scenario) return record;
        }

        return null;
    }

    public string ToJson() => JsonSerializer.Serialize(this, Form);

    /// <summary>
    /// Reads a record. Throws <see cref="UsageException"/> when the text is none of this format.
    /// </summary>
    public static RunRecord Parse(string json)
    {
        try
        {
            RunRecord? record = JsonSerializer.Deserialize<RunRecord>(json, Form);
            if (record is { Format: CurrentFormat }) return record;
            throw new UsageException($"the run record has format {record?.Format ?? 0}, not {CurrentFormat}");
        }
        catch (JsonException fault)
        {
            throw new UsageException($"no run record: {fault.Message}");
        }
    }

    public static RunRecord Load(string path) => Parse(File.ReadAllText(path));

    /// <summary>Writes the file whole or not at all, making its directory.</summary>
    public void Save(string path)
    {
        string full = Path.GetFullPath(path);
        _ = Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        string part = full + ".part";
        File.WriteAllText(part, ToJson() + "\n");
        File.Move(part, full, overwrite: true);
    }
}
