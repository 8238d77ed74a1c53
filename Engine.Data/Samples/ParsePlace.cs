using Engine.Data.Configuration;
using Engine.Data.Registries;

namespace Engine.Data.Samples;

/// <summary>Where an expression or format is being parsed, and where it will be evaluated.</summary>
/// <param name="draft">The configuration so far.</param>
/// <param name="proxy">The section it stands in; null outside proxies.</param>
/// <param name="file">For messages.</param>
/// <param name="line">For messages.</param>
/// <param name="places">Where it will be evaluated: a sample must be there in one of these.</param>
public sealed class ParsePlace(
    ConfigurationDraft draft, ProxyDraft? proxy, string file, int line, SamplePlaces places)
{
    public ConfigurationDraft Draft { get; } = draft;

    public ProxyDraft? Proxy { get; } = proxy;

    public string File { get; } = file;

    public int Line { get; } = line;

    public SamplePlaces Places { get; } = places;

    /// <summary>
    /// The kind of rule the expression belongs to, as messages about unresolved names give it:
    /// <c>http-request expression</c>. Empty within an ACL.
    /// </summary>
    public string Ruleset { get; init; } = "";

    public void Warn(string text) => Draft.Diagnostics.Warn($"parsing [{File}:{Line}] : {text}");

    /// <summary>The place of a line.</summary>
    public static ParsePlace Of(Directive line, SamplePlaces places, string ruleset = "") =>
        new(line.Draft, line.OpenProxy, line.File, line.Line, places) { Ruleset = ruleset };
}
