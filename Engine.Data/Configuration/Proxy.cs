using System;
using Engine.Data.Logs;
using Engine.Data.Messages;
using Engine.Data.Pages;
using Engine.Data.Rules;
using Engine.Data.Samples;
using Engine.Data.Shared;
using Engine.Data.Sticky;
using Engine.Data.Tables;

namespace Engine.Data.Configuration;

/// <summary>A frontend, backend or listen section, compiled: immutable once the workers run.</summary>
public sealed class Proxy
{
    /// <summary>Index in <see cref="CompiledConfiguration.Proxies"/>.</summary>
    public int Number;

    public string Name = "";
    public ByteView NameBytes;

    /// <summary><c>id</c>, or counted from 2 in file order (1 is the CLI's own).</summary>
    public int Id;

    /// <summary>The id is the configuration's.</summary>
    public bool HasGivenId;

    /// <summary><c>guid</c>; null: not given.</summary>
    public string? Guid;

    /// <summary><c>description</c>, null when not given.</summary>
    public string? Description;

    public ProxyCapabilities Capabilities;
    public ProxyMode Mode;
    public bool Disabled;
    public ProxyOptions Options;
    public ProxyTimeouts Timeouts;

    /// <summary>Where it was declared.</summary>
    public string File = "";

    public int Line;

    /// <summary>A rule or an expression names it: it cannot go while the process runs.</summary>
    public bool IsReferred;

    /// <summary>Deleted while the process runs: it has no capabilities, and its number waits for another.</summary>
    public volatile bool IsRemoved;

    // Frontend side.

    /// <summary><c>maxconn</c>; 0: the process limit alone.</summary>
    public int MaxConnections;

    public int[] Listeners = [];

    /// <summary><c>rate-limit sessions</c>: sessions a second at most; 0: no limit.</summary>
    public int SessionRateMax;

    /// <summary>Whether it takes connections; the Runtime API changes it.</summary>
    public volatile FrontendState State;

    /// <summary><c>monitor-uri</c>; empty: none.</summary>
    public ByteView MonitorUri;

    /// <summary>The conditions of <c>monitor fail</c> lines.</summary>
    public Condition[] MonitorFailures = [];

    /// <summary><c>use_backend</c> rules in order.</summary>
    public SwitchingRule[] SwitchingRules = [];

    /// <summary><c>force-be-switch</c>: one that holds lets the rules choose a backend that is closed.</summary>
    public Condition[] ForcedSwitching = [];

    /// <summary>Number of the default backend, -1 when there is none (a listen section: itself).</summary>
    public int DefaultBackend = -1;

    public int Backlog;

    /// <summary><c>clitcpka-cnt</c>, <c>-idle</c> and <c>-intvl</c>; 0: the system's.</summary>
    public int ClientKeepAliveCount;

    public uint ClientKeepAliveIdleSeconds;
    public uint ClientKeepAliveIntervalSeconds;

    // Backend side.

    /// <summary><c>source</c>: of the servers that have none of their own.</summary>
    public SourceSettings Source = SourceSettings.None;

    /// <summary><c>srvtcpka-cnt</c>, <c>-idle</c> and <c>-intvl</c>; 0: the system's.</summary>
    public int ServerKeepAliveCount;

    public uint ServerKeepAliveIdleSeconds;
    public uint ServerKeepAliveIntervalSeconds;

    /// <summary><c>max-keep-alive-queue</c> and one: a server with so many waiters is no longer preferred; 0: no limit.</summary>
    public int KeepAliveQueueMax;

    /// <summary>Numbers of its servers, in order.</summary>
    public int[] Servers = [];

    /// <summary>Its servers by their <c>id</c>: the order of <c>balance first</c>.</summary>
    public int[] ServersById = [];

    /// <summary>Its active servers, each as often as its weight says: the table of a hash, turns, what <c>random</c> draws from.</summary>
    public int[] Turns = [];

    /// <summary>Whose turn it is with <c>balance roundrobin</c>; null elsewhere.</summary>
    public TurnOrder? TurnOrder;

    /// <summary>With <c>option allbackups</c> that of its backups, for when they are all that works.</summary>
    public TurnOrder? BackupTurnOrder;

    /// <summary>Raised when a cookie, an address or the list of its servers has changed.</summary>
    public int NamesVersion;

    /// <summary>Its servers by hashes of their cookies; null: not asked for yet.</summary>
    public ServersByKey? ServersByCookie;

    /// <summary>By numbers of their names, and of their addresses, among the texts of stick tables.</summary>
    public ServersByKey? ServersByStickName;

    public ServersByKey? ServersByStickAddress;

    /// <summary>With <c>option allbackups</c> the turns of its backups, for when they are all that works.</summary>
    public int[] BackupTurns = [];

    /// <summary>Finds servers with free slots.</summary>
    public ServerFarm Farm = ServerFarm.Empty;

    public BalanceAlgorithm Balance;

    /// <summary>Its active servers by load, for leastconn over many of them; null elsewhere.</summary>
    public LoadTree? Loads;

    /// <summary>Its backups likewise.</summary>
    public LoadTree? BackupLoads;

    /// <summary>What of a request is hashed; null where the algorithm needs nothing of the kind.</summary>
    public BalanceKey? BalanceKey;

    public HashSettings Hash;

    /// <summary>1: servers have changed since the tables of hashes were laid out; the next request has it done.</summary>
    public int TablesAreOld;

    /// <summary>Points of the servers that may take requests now; null but with consistent hashing.</summary>
    public ServerRing? Ring;

    /// <summary><c>balance random(draws)</c>.</summary>
    public int RandomDraws = 2;

    public HttpReuse HttpReuse;

    /// <summary><c>retries</c>, 0 to 100.</summary>
    public int Retries = 3;

    /// <summary><c>http-send-name-header</c>, in lower case: the field that tells servers their names; empty: none does.</summary>
    public ByteView ServerNameField;

    /// <summary><c>retry-on</c>: after what a request is tried again.</summary>
    public RetryEvents RetryOn = RetryEvents.ConnectionFailure;

    /// <summary><c>option redispatch interval</c>: -1 at the last retry, n at every n-th, 0 never.</summary>
    public int RedispatchInterval;

    /// <summary>0: computed (a tenth of the frontends' maxconn).</summary>
    public int FullConnections;

    /// <summary><c>cookie</c>; null when clients are not tied to servers by one.</summary>
    public CookieSettings? Cookie;

    /// <summary><c>persist rdp-cookie</c>: name of the cookie that brings the token of a server; null: none does.</summary>
    public string? PersistCookie;

    /// <summary>What reads the token.</summary>
    public SampleExpression? PersistToken;

    /// <summary><c>cookie ... dynamic</c>: servers without a value of their own are given one.</summary>
    public bool DynamicCookies;

    /// <summary><c>dynamic-cookie-key</c>; empty: no value is made.</summary>
    public string DynamicCookieKey = "";

    /// <summary><c>use-server</c> rules in order.</summary>
    public ServerRule[] ServerRules = [];

    /// <summary><c>stick</c> lines about keys of the request, and those about keys of the response, in order.</summary>
    public StickRule[] StickRules = [];

    public StickRule[] StickResponseRules = [];

    /// <summary><c>force-persist</c> and <c>ignore-persist</c> in order.</summary>
    public PersistenceRule[] PersistenceRules = [];

    /// <summary>Finds its servers by names that are made at run time; null where no rule makes one.</summary>
    public NamedNumbers? ServerNames;

    /// <summary>No rule of another proxy chooses it: <c>be-unpublished</c>, changed by the Runtime API.</summary>
    public bool Unpublished;

    // Rules and answers.

    /// <summary><c>tcp-request connection</c>: right after the accept; frontends only, as the session's.</summary>
    public RuleProgram? TcpConnectionRules;

    /// <summary><c>tcp-request session</c>: when the handshakes are done.</summary>
    public RuleProgram? TcpSessionRules;

    /// <summary><c>tcp-request content</c>: before the rules of HTTP, while bytes come in.</summary>
    public RuleProgram? TcpRequestRules;

    /// <summary><c>tcp-response content</c>.</summary>
    public RuleProgram? TcpResponseRules;

    /// <summary><c>tcp-request inspect-delay</c>, milliseconds; 0: rules decide on what is there.</summary>
    public uint RequestInspectMs;

    /// <summary><c>tcp-response inspect-delay</c>, milliseconds.</summary>
    public uint ResponseInspectMs;

    public RuleProgram? HttpRequestRules;
    public RuleProgram? HttpResponseRules;

    /// <summary><c>http-after-response</c>: on every answer, those of our own included.</summary>
    public RuleProgram? HttpAfterResponseRules;

    /// <summary>Answers of our own by status: errorfile or the standard one (complete messages), null where none.</summary>
    public ErrorReplies Errors = ErrorReplies.Standard;

    /// <summary><c>option forwardfor header</c>; default x-forwarded-for.</summary>
    public ByteView ForwardForHeader;

    /// <summary><c>option forwardfor except</c> networks.</summary>
    public AddressRange[] ForwardForExcept = [];

    /// <summary><c>load-server-state-from-file</c>, and the file of <c>local</c>; null: the proxy's name.</summary>
    public ServerStateSource ServerStates;

    public string? ServerStateFile;

    /// <summary>The statistics page; null: none.</summary>
    public StatsPage? Stats;

    /// <summary><c>option originalto header</c>; default x-original-to.</summary>
    public ByteView OriginalToHeader;

    public AddressRange[] OriginalToExcept = [];

    /// <summary><c>option forwarded</c> of the backend; null: none.</summary>
    public ForwardedOption? Forwarded;

    // Logs.

    /// <summary><c>log-format-sd</c>: the structured data of RFC 5424 lines; null: a dash.</summary>
    public LogProgram? StructuredData;

    /// <summary><c>error-log-format</c>: the line of a connection that failed before it had a stream.</summary>
    public LogProgram? ErrorLogFormat;

    /// <summary><c>unique-id-format</c>.</summary>
    public LogProgram? UniqueIdFormat;

    /// <summary><c>unique-id-header</c>: the field that tells servers the id.</summary>
    public ByteView UniqueIdHeader;

    /// <summary>What the frontend keeps of messages; null when nothing.</summary>
    public CapturePlan? Captures;

    /// <summary><c>log-tag</c>; null: the global one.</summary>
    public string? LogTag;

    public LogTarget[] LogTargets = [];

    /// <summary><c>log-steps</c>: a bit for each <see cref="LogOrigin"/> that is told; 0: the end alone.</summary>
    public uint LogSteps;

    /// <summary>Whether a step is among those that were asked for.</summary>
    public bool LogsAt(LogOrigin origin) => (LogSteps & (1u << (int)origin)) != 0;

    /// <summary>No format was given: <see cref="LogFormat"/> tells who connected.</summary>
    public bool LogsConnects;

    /// <summary>The program of the log line; null when nothing is to be logged.</summary>
    public LogProgram? LogFormat;

    /// <summary>A copy to fill in further while the configuration is read.</summary>
    public Proxy Copy() => (Proxy)MemberwiseClone();
}
