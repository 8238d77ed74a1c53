using Engine.Data.Configuration;
using Engine.Data.Connections;
using Engine.Data.Messages;
using Engine.Data.Streams;

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

    /// <summary>Where computed values and added header fields go; reset when the head is let go.</summary>
    public Scratch Scratch;

    /// <summary>Wall clock, microseconds since 1970.</summary>
    public long WallMicroseconds;

    /// <summary>State of the per-thread random sequence; advanced by those who draw.</summary>
    public ulong* Random;
}
