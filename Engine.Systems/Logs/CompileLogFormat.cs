using Engine.Data.Configuration;
using Engine.Data.Logs;
using Engine.Data.Registries;
using Engine.Data.Samples;

namespace Engine.Systems.Logs;

/// <summary>Compiles the log format of a frontend.</summary>
public static class CompileLogFormat
{
    /// <summary>Null after an alert.</summary>
    /// <param name="draft">Where messages go.</param>
    /// <param name="proxy">The frontend.</param>
    /// <param name="text">The format.</param>
    /// <param name="file">Where it stands, for messages.</param>
    /// <param name="line">Where it stands, for messages.</param>
    /// <param name="what">What it is, as messages name it.</param>
    /// <param name="places">Where it is evaluated.</param>
    public static LogProgram? Run(
        ConfigurationDraft draft, ProxyDraft proxy, string text, string file, int line,
        string what = "log-format", SamplePlaces places = SamplePlaces.Logs)
    {
        ParsePlace place = new(draft, proxy, file, line, places) { Ruleset = "log-format string" };
        if (CompileFormat.Run(place, text, forLogs: true, out string reason) is { } program) return program;
        draft.Diagnostics.AlertBare($"Parsing [{file}:{line}]: failed to parse {what} : {reason}.");
        return null;
    }
}
