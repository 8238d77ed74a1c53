using Engine.Data.Logs;
using Engine.Data.Messages;
using Engine.Data.Profiling;
using Engine.Data.Variables;

namespace Engine.Data.Configuration;

/// <summary>The <c>global</c> section: process limits and tunables (manual section 3).</summary>
public sealed class Globals
{
    /// <summary>Worker threads; 0: one a usable CPU.</summary>
    public int Threads;

    /// <summary>Process-wide connections at most; 0: computed from the descriptor limit.</summary>
    public int MaxConnections;

    /// <summary><c>maxsslconn</c>: encrypted connections at most; 0: no limit of their own.</summary>
    public int TlsConnectionsMax;

    /// <summary><c>maxsslrate</c>: encrypted clients a second at most; 0: no limit.</summary>
    public int TlsRateMax;

    /// <summary><c>maxconnrate</c> and <c>maxsessrate</c>: client connections and sessions a second at most; 0: no limit.</summary>
    public int ConnectionRateMax;

    public int SessionRateMax;

    /// <summary>Some backend sends requests again: they are kept.</summary>
    public bool KeepsRequests;

    /// <summary>Some expression asks for requests or sessions a second.</summary>
    public bool CountsRates;

    /// <summary>What is said of the CPUs that threads may run on, beside <see cref="CpuMap"/>.</summary>
    public readonly CpuChoice Cpus = new();

    /// <summary>The CPUs that were chosen of the usable ones; null: all of them.</summary>
    public int[]? ChosenCpus;

    /// <summary><c>thread-groups</c> and <c>max-threads-per-group</c>; 0: nothing is said.</summary>
    public int GroupCount;

    public int GroupSizeMax;

    /// <summary><c>thread-group</c>, by group; null: threads are given to it.</summary>
    public readonly ThreadGroup?[] GroupRanges = new ThreadGroup?[ThreadSet.GroupsMax];

    /// <summary>The groups of threads.</summary>
    public ThreadGroup[] Groups = [];

    /// <summary>The lines <c>cpu-map</c>.</summary>
    public readonly System.Collections.Generic.List<CpuMapLine> CpuMapLines = [];

    /// <summary>CPUs by thread: <c>cpu-map</c> expanded; null where a thread keeps the automatic place.</summary>
    public int[]?[] CpuMap = [];

    /// <summary><c>tune.bufsize</c>, bytes.</summary>
    public int BufferSize = 16384;

    /// <summary><c>tune.bufsize.small</c>, bytes: told when it is larger than the other, and of no further use.</summary>
    public int SmallBufferSize = 1024;

    /// <summary><c>tune.bufsize.large</c>, bytes; 0: not said. Told when it is smaller than the other, and of no further use.</summary>
    public int LargeBufferSize;

    /// <summary><c>tune.maxrewrite</c>, bytes kept free in a buffer while a head is received.</summary>
    public int MaxRewrite = 1024;

    /// <summary><c>tune.http.maxhdr</c>: header fields at most.</summary>
    public int MaxHeaders = 101;

    /// <summary><c>tune.http.logurilen</c>: bytes of the request line kept for the log.</summary>
    public int LogUriLength = 1024;

    /// <summary><c>tune.h2.*</c>.</summary>
    public readonly Http2Settings Http2 = new();
    /// <summary><c>tune.stick-counters</c>: entries that a session or stream may track, 0 to 100.</summary>
    public int StickCounters = 3;

    /// <summary><c>tune.vars.*-max-size</c>.</summary>
    public VariableLimits VariableLimits;

    /// <summary><c>tune.maxaccept</c>: connections that a thread takes in one turn; 0: as many as its tables hold.</summary>
    public int MaxAccept;

    /// <summary>
    /// <c>tune.pool-low-fd-ratio</c>: percent of the descriptors in use above which no connection goes to a pool; -1: no
    /// such limit.
    /// </summary>
    public int PoolLowFdRatio = -1;

    /// <summary><c>tune.pool-high-fd-ratio</c>: percent of the descriptors that idle connections to servers may be.</summary>
    public int PoolHighFdRatio = 25;

    /// <summary><c>-dM</c>: what buffers are filled with before they are used; -1: nothing.</summary>
    public int PoisonByte = -1;

    /// <summary><c>noepoll</c>, <c>noreuseport</c>: not to be used where the machine has it.</summary>
    public bool NoEpoll;

    public bool NoReusePort;

    /// <summary><c>tune.rcvbuf.client</c> and <c>tune.sndbuf.client</c>, bytes; 0: the system's.</summary>
    public int ClientReceiveBuffer;

    public int ClientSendBuffer;

    /// <summary><c>tune.rcvbuf.server</c> and <c>tune.sndbuf.server</c>, bytes; 0: the system's.</summary>
    public int ServerReceiveBuffer;

    public int ServerSendBuffer;

    /// <summary><c>tune.notsent-lowat.client</c> and <c>.server</c>, bytes; 0: the system's.</summary>
    public int ClientNotSentLow;

    public int ServerNotSentLow;

    /// <summary>
    /// <c>harden.reject-privileged-ports.tcp</c>: clients from ports below 1024 are reflections of attacks.
    /// </summary>
    public bool RejectsPrivilegedPorts;

    /// <summary><c>pp2-never-send-local</c>: a PROXY v2 header without addresses is not one of the proxy itself.</summary>
    public bool NeverSendsLocal;

    /// <summary>Some <c>source</c> line takes an address from a header field: it is kept by stream.</summary>
    public bool ReadsForeignSource;

    /// <summary><c>http-err-codes</c> and <c>http-fail-codes</c>: what counts as an error of a client and as a server's failure.</summary>
    public readonly StatusSet ErrorStatuses = StatusSet.Of(400, 499);

    public readonly StatusSet FailureStatuses = StatusSet.Failures();

    /// <summary><c>h1-case-adjust</c>: names of fields with another case; null: none.</summary>
    public FieldCases? FieldCases;

    /// <summary><c>h1-accept-payload-with-any-method</c>: also with GET, HEAD and DELETE of HTTP/1.0.</summary>
    public bool AcceptsAnyPayload;

    /// <summary><c>h1-do-not-close-on-insecure-transfer-encoding</c>.</summary>
    public bool KeepsInsecureCoding;

    /// <summary><c>tune.http.cookielen</c>: bytes of a captured cookie at most.</summary>
    public int CookieLengthMax = 63;

    /// <summary><c>maxpipes</c>: pipes for splicing at most, of all threads; 0: not given.</summary>
    public int PipesMax;

    /// <summary><c>thread-hard-limit</c>; 0: none.</summary>
    public int ThreadsMax;

    /// <summary><c>tune.pipesize</c>, bytes; 0: not given.</summary>
    public int PipeSize;

    /// <summary><c>nosplice</c>, <c>-dS</c>: long bodies are copied.</summary>
    public bool NoSplice;

    /// <summary>Pipes that one of so many threads may have, two descriptors each.</summary>
    public int PipesOfThread(int threads)
    {
        if (NoSplice) return 0;
        return System.Math.Max((PipesMax > 0 ? PipesMax : System.Math.Max(64, 16 * threads)) / threads, 1);
    }

    /// <summary><c>hard-stop-after</c>, milliseconds; 0: never.</summary>
    public uint HardStopAfterMs;

    /// <summary><c>grace</c>, milliseconds between SIGUSR1 and the soft stop; 0: none.</summary>
    public uint GraceMs;

    /// <summary>As <see cref="CloseSpreadMs"/>: a soft stop closes no client connection.</summary>
    public const uint ClosesNoClient = uint.MaxValue;

    /// <summary><c>close-spread-time</c>, milliseconds over which a soft stop closes client connections; 0: at once.</summary>
    public uint CloseSpreadMs;

    /// <summary><c>strict-limits</c>: limits that cannot be set are an error; with <c>no</c>, a warning.</summary>
    public bool StrictLimits = true;

    /// <summary><c>daemon</c> and friends as the file has them; the command line may override.</summary>
    public bool Daemon;

    public bool Quiet;

    /// <summary><c>zero-warning</c>: any warning of the configuration is an error.</summary>
    public bool ZeroWarning;

    public string? PidFile;

    /// <summary><c>localpeer</c> or <c>-L</c>; null: the host's name.</summary>
    public string? LocalPeer;
    public string? Node;
    public string? Description;
    public string? Chroot;
    public string? User;
    public string? Group;
    public int Uid = -1;
    public int Gid = -1;

    /// <summary><c>setcap</c>: numbers of the capabilities that are kept without being root, as bits.</summary>
    public ulong Capabilities;

    /// <summary><c>tune.renice.runtime</c> and <c>tune.renice.startup</c>, -20 to 19; null: as it was started.</summary>
    public int? RunningNice;

    public int? StartingNice;

    /// <summary>Some expression or log line tells our address towards servers: it is asked for at each connect.</summary>
    public bool ReadsServerSource;

    /// <summary>Some expression asks what a stream cost.</summary>
    public bool CountsWork;

    /// <summary><c>profiling.tasks</c>.</summary>
    public ProfilingMode Profiling;

    /// <summary>Some rule of requests changes the client's addresses: they are kept to be put back.</summary>
    public bool SetsAddresses;

    /// <summary>Some rule of sessions does: those of the connection are kept beside them.</summary>
    public bool SetsSessionAddresses;

    /// <summary><c>expose-experimental-directives</c>.</summary>
    public bool ExposesExperimental;

    /// <summary>Some line needed it.</summary>
    public bool UsesExperimental;

    /// <summary>Some expression reads the TLVs of PROXY v2 headers: they are kept with the connection.</summary>
    public bool ReadsProxyTlvs;

    /// <summary>Some format tells the number of a request or of a log line: threads count them together.</summary>
    public bool TellsNumbers;

    /// <summary>Something tells how many clients a listener has: the threads count them together.</summary>
    public bool CountsListeners;

    /// <summary><c>log</c> lines of the section.</summary>
    public LogTarget[] LogTargets = [];

    /// <summary><c>anonkey</c>; 0: none.</summary>
    public uint AnonymousKey;

    /// <summary><c>log-tag</c>; default: the program's name.</summary>
    public string LogTag = "haproxy";

    /// <summary><c>log-send-hostname</c>: what RFC 3164 lines carry; null: no host name.</summary>
    public string? LogHostname;

    /// <summary><c>ulimit-n</c>; 0: computed.</summary>
    public int DescriptorLimit;

    /// <summary><c>spread-checks</c>, percent of the interval by which checks are moved at random, 0 to 50.</summary>
    public int SpreadChecksPercent;

    /// <summary><c>max-spread-checks</c>, milliseconds; 0: not given.</summary>
    public uint MaxSpreadChecksMs;

    /// <summary><c>tune.max-checks-per-thread</c>; 0: no limit.</summary>
    public int ChecksPerThreadMax;

    /// <summary><c>external-check</c>: programs may be run as checks.</summary>
    public bool AllowsExternalChecks;

    /// <summary><c>insecure-fork-wanted</c>, <c>-dI</c>: programs may be started. Told only: those of checks are anyway.</summary>
    public bool WantsFork;

    /// <summary><c>server-state-base</c> and <c>server-state-file</c>; null: not given.</summary>
    public string? ServerStateBase;

    public string? ServerStateFile;

    /// <summary><c>stats-file</c>; null: not given.</summary>
    public string? StatsFile;

    /// <summary><c>stats socket</c> lines.</summary>
    public AdminSocket[] AdminSockets = [];

    /// <summary><c>tune.cli.max-payload-size</c>, bytes of a payload of the Runtime API, its last line included.</summary>
    public int AdminPayloadMax = 128 * 1024;

    /// <summary><c>stats timeout</c>, milliseconds.</summary>
    public uint AdminTimeoutMs = 10_000;

    /// <summary><c>stats maxconn</c>.</summary>
    public int AdminMaxConnections = 10;
}
