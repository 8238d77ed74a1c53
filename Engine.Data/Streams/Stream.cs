using Engine.Data.Buffers;
using Engine.Data.Messages;
using Engine.Data.Time;

namespace Engine.Data.Streams;

/// <summary>
/// One exchange: an HTTP request and its response, or a TCP session. Not a connection: HTTP/2 has many streams on
/// one, and a pool has many over one. 136 bytes: identity and state first, the two bodies behind.
/// </summary>
public unsafe struct Stream
{
    /// <summary>Row of the client connection.</summary>
    public uint Client;

    /// <summary>Row of the server connection, none before one is assigned.</summary>
    public uint Server;

    public StreamFlags Flags;
    public StreamState State;
    public Method Method;

    /// <summary>Status sent to the client, 0 before there is one.</summary>
    public ushort Status;

    /// <summary>Numbers in the configuration; -1 for none.</summary>
    public int Frontend;

    public int Backend;
    public int ServerNumber;

    /// <summary>Attempts to connect left (<c>retries</c>).</summary>
    public short RetriesLeft;

    /// <summary>Where the request goes when it must be answered by us.</summary>
    public ushort AnswerStatus;

    public Timer Timer;

    /// <summary>The parsed head now at work (request, then response), lent from the head slots while needed.</summary>
    public MessageHead* Head;

    /// <summary>Literal bytes of an answer of ours still to be copied out.</summary>
    public ByteView Literal;

    /// <summary>Bytes already looked at while a head arrives piece by piece.</summary>
    public int Scanned;

    /// <summary>Where it stands in the shared queue, none when it does not wait.</summary>
    public uint QueueEntry;

    /// <summary>The sent request head, kept until the response begins in case the reused connection was stale.</summary>
    public BufferRef Retained;

    /// <summary>Server the last attempt failed on, -1 for none: a redispatch avoids it.</summary>
    public int FailedServer;

    public BodyState Request;
    public BodyState Response;
}
