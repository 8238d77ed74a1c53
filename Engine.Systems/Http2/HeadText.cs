using Engine.Data.Messages;

namespace Engine.Systems.Http2;

/// <summary>What a header block came to as a head of HTTP/1.</summary>
internal struct HeadText
{
    /// <summary>Bytes of the head in the thread's text memory.</summary>
    public int Length;

    /// <summary>The message is malformed (RFC 9113 section 8.1.1): its stream is reset.</summary>
    public bool Malformed;

    /// <summary>Its line is none that HTTP/1 could have: it is answered with 400.</summary>
    public bool Refused;

    /// <summary>The block cannot be decoded: the connection is over.</summary>
    public bool Undecodable;

    public bool HasLength;
    public ulong ContentLength;

    /// <summary>Requests: the method. Responses: the status.</summary>
    public Method Method;
    public int Status;

    /// <summary>Extended CONNECT (RFC 8441).</summary>
    public bool ExtendedConnect;

    /// <summary><c>:scheme</c> is https.</summary>
    public bool IsHttps;
}
