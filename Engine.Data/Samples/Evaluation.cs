using Engine.Data.Buffers;
using Engine.Data.Configuration;
using Engine.Data.Connections;
using Engine.Data.Http2;
using Engine.Data.Kernel;
using Engine.Data.Logs;
using Engine.Data.Messages;
using Engine.Data.Profiling;
using Engine.Data.Shared;
using Engine.Data.Sticky;
using Engine.Data.Streams;
using Engine.Data.Tls;
using Engine.Data.Variables;

namespace Engine.Data.Samples;

/// <summary>
/// Everything an expression, rule or log item may read: evaluation is a pure function of this. Fields may be null
/// where there is nothing (no request while a connection is ruled, no response before it came).
/// </summary>
public unsafe ref struct Evaluation
{
    public CompiledConfiguration Configuration;
    public Proxy Frontend;

    /// <summary>Null before one is chosen.</summary>
    public Proxy? Backend;

    /// <summary>Where timeouts of the stream alone stand; meaningful with <see cref="StreamFlags.HasOwnTimeouts"/>.</summary>
    public OwnTimeouts* OwnTimeouts;

    /// <summary>Null when no server was chosen.</summary>
    public Server? Server;

    public Stream* Stream;
    public StreamLog* Log;
    public ClientFacts* Client;
    public Listener? Listener;

    /// <summary>The request's index while its head is there, else null.</summary>
    public MessageHead* Request;

    /// <summary>The response's index while its head is there, else null.</summary>
    public MessageHead* Response;

    /// <summary>The captures of the stream, laid out by the frontend's <see cref="CapturePlan"/>; null without one.</summary>
    public byte* Captures;

    /// <summary>Where the stream's unique id stands, its length first; null where the frontend gives none.</summary>
    public byte* UniqueId;

    /// <summary>What the client sent and nobody took yet, its request's head included; null where there is none.</summary>
    public BufferChain* ClientInput;

    /// <summary>The same of the server.</summary>
    public BufferChain* ServerInput;

    /// <summary>What the client is still to be sent, for answers before the answer; null where none may be.</summary>
    public BufferChain* ClientOutput;

    /// <summary>Something was added to it.</summary>
    public bool Hinted;

    /// <summary>The buffers of those inputs; null where there are none.</summary>
    public BufferSlab? Buffers;

    /// <summary>Where computed values and added header fields go; reset when the head is let go.</summary>
    public Scratch Scratch;

    /// <summary>What the client's persistence cookie says; null where none is asked for.</summary>
    public Persistence* Persistence;

    /// <summary>What the stream cost so far.</summary>
    public StreamCost* Cost;

    /// <summary>What the client's connection began with; null when it did not have to begin with anything.</summary>
    public Preamble* Preamble;

    /// <summary>The TLVs of its PROXY v2 header, where the configuration reads them.</summary>
    public ByteView ProxyTlvs;

    /// <summary>The client's addresses before rules of this request changed them; null where none may.</summary>
    public KeptAddresses* KeptAddresses;

    /// <summary>Those of the connection, before rules of the session changed them; null where none may.</summary>
    public KeptAddresses* ConnectionAddresses;

    /// <summary>Counts shared by the threads; null where there are none (tests, checks of a configuration).</summary>
    public SharedWorld? Shared;

    public ProcessIdentity Process;

    /// <summary>Texts of dates; needed by what writes local time.</summary>
    public LogDates Dates;

    /// <summary>The connection to the server: our address and the server's. Null before there is one.</summary>
    public SocketAddress* ServerSource;

    public SocketAddress* ServerDestination;

    /// <summary>The HTTP/2 side of the client's and of the server's connection; null where HTTP/1 is spoken.</summary>
    public Http2Connection* ClientHttp2;

    public Http2Connection* ServerHttp2;

    /// <summary>Their streams of HTTP/2, while they have any, and the connections whose sockets they are on.</summary>
    public Http2Stream* ClientStream;
    public Http2Stream* ServerStream;
    public Connection* ClientConnection;
    public Connection* ServerConnection;

    /// <summary>Who answers what is asked of sockets; null where nobody does.</summary>
    public SocketQuestions* Socket;

    /// <summary>Where operations for the kernel go; null where none are taken.</summary>
    public OperationQueue? Operations;

    /// <summary>The encrypted side of the client's and of the server's connection; null in the clear.</summary>
    public TlsState* ClientTls;

    public TlsState* ServerTls;

    /// <summary>Number of the worker thread, from 0: chooses among what cannot be shared (regular expressions).</summary>
    public int Thread;

    /// <summary>Variables of the stream; null where the configuration names none.</summary>
    public Variable* StreamVariables;

    /// <summary>Variables of the client's session; null where the configuration names none.</summary>
    public Variable* SessionVariables;

    /// <summary>Variables of the check; null outside checks.</summary>
    public Variable* CheckVariables;

    /// <summary>What is kept of the request for another sending; null where none may be.</summary>
    public KeptRequest* KeptRequest;

    /// <summary>What the stream tracks, as many places as the configuration says; null where nothing may be.</summary>
    public StickCounter* StreamCounters;

    /// <summary>What the client's session tracks; null where nothing may be.</summary>
    public StickCounter* SessionCounters;

    /// <summary>Variables of the process; null where there are none.</summary>
    public ProcessVariables? ProcessVariables;

    /// <summary><c>strict-mode off</c>: an edit that cannot be made is left out.</summary>
    public bool Lenient;

    /// <summary>Edits of a head that could not be made.</summary>
    public int FailedEdits;

    /// <summary>The response has begun: variables of the request are over.</summary>
    public bool InResponse;

    /// <summary>
    /// More bytes of the message may come (<c>inspect-delay</c>): a value that is not there yet may
    /// still come.
    /// </summary>
    public bool InputMayGrow;

    /// <summary>The time that an action asked to wait is over.</summary>
    public bool WaitIsOver;

    /// <summary>The client sends nothing more.</summary>
    public bool InputEnded;

    /// <summary>Where log lines go; null where none are written.</summary>
    public LogBatch? LogBatch;

    /// <summary>Who they come from, by proxy.</summary>
    public LogSender[]? LogSenders;

    /// <summary>Monotonic nanoseconds.</summary>
    public long NowNanoseconds;

    /// <summary>Monotonic milliseconds, wrapping.</summary>
    public uint NowMs;

    /// <summary>Wall clock, microseconds since 1970.</summary>
    public long WallMicroseconds;

    /// <summary>State of the per-thread random sequence; advanced by those who draw.</summary>
    public ulong* Random;
}
