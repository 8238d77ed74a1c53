namespace Engine.Data.Configuration;

/// <summary><c>balance</c>; the number of a row in the registry of algorithms (manual section 4.2).</summary>
public enum BalanceAlgorithm : byte
{
    Random = 0,
    RoundRobin,
    StaticRoundRobin,
    LeastConnections,
    First,
    Source,
    Uri,
    UrlParameter,
    Header,
    Expression,
    RdpCookie,
}
