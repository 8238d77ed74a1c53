using System;

namespace Engine.Data.Messages;

/// <summary>
/// The index over a parsed head: start line, framing facts and fields. One form for HTTP/1 and HTTP/2,
/// requests and responses. Lent to a stream from parse until the head was serialised. The fields stand in the
/// same slot behind it.
/// </summary>
public unsafe struct MessageHead
{
    /// <summary>
    /// Bytes of the head as received, empty lines before and after it included; they are the first of the
    /// input. After an error: where in the input it was found.
    /// </summary>
    public int HeadLength;

    public HeadFlags Flags;

    /// <summary>Valid with <see cref="HeadFlags.HasContentLength"/>.</summary>
    public ulong ContentLength;

    public Method Method;
    public HttpVersion Version;

    /// <summary>Responses: 100 to 999. Requests: 0.</summary>
    public ushort Status;

    public int FieldCount;

    /// <summary>
    /// Fields that fit in the slot: <c>tune.http.maxhdr</c> and room for those that rules add.
    /// </summary>
    public int FieldCapacity;

    /// <summary>Requests: the method's name.</summary>
    public ByteView MethodName;

    /// <summary>
    /// Requests: the request target as received, but for an absolute form: an empty path became "/", the
    /// default port of http and https is gone. A rewriting rule points it elsewhere.
    /// </summary>
    public ByteView Target;

    /// <summary>Requests: authority of an absolute-form or CONNECT target, empty in origin form.</summary>
    public ByteView Authority;

    /// <summary>
    /// Requests: path with query, a part of <see cref="Target"/>: starts with '/', or is "*", or in an
    /// absolute form without path starts with '?'. Empty for CONNECT.
    /// </summary>
    public ByteView PathAndQuery;

    /// <summary>Responses: the reason phrase, perhaps empty.</summary>
    public ByteView Reason;

    /// <summary>
    /// The start line without its line end: what a log line shows. Extra blanks are gone, the target is as in
    /// <see cref="Target"/>, the version is the one received.
    /// </summary>
    public ByteView StartLine;

    /// <summary>The fields of a head in its slot.</summary>
    public static Span<HeaderField> Fields(MessageHead* head) =>
        new((HeaderField*)(head + 1), head->FieldCount);

    /// <summary>The field array behind a head, <see cref="FieldCapacity"/> long.</summary>
    public static HeaderField* FieldArray(MessageHead* head) => (HeaderField*)(head + 1);

    /// <summary>Bytes of a slot that holds so many fields.</summary>
    public static int SlotSize(int fieldCapacity) =>
        sizeof(MessageHead) + fieldCapacity * sizeof(HeaderField);

    /// <summary>The path without the query.</summary>
    public readonly ByteView Path
    {
        get
        {
            int question = PathAndQuery.Span.IndexOf((byte)'?');
            return question < 0 ? PathAndQuery : PathAndQuery.Slice(0, question);
        }
    }

    /// <summary>The query without its question mark, empty when there is none.</summary>
    public readonly ByteView Query
    {
        get
        {
            int question = PathAndQuery.Span.IndexOf((byte)'?');
            return question < 0
                ? default
                : PathAndQuery.Slice(question + 1, PathAndQuery.Length - question - 1);
        }
    }
}
