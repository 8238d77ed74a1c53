namespace Engine.Runtime.Signals;

/// <summary>
/// What an operator or a new process may tell a standalone process (management guide section 4). SIGUSR2
/// belongs to the master: here it is taken and ignored, as SIGPIPE is.
/// </summary>
public enum Signal : byte
{
    None = 0,

    /// <summary>SIGTERM: leave at once.</summary>
    HardStop,

    /// <summary>SIGINT: leave at once.</summary>
    Interrupt,

    /// <summary>SIGUSR1: stop listening, finish what runs, leave.</summary>
    SoftStop,

    /// <summary>SIGTTOU: stop listening, so that another process can bind.</summary>
    Pause,

    /// <summary>SIGTTIN: listen again.</summary>
    Resume,

    /// <summary>SIGHUP: tell the state of all servers.</summary>
    DumpServers,

    /// <summary>SIGQUIT: tell what memory is used.</summary>
    DumpMemory,
}
