using System;
using System.Threading;

namespace Engine.Data.Shared;

/// <summary>
/// The last message that broke the protocol on one side of a proxy, for <c>show errors</c> (management guide section
/// 9.3). The bytes are kept in one buffer, taken when first needed. Field names before the error are in lower case: the
/// parser had made them so.
/// </summary>
public sealed class MessageCapture
{
    private byte[] bytes = [];
    private int length;
    private int held;

    /// <summary>Number among all captures of the process; negative: nothing was captured.</summary>
    public long Event { get; private set; } = -1;

    /// <summary>Wall clock, microseconds since 1970.</summary>
    public long WallMicroseconds { get; private set; }

    public MessageCaptureFacts Facts { get; private set; }

    public ReadOnlySpan<byte> Bytes => bytes.AsSpan(0, length);

    /// <summary>
    /// Takes it for this thread, to write or to read. False: another thread has it, and nobody waits: a capture more
    /// or less is nothing.
    /// </summary>
    public bool TryHold() => Interlocked.CompareExchange(ref held, 1, 0) == 0;

    public void Release() => Volatile.Write(ref held, 0);

    /// <summary>Keeps a message; the thread holds it.</summary>
    /// <param name="sizeMax">Bytes kept at most.</param>
    public void Keep(long number, long wallMicroseconds, in MessageCaptureFacts facts, ReadOnlySpan<byte> message, int sizeMax)
    {
        if (bytes.Length == 0) bytes = new byte[sizeMax];
        length = Math.Min(message.Length, bytes.Length);
        message[..length].CopyTo(bytes);
        Event = number;
        WallMicroseconds = wallMicroseconds;
        Facts = facts;
    }
}
