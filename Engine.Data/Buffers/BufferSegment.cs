namespace Engine.Data.Buffers;

/// <summary>The filled part of a lent buffer and the buffer that follows it in a chain. 16 bytes.</summary>
public struct BufferSegment
{
    /// <summary>First filled byte, counted from the buffer's start.</summary>
    public int Start;

    /// <summary>One past the last filled byte.</summary>
    public int End;

    /// <summary>The next buffer of the chain, none for the last.</summary>
    public BufferRef Next;

    /// <summary>Lent out; kept here so that returning a buffer twice is caught.</summary>
    public bool Lent;

    public readonly int Length => End - Start;
}
