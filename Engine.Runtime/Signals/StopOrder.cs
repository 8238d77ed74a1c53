using System;

namespace Engine.Runtime.Signals;

/// <summary>What the service has to do now. Several may be asked for at once.</summary>
[Flags]
public enum StopOrder
{
    None = 0,

    /// <summary>
    /// Close the listening sockets for good; connections finish what they do and are not kept alive.
    /// </summary>
    CloseListeners = 1,

    /// <summary>End every connection that is left (<c>hard-stop-after</c>).</summary>
    ShutConnections = 2,

    /// <summary>Leave, as <see cref="StopSequence.Leave"/> does.</summary>
    Exit = 4,

    PauseListeners = 8,
    ResumeListeners = 16,
    DumpServers = 32,
    DumpMemory = 64,

    /// <summary>Connections were left when the process gave up waiting for them: worth a warning.</summary>
    LeaveConnections = 128,

    /// <summary>Tell whoever asks that the process stops, and go on (<c>grace</c>).</summary>
    Announce = 256,

    /// <summary>The time of grace is over: worth a notice.</summary>
    EndGrace = 512,
}
