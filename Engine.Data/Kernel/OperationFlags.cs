using System;

namespace Engine.Data.Kernel;

[Flags]
public enum OperationFlags : byte
{
    None = 0,

    /// <summary>Accept, Receive: stay armed after a completion.</summary>
    Repeat = 1,

    /// <summary>
    /// Send: the socket's buffer was full last time; complete when at least one byte went out. Without it a send
    /// is tried once and completes at once, with what it could send or -EAGAIN.
    /// </summary>
    Wait = 2,

    /// <summary>Send: more follows at once (MSG_MORE).</summary>
    More = 4,

    /// <summary>Close: send a reset instead of a FIN (SO_LINGER 0).</summary>
    Reset = 8,

    /// <summary>Accept: report the local address too (a wildcard listener whose configuration reads <c>dst</c>).</summary>
    WantLocal = 16,

    /// <summary>Receive: do not try before the socket is known to be readable (a request was just sent).</summary>
    Later = 32,

    /// <summary>Receive: into a large buffer, for bodies.</summary>
    Large = 64,
}
