using Engine.Data.Http2;
using Engine.Data.Messages;
using Engine.Systems.Http2.Hpack;

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

    /// <summary>Why the block cannot be decoded, which ends the connection; or none.</summary>
    public Http2Error Fault;

    public bool HasLength;
    public ulong ContentLength;

    /// <summary>Requests: the method. Responses: the status.</summary>
    public Method Method;
    public int Status;

    /// <summary>Extended CONNECT (RFC 8441).</summary>
    public bool ExtendedConnect;

    /// <summary><c>:scheme</c> is https.</summary>
    public bool IsHttps;

    /// <summary>Whose fault the end of a block was (RFC 9113 section 4.3; THREATS.md B19).</summary>
    public static Http2Error FaultOf(HpackResult result) => result switch
    {
        HpackResult.End => Http2Error.None,
        HpackResult.TooMuch => Http2Error.EnhanceYourCalm,
        _ => Http2Error.Compression,
    };
}
