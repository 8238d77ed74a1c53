using Engine.Data.Messages;
using Engine.Data.Time;

namespace Engine.Data.Streams;

/// <summary>
/// One exchange: an HTTP request and its response, or a TCP session. Not a connection: HTTP/2 has many streams on
/// one, and a pool has many over one. Two cache lines: identity and state first, the two bodies behind.
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

    /// <summary>The parsed head now at work (request, then response), lent while needed.</summary>
    public MessageHead* Head;

    /// <summary>Bytes already looked at while a head arrives piece by piece.</summary>
    public int Scanned;

    /// <summary>Position in the backend's queue list.</summary>
    public uint QueueEntry;

    public BodyState Request;
    public BodyState Response;
}
