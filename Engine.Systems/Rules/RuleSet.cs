using Engine.Data.Registries;

namespace Engine.Systems.Rules;

/// <summary>One of the rule sets of a proxy: what its lines are called and where its rules are evaluated.</summary>
internal sealed class RuleSet
{
    public static readonly RuleSet HttpRequest = new(
        "http-request", Words.HttpRequestActions,
        SamplePlaces.FrontendRequestHeader, SamplePlaces.BackendRequestHeader);

    public static readonly RuleSet HttpResponse = new(
        "http-response", Words.HttpResponseActions,
        SamplePlaces.FrontendResponseHeader, SamplePlaces.BackendResponseHeader);

    private readonly SamplePlaces frontend;
    private readonly SamplePlaces backend;

    private RuleSet(string word, Registry<ActionWord> actions, SamplePlaces frontend, SamplePlaces backend)
    {
        Word = word;
        Actions = actions;
        this.frontend = frontend;
        this.backend = backend;
    }

    /// <summary>The keyword of its lines.</summary>
    public string Word { get; }

    public Registry<ActionWord> Actions { get; }

    /// <summary>Where the rules of a section are evaluated: a listen section is a frontend and a backend.</summary>
    public SamplePlaces PlacesIn(SectionKinds section) =>
        section switch
        {
            SectionKinds.Frontend => frontend,
            SectionKinds.Backend => backend,
            _ => frontend | backend,
        };

    /// <summary>The set that a line belongs to; <c>redirect</c> lines are request rules.</summary>
    public static RuleSet Of(string word) => word == HttpResponse.Word ? HttpResponse : HttpRequest;
}
