namespace Benchmarks.Load;

/// <summary>
/// State of one accepted connection of the origin. Rows are indexed by descriptor.
/// </summary>
internal unsafe struct OriginConnection
{
    /// <summary>Next byte of the answer, null while none is being sent.</summary>
    public byte* Answer;

    /// <summary>Bytes of the answer not yet sent.</summary>
    public long AnswerLeft;

    /// <summary>Bytes of the request's body not yet received.</summary>
    public long BodyLeft;

    /// <summary>Bytes of an incomplete head, allocated on first need and kept with the row.</summary>
    public byte* Held;

    /// <summary>Number of bytes in <see cref="Held"/>.</summary>
    public int HeldBytes;

    /// <summary>Size that the request asked for, bytes.</summary>
    public int Size;

    /// <summary>Close after the answer.</summary>
    public bool Closes;
}
