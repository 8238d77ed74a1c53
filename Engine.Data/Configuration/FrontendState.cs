namespace Engine.Data.Configuration;

/// <summary>Whether a frontend takes connections: changed by the Runtime API.</summary>
public enum FrontendState : byte
{
    Open = 0,

    /// <summary><c>disable frontend</c>: until it is enabled.</summary>
    Paused,

    /// <summary><c>shutdown frontend</c>: its sockets are closed, for good.</summary>
    Stopped,
}
