namespace Engine.Data.Messages;

/// <summary>Where a body stands on its way through: one a direction in each stream. 24 bytes.</summary>
public struct BodyState
{
    /// <summary>
    /// Length: bytes still to come. Chunked: bytes of the current chunk still to come; private to the chunk
    /// decoder in the trailer section.
    /// </summary>
    public ulong Remaining;

    /// <summary>Payload bytes passed so far, without chunk framing.</summary>
    public ulong Passed;

    public BodyKind Kind;

    /// <summary>Private to the chunk decoder.</summary>
    public byte ChunkState;

    /// <summary>The last byte was passed on.</summary>
    public bool Done;

    public BodyDelivery Delivery;

    /// <summary>
    /// Private to the chunk decoder: bytes of extensions not paid for, then of the trailer section.
    /// </summary>
    public int LineBytes;
}
