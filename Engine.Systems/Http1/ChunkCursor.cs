using System;
using System.Runtime.CompilerServices;

namespace Engine.Systems.Http1;

/// <summary>
/// Reads a segment and closes up what is kept of it. Kept bytes are moved only behind something that was left
/// out, a run at a time.
/// </summary>
internal unsafe struct ChunkCursor(byte* start, int length, bool payloadOnly)
{
    /// <summary>The next byte to read.</summary>
    public byte* At = start;

    public readonly byte* End = start + length;

    /// <summary>Behind the last byte kept; complete after <see cref="Flush"/>.</summary>
    public byte* Out = start;

    // Bytes from here up to At are kept and not yet moved.
    private byte* run = start;
    private readonly bool payloadOnly = payloadOnly;

    /// <summary>Keeps bytes of payload.</summary>
    public void PassPayload(int count) => At += count;

    /// <summary>Keeps one byte of framing, or leaves it out when only payload is wanted.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void PassFraming()
    {
        if (payloadOnly) Drop();
        else At++;
    }

    /// <summary>Leaves one byte out.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Drop()
    {
        if (run != At) Flush();
        At++;
        run = At;
    }

    /// <summary>Moves what is kept up to the reading position.</summary>
    public void Flush()
    {
        long count = At - run;
        if (count > 0 && Out != run) Buffer.MemoryCopy(run, Out, count, count);
        Out += count;
        run = At;
    }
}
