using System;

namespace Engine.Data.Logs;

/// <summary>The <c>{+Q,+X,+E}</c> flags of an item, and how its value is made safe.</summary>
[Flags]
public enum LogStepFlags : ushort
{
    None = 0,

    /// <summary>+Q: in double quotes.</summary>
    Quote = 1,

    /// <summary>+X: hexadecimal.</summary>
    Hexadecimal = 2,

    /// <summary>+E: escape '"', '\' and ']' with a backslash.</summary>
    Escape = 4,

    /// <summary>+bin: bytes as they are.</summary>
    Raw = 8,

    /// <summary>An item of a log line: a value that is not there is a dash.</summary>
    Log = 16,

    /// <summary>Between the items of a list alias stand zero bytes; one that is missing is a dash, with +Q nothing.</summary>
    List = 32,

    /// <summary>+json: the value in JSON.</summary>
    Json = 64,

    /// <summary>+cbor: the value in CBOR.</summary>
    Cbor = 128,

    /// <summary>Not of a field or a line: a body, a variable, a key. Control bytes stay as they are.</summary>
    Plain = 256,
}
