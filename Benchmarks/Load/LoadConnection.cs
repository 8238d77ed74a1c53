namespace Benchmarks.Load;

/// <summary>State of one connection of a load run. Rows are indexed by connection number.</summary>
internal unsafe struct LoadConnection
{
    /// <summary>Socket, -1 while closed.</summary>
    public int Descriptor;

    /// <summary>Bytes of an incomplete head in <see cref="Held"/>.</summary>
    public int HeldBytes;

    public LoadConnectionState State;

    /// <summary>The peer announced that it closes after this answer.</summary>
    public bool Closes;

    /// <summary>Bytes of the request already sent.</summary>
    public long Sent;

    /// <summary>Bytes of the answer's body not yet received.</summary>
    public long BodyLeft;

    /// <summary>When the request was sent or, in an open load, was due.</summary>
    public long StartNs;

    /// <summary>Room for an incomplete head, allocated on first need and kept with the row.</summary>
    public byte* Held;
}
