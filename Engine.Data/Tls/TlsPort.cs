using Engine.Data.Kernel;

namespace Engine.Data.Tls;

/// <summary>
/// What the library reads from and writes to while a call into it lasts: pieces of the slab's buffers. One a
/// thread, in
/// native memory, so that the library's I/O functions need nothing else.
/// </summary>
public unsafe struct TlsPort
{
    /// <summary>Pieces of input or of room at most.</summary>
    public const int PiecesMax = 72;

    /// <summary>Bytes to read, in order; what was read is cut off their fronts.</summary>
    public IoVector* Input;

    public int InputCount;
    public int InputAt;

    /// <summary>Bytes read since the port was loaded.</summary>
    public int Taken;

    /// <summary>Room to write to, in order; what was written is cut off their fronts.</summary>
    public IoVector* Room;

    public int RoomCount;
    public int RoomAt;

    public readonly bool HasInput => InputAt < InputCount;
}
