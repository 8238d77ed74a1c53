using Engine.Data.Kernel;
using Engine.Data.Logs;
using Engine.Data.Messages;
using Engine.Data.Pages;
using Engine.Data.Tls;

namespace Engine.Data.Streams;

/// <summary>
/// Cold facts of a stream: what its log line and its counters are made of. Times are monotonic nanoseconds, 0 where
/// the step was not reached (the log then shows -1).
/// </summary>
public struct StreamLog
{
    /// <summary>Wall clock of the accept (%t), microseconds since 1970.</summary>
    public long AcceptedWallMicroseconds;

    /// <summary>Wall clock of the first byte of the request (%tr), microseconds since 1970.</summary>
    public long RequestWallMicroseconds;

    /// <summary>The accept, or the end of the request before on the same connection.</summary>
    public long StartedNanoseconds;

    /// <summary>What handshakes took before it, 0 behind the first request (%Th).</summary>
    public long HandshakeNanoseconds;

    /// <summary>First byte of the request: end of the idle time (%Ti).</summary>
    public long FirstByteNanoseconds;

    /// <summary>The request's head is complete (%TR).</summary>
    public long HeadNanoseconds;

    /// <summary>Left the queues (%Tw).</summary>
    public long QueuedNanoseconds;

    /// <summary>The server connection is established (%Tc).</summary>
    public long ConnectedNanoseconds;

    /// <summary>The response's head is complete (%Tr).</summary>
    public long ResponseNanoseconds;

    /// <summary>The end (%Ta, %Tt).</summary>
    public long EndedNanoseconds;

    /// <summary>Bytes read from the server (%B), heads included; answers of our own do not count.</summary>
    public ulong BytesToClient;

    /// <summary>Bytes read from the client (%U), heads included.</summary>
    public ulong BytesFromClient;

    /// <summary>Bytes that each side was sent, answers of our own and retries included.</summary>
    public ulong BytesSentToClient;

    public ulong BytesSentToServer;

    /// <summary>The request line for the log (%r), in a buffer of the stream's; empty when never complete.</summary>
    public ByteView RequestLine;

    /// <summary>First character of the termination state (%ts): who or what ended it, '-' for a normal end.</summary>
    public byte EndCause;

    /// <summary>Second character: in which state.</summary>
    public byte EndState;

    /// <summary>Retries done (%rc).</summary>
    public ushort Retries;

    /// <summary>Requests before it in the server's and in the backend's queue (%sq, %bq).</summary>
    public int ServerQueue;

    public int BackendQueue;

    /// <summary><c>set-priority-class</c>, -2047 to 2047, and <c>set-priority-offset</c>, milliseconds: its place in queues.</summary>
    public int PriorityClass;

    public int PriorityOffset;

    /// <summary>Connections of process, frontend, backend and server when it was logged (%ac/%fc/%bc/%sc).</summary>
    public int ActiveConnections;

    public int FrontendConnections;
    public int BackendConnections;
    public int ServerConnections;

    /// <summary>Number of the request in the process (%rt).</summary>
    public uint RequestNumber;

    /// <summary>Number of the line among those of the frontend (%lc).</summary>
    public uint LogNumber;

    /// <summary>The rule that gave the last verdict, and the one that waits: <see cref="Rules.RuleStep.Place"/>.</summary>
    public int LastRule;

    public int WaitingRule;

    /// <summary>Codes of the RST_STREAM frames that came, and the stream's number on the connection to the server.</summary>
    public uint ClientResetCode;

    public uint ServerResetCode;
    public uint ServerStreamNumber;

    /// <summary>The library's error behind <see cref="ServerFault"/>, 0 for none.</summary>
    public uint ServerLibraryError;

    /// <summary>The ends of the last connection to a server that was closed before the line was written.</summary>
    public SocketAddress ServerSource;

    public SocketAddress ServerDestination;

    /// <summary>Why the last handshake with a server failed; none when it did not, or another was good.</summary>
    public TlsFault ServerFault;

    /// <summary>Which peers gave up.</summary>
    public StreamAborts Aborts;

    /// <summary>Status as the server sent it; 0: it did not answer.</summary>
    public ushort ServerStatus;

    /// <summary>When it was logged (%OG).</summary>
    public LogOrigin Origin;

    /// <summary><c>set-log-level</c>: one more than the level; 0: not given.</summary>
    public byte Level;

    /// <summary>Which service of ours answers; meaningful with <see cref="StreamFlags.Served"/>.</summary>
    public PageKind Page;

    /// <summary>The level that means no line at all.</summary>
    public const int Silent = 255;

    /// <summary>Version of the request, for %HV.</summary>
    public HttpVersion Version;

    /// <summary>Version of the response as the server sent it, unknown before it came.</summary>
    public HttpVersion ResponseVersion;
}
