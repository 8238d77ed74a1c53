using System;

namespace Engine.Data.Logs;

/// <summary>The <c>{+Q,+X,+E}</c> flags of an item.</summary>
[Flags]
public enum LogStepFlags : byte
{
    None = 0,

    /// <summary>+Q: in double quotes.</summary>
    Quote = 1,

    /// <summary>+X: hexadecimal.</summary>
    Hexadecimal = 2,

    /// <summary>+E: escape '"', '\' and ']' with a backslash.</summary>
    Escape = 4,

    /// <summary><c>option logasap</c>: a '+' before values that are not final.</summary>
    Plus = 8,
}
