using Engine.Data.Logs;
using Engine.Data.Messages;

namespace Engine.Systems.Rules.Actions;

/// <summary>A reply of <c>return</c>, <c>deny</c> or <c>http-error</c>, as its arguments describe it.</summary>
public sealed class HttpReply
{
    public ushort Status;

    /// <summary>The proxy's error reply for the status.</summary>
    public bool IsErrorReply;

    /// <summary>A whole message from a file.</summary>
    public StoredMessage? File;

    /// <summary>The connection ends with it: the file's message does, or a field says so.</summary>
    public bool Closes;

    /// <summary>Names in lower case, with colon and space behind.</summary>
    public ByteView[] FieldNames = [];

    public LogProgram[] FieldValues = [];

    /// <summary>The body when it is a format; else <see cref="Body"/>.</summary>
    public LogProgram? BodyFormat;

    public ByteView Body;

    public ByteView StatusLine;

    /// <summary>The <c>content-type</c> line, empty without one, and the empty line of the head.</summary>
    public ByteView HeadEnd;

    /// <summary>The whole head, when nothing in it is to be computed.</summary>
    public ByteView ReadyHead;
}
