using Engine.Data.Configuration;
using Engine.Data.Registries;

namespace Engine.Systems.Rules;

/// <summary>One of the rule sets of a proxy: what its lines are called and where its rules are evaluated.</summary>
internal sealed class RuleSet
{
    public static readonly RuleSet TcpConnection = new(
        "tcp-request connection", Words.TcpConnectionActions, SamplePlaces.FrontendTcpConnection, SamplePlaces.None);

    public static readonly RuleSet TcpSession = new(
        "tcp-request session", Words.TcpSessionActions, SamplePlaces.FrontendTcpSession, SamplePlaces.None);

    public static readonly RuleSet TcpRequest = new(
        "tcp-request content", Words.TcpRequestActions,
        SamplePlaces.FrontendTcpContent, SamplePlaces.BackendTcpContent);

    public static readonly RuleSet TcpResponse = new(
        "tcp-response content", Words.TcpResponseActions, SamplePlaces.None, SamplePlaces.BackendTcpResponse);

    public static readonly RuleSet HttpRequest = new(
        "http-request", Words.HttpRequestActions,
        SamplePlaces.FrontendRequestHeader, SamplePlaces.BackendRequestHeader);

    public static readonly RuleSet HttpResponse = new(
        "http-response", Words.HttpResponseActions,
        SamplePlaces.FrontendResponseHeader, SamplePlaces.BackendResponseHeader);

    public static readonly RuleSet HttpAfterResponse = new(
        "http-after-response", Words.HttpAfterResponseActions,
        SamplePlaces.FrontendResponseHeader, SamplePlaces.BackendResponseHeader);

    public static readonly RuleSet[] All =
        [TcpConnection, TcpSession, TcpRequest, TcpResponse, HttpRequest, HttpResponse, HttpAfterResponse];

    private readonly SamplePlaces frontend;
    private readonly SamplePlaces backend;

    private RuleSet(string word, Registry<ActionWord> actions, SamplePlaces frontend, SamplePlaces backend)
    {
        Word = word;
        Actions = actions;
        IsTcp = word.StartsWith("tcp-", System.StringComparison.Ordinal);
        this.frontend = frontend;
        this.backend = backend;
    }

    /// <summary>The keyword of its lines, two words for those of TCP.</summary>
    public string Word { get; }

    public Registry<ActionWord> Actions { get; }

    /// <summary>Its rules run in TCP mode, too.</summary>
    public bool IsTcp { get; }

    /// <summary>Where the rules of a section are evaluated: a listen section is a frontend and a backend.</summary>
    public SamplePlaces PlacesIn(SectionKinds section) =>
        section switch
        {
            SectionKinds.Frontend => frontend,
            SectionKinds.Backend => backend,
            _ => frontend | backend,
        };

    /// <summary>The set that a line belongs to; <c>redirect</c> lines are request rules.</summary>
    public static RuleSet Of(Directive line)
    {
        foreach (RuleSet set in All)
        {
            if (set.Word == line[0] || (set.IsTcp && set.Word == $"{line[0]} {line[1]}")) return set;
        }
        return HttpRequest;
    }
}
