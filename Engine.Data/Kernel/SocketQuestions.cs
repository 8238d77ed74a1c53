namespace Engine.Data.Kernel;

/// <summary>
/// What may be asked of a socket while rules are evaluated: the kernel back end's functions, which answer at once. Where
/// there are none, as in a simulation, nobody answers.
/// </summary>
public unsafe struct SocketQuestions
{
    /// <summary>What was measured; false: no TCP.</summary>
    public delegate*<int, ref TcpMeasures, bool> TcpMeasures;

    /// <summary>Bytes of the packet that it began with, written to a place of a size; 0: none is kept.</summary>
    public delegate*<int, byte*, int, int> SavedSyn;
}
