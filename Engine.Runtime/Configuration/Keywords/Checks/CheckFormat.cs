using Engine.Data.Configuration;
using Engine.Data.Logs;
using Engine.Data.Registries;
using Engine.Data.Samples;
using Engine.Systems.Logs;

namespace Engine.Runtime.Configuration.Keywords.Checks;

/// <summary>Formats in the words of checks: <c>-lf</c> forms, header fields, texts to report.</summary>
internal static class CheckFormat
{
    /// <summary>Null, and why in the words of the reference.</summary>
    public static LogProgram? Read(Directive line, string text, out string reason)
    {
        ParsePlace place = ParsePlace.Of(line, SamplePlaces.TcpCheck);
        LogProgram? made = CompileFormat.Run(place, text, forLogs: false, out string fault, isPlain: true);
        reason = made is null ? $"'{text}' invalid log-format string ({fault}).\n." : "";
        return made;
    }
}
