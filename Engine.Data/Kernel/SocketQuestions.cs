namespace Engine.Data.Kernel;

/// <summary>
/// What may be asked of a socket: the kernel back end's functions, which answer at once. Where
/// there are none, as in a simulation, nobody answers.
/// </summary>
public unsafe struct SocketQuestions
{
    /// <summary>What was measured; false: no TCP.</summary>
    public delegate*<int, ref TcpMeasures, bool> TcpMeasures;

    /// <summary>Bytes that a send takes at once, 0 when the socket is full, below 0 when that cannot be told.</summary>
    public delegate*<int, int> SendRoom;

    /// <summary>Bytes of the packet that it began with, written to a place of a size; 0: none is kept.</summary>
    public delegate*<int, byte*, int, int> SavedSyn;
}
