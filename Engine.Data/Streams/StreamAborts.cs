using System;

namespace Engine.Data.Streams;

/// <summary>Which peers of a stream gave up before its end, and who said why.</summary>
[Flags]
public enum StreamAborts : byte
{
    None = 0,

    /// <summary>The client reset it.</summary>
    Client = 1,

    /// <summary>The server did.</summary>
    Server = 2,

    /// <summary>The client's RST_STREAM had a code.</summary>
    ClientCode = 4,

    /// <summary>The server's had one.</summary>
    ServerCode = 8,
}
