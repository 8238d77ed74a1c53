using System;

namespace Engine.Runtime.Kernel.Epoll;

/// <summary>What the back end knows about a descriptor without asking the kernel.</summary>
[Flags]
internal enum SocketKnowledge : byte
{
    None = 0,

    /// <summary>epoll watches it for reading.</summary>
    Watched = 1,

    /// <summary>epoll watches it for writing too.</summary>
    WatchedForWriting = 2,

    /// <summary>An edge said so, and no call has found it drained since.</summary>
    Readable = 4,

    /// <summary>An edge said so, and no send has found it full since.</summary>
    Writable = 8,

    /// <summary>
    /// FIN or error has arrived: no further edge will come, so a short read does not mean drained.
    /// </summary>
    Ended = 16,

    /// <summary>In the list of sockets that go on without an event.</summary>
    Listed = 32,
}
