using System;

namespace Engine.Data.Configuration;

/// <summary>The <c>option</c> words that are a yes or no.</summary>
[Flags]
public enum ProxyOptions : ulong
{
    None = 0,
    HttpLog = 1,
    TcpLog = 2,
    DontLogNull = 4,
    HttpClose = 8,
    HttpServerClose = 16,
    ForwardFor = 32,

    /// <summary><c>forwardfor if-none</c>.</summary>
    ForwardForIfNone = 64,
    Redispatch = 128,
    DontLogNormal = 256,
    LogAsap = 512,
    HttpKeepAlive = 1024,
    AbortOnClose = 2048,
    AcceptUnsafeRequest = 4096,
    AcceptUnsafeResponse = 8192,
    LogSeparateErrors = 16384,
    AllBackups = 32768,
    HttpIgnoreProbes = 65536,
    HttpNoDelay = 131072,
    ClfLog = 262144,
    SpliceAuto = 524288,
    SpliceRequest = 1048576,
    SpliceResponse = 2097152,

    /// <summary><c>clitcpka</c>, <c>tcpka</c>: the kernel probes idle clients.</summary>
    ClientKeepAlive = 4194304,

    /// <summary><c>srvtcpka</c>, <c>tcpka</c>: the kernel probes idle servers.</summary>
    ServerKeepAlive = 8388608,

    /// <summary><c>http-pretend-keepalive</c>: servers are not told that their connection will be closed.</summary>
    PretendKeepAlive = 1ul << 41,
    LogHealthChecks = 1ul << 42,

    /// <summary><c>disable-h2-upgrade</c>: an HTTP/2 preface on a listener for HTTP/1 is no request.</summary>
    DisableH2Upgrade = 1u << 31,

    /// <summary><c>option httpslog</c>: the format of <see cref="HttpLog"/>, which is set too, and facts of TLS.</summary>
    HttpsLog = 268435456,
    HttpBufferRequest = 1u << 27,
    OriginalTo = 1u << 26,

    /// <summary><c>http-restrict-req-hdr-names delete</c> and <c>reject</c>.</summary>
    DeleteFieldNames = 1u << 25,
    RejectFieldNames = 1u << 24,

    /// <summary><c>option persist</c>: clients of a server that is down go there all the same.</summary>
    Persist = 1u << 30,

    /// <summary><c>contstats</c>: bytes count while they pass. They always do here.</summary>
    ContinuousStatistics = 1ul << 32,

    /// <summary><c>independent-streams</c>: each way of a tunnel has its own time. It always has here.</summary>
    IndependentStreams = 1ul << 33,

    /// <summary><c>checkcache</c>: an answer with a cookie that caches could keep is refused.</summary>
    CheckCache = 1ul << 35,

    /// <summary><c>tcp-smart-accept</c>, <c>tcp-smart-connect</c>: one acknowledgement less.</summary>
    SmartAccept = 1ul << 36,
    SmartConnect = 1ul << 37,

    /// <summary><c>nolinger</c>: connections end in a reset.</summary>
    NoLinger = 1ul << 38,

    /// <summary><c>socket-stats</c>: the statistics have a line for each listener.</summary>
    SocketStatistics = 1ul << 39,

    /// <summary><c>prefer-last-server</c>.</summary>
    PreferLastServer = 1ul << 40,

    /// <summary><c>http-drop-request-trailers</c> of a backend, <c>http-drop-response-trailers</c> of a frontend.</summary>
    DropRequestTrailers = 1ul << 43,
    DropResponseTrailers = 1ul << 44,

    /// <summary><c>idle-close-on-response</c>: idle clients are told with their next answer that the process stops.</summary>
    IdleCloseOnResponse = 1ul << 45,

    /// <summary><c>h1-case-adjust-bogus-client</c> and <c>-server</c>: names of fields have the case that global says.</summary>
    AdjustClientCase = 1ul << 46,
    AdjustServerCase = 1ul << 47,

    /// <summary><c>http-use-proxy-header</c>: who asks for more than a path, asks a proxy, and says its name to it.</summary>
    UseProxyHeader = 1ul << 48,
}
