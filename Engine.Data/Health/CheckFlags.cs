using System;

namespace Engine.Data.Health;

/// <summary>State of a check. The numbers are those of <c>show servers state</c>.</summary>
[Flags]
public enum CheckFlags : byte
{
    None = 0,

    /// <summary>One is under way.</summary>
    Running = 1,

    Configured = 2,

    /// <summary>Not switched off by the Runtime API.</summary>
    Enabled = 4,

    /// <summary>The server is in maintenance.</summary>
    Paused = 8,

    Agent = 16,

    /// <summary>The next one follows at <c>fastinter</c>, whatever the state.</summary>
    Hasten = 32,
}
