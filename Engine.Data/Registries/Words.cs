namespace Engine.Data.Registries;

/// <summary>
/// Every class of words of the language. A file adds rows from a method marked [ModuleInitializer]; nothing else is
/// edited for a new word.
/// </summary>
public static class Words
{
    public static readonly Registry<SectionWord> Sections = new("section");
    public static readonly Registry<Keyword> Keywords = new("configuration keyword");
    public static readonly Registry<OptionWord> Options = new("option");
    public static readonly Registry<BindOption> BindOptions = new("bind option");
    public static readonly Registry<ServerOption> ServerOptions = new("server option");
    public static readonly Registry<BalanceWord> BalanceAlgorithms = new("balance algorithm");
    public static readonly Registry<ActionWord> TcpConnectionActions = new("tcp-request connection action");
    public static readonly Registry<ActionWord> TcpSessionActions = new("tcp-request session action");
    public static readonly Registry<ActionWord> TcpRequestActions = new("tcp-request content action");
    public static readonly Registry<ActionWord> TcpResponseActions = new("tcp-response content action");
    public static readonly Registry<ActionWord> HttpRequestActions = new("http-request action");
    public static readonly Registry<ActionWord> HttpResponseActions = new("http-response action");
    public static readonly Registry<ActionWord> HttpAfterResponseActions = new("http-after-response action");
    public static readonly Registry<FetchWord> Fetches = new("sample fetch");
    public static readonly Registry<ConverterWord> Converters = new("converter");
    public static readonly Registry<MatchWord> Matches = new("match method");
    public static readonly Registry<AclWord> AclWords = new("acl keyword");
    public static readonly Registry<LogAlias> LogAliases = new("log-format alias");
    public static readonly Registry<CliCommand> CliCommands = new("CLI command");
    public static readonly Registry<ServiceWord> Services = new("service");
    public static readonly Registry<FilterWord> Filters = new("filter");
    public static readonly Registry<PredicateWord> Predicates = new("condition predicate");
    public static readonly Registry<ProxyCheck> ProxyChecks = new("proxy check");

    /// <summary>All of them, for the test that freezes every registry.</summary>
    public static IFreezable[] All =>
    [
        Sections, Keywords, Options, BindOptions, ServerOptions, BalanceAlgorithms, TcpConnectionActions,
        TcpSessionActions, TcpRequestActions, TcpResponseActions, HttpRequestActions, HttpResponseActions,
        HttpAfterResponseActions, Fetches, Converters, Matches, AclWords, LogAliases, CliCommands, Services,
        Filters, Predicates, ProxyChecks,
    ];
}
