namespace Engine.Data.Kernel;

/// <summary>One request to the kernel back end, written by a system and read once. 40 bytes.</summary>
public unsafe struct Operation
{
    public OperationKind Kind;
    public OperationFlags Flags;

    /// <summary>SpliceIn, SpliceOut, EmptyPipe: number of the pipe, as <see cref="PipeNumbers"/> gives it.</summary>
    public int Pipe;

    /// <summary>SetOption: the value. It stands where the pipe's number does.</summary>
    public int Value
    {
        readonly get => Pipe;
        set => Pipe = value;
    }

    /// <summary>What the completion brings back: see <see cref="OperationOwner"/>.</summary>
    public OperationOwner Owner;

    /// <summary>The descriptor worked on; unused by <see cref="OperationKind.Connect"/>.</summary>
    public int Fd;

    /// <summary>Bytes, vectors, datagrams or addresses at <see cref="Data"/>.</summary>
    public uint Length;

    /// <summary>
    /// Must stay valid until the batch was submitted; the bytes of a send with Wait until the completion.
    /// </summary>
    public void* Data;

    /// <summary>
    /// Connect: where the new descriptor goes (-1 when no socket could be made). Write: where the count of
    /// bytes written goes, or null.
    /// </summary>
    public int* Descriptor;
}
