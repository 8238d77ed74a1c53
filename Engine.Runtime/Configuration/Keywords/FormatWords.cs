using System.Runtime.CompilerServices;
using Engine.Data.Configuration;
using Engine.Data.Logs;
using Engine.Data.Messages;
using Engine.Data.Registries;
using Engine.Systems.Logs;

namespace Engine.Runtime.Configuration.Keywords;

/// <summary>
/// The formats beside <c>log-format</c> (manual section 4.2): <c>log-format-sd</c>, <c>error-log-format</c>,
/// <c>unique-id-format</c> with <c>unique-id-header</c>.
/// </summary>
internal static unsafe class FormatWords
{
    /// <summary>Among the checks of a proxy: behind the log format.</summary>
    private const int Order = 610;

    /// <summary>Where a unique id can be made: from the accept to the log line.</summary>
    private const SamplePlaces IdPlaces = SamplePlaces.FrontendRequestHeader;

    [ModuleInitializer]
    internal static void Register()
    {
        Words.Keywords.Add(new("log-format-sd", SectionKinds.Proxies, "<format>", &Parse));
        Words.Keywords.Add(new("error-log-format", SectionKinds.Proxies, "<format>", &Parse));
        Words.Keywords.Add(new("unique-id-format", SectionKinds.Proxies, "<format>", &Parse));
        Words.Keywords.Add(new("unique-id-header", SectionKinds.Proxies, "<name>", &ParseHeader));
        Words.ProxyChecks.Add(new("formats", Order, &Compile));
    }

    private static void Parse(Directive line)
    {
        string word = line[0];
        if (line.Count < 2) line.Alert($"{word} expects an argument.");
        else if (line.Count > 2) line.Alert($"{word} expects only one argument, don't forget to escape spaces!");
        else
        {
            if (word != "unique-id-format" && line.Section == SectionKinds.Backend)
                line.Warn($"backend '{line.Proxy.Name}' : '{word}' directive is ignored in backends.");
            FormatText text = new(line[1], line.File, line.Line);
            FormatsPart part = line.Proxy.Parts.Get<FormatsPart>();
            if (word == "log-format-sd") part.StructuredData = text;
            else if (word == "error-log-format")
            {
                LogFormatOverride.Warn(line, word, part.Error is null ? null : word);
                part.Error = text;
            }
            else part.UniqueId = text;
        }
    }

    private static void ParseHeader(Directive line)
    {
        if (line.Count < 2) line.Alert("unique-id-header expects an argument.");
        else line.Proxy.Target.UniqueIdHeader = ByteView.Literal(line[1].ToLowerInvariant());
    }

    private static void Compile(ConfigurationDraft draft, ProxyDraft proxy)
    {
        if (proxy.Parts.Find<FormatsPart>() is not { } part) return;
        Proxy target = proxy.Target;
        SamplePlaces ids = proxy.HasFrontend ? IdPlaces : SamplePlaces.BackendRequestHeader;
        target.UniqueIdFormat = Program(draft, proxy, part.UniqueId, "unique-id", ids);
        bool hasOwnError = part.Error != proxy.Defaults?.Parts.Find<FormatsPart>()?.Error;
        if (!proxy.HasFrontend && hasOwnError) Program(draft, proxy, part.Error, "error-log-format", SamplePlaces.Logs);
        if (!proxy.HasFrontend) return;
        target.StructuredData = Program(draft, proxy, part.StructuredData, "log-format-sd", SamplePlaces.Logs);
        target.ErrorLogFormat = Program(draft, proxy, part.Error, "error-log-format", SamplePlaces.Logs);
    }

    private static LogProgram? Program(
        ConfigurationDraft draft, ProxyDraft proxy, FormatText? text, string what, SamplePlaces places) =>
        text is null ? null : CompileLogFormat.Run(draft, proxy, text.Text, text.File, text.Line, what, places);
}
