using System;

namespace Engine.Data.Kernel;

[Flags]
public enum CompletionFlags : byte
{
    None = 0,

    /// <summary>The operation is still armed and will complete again.</summary>
    More = 1,

    /// <summary>Receive: the socket holds more bytes than the buffer could take.</summary>
    SocketNotEmpty = 2,
}
