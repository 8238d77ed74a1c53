using System.Runtime.InteropServices;

namespace Engine.Data.Shared;

/// <summary>What threads share about a proxy; padded, changed by atomics only except under <see cref="QueueLock"/>.</summary>
[StructLayout(LayoutKind.Sequential, Size = 192)]
public struct SharedProxy
{
    /// <summary>Open client connections of the frontend.</summary>
    public int FrontendConnections;

    /// <summary>Streams at the backend, waiting ones included.</summary>
    public int BackendConnections;

    /// <summary>Next place of the round-robin sequence.</summary>
    public uint Turn;

    /// <summary>1 while a thread works on the queue below: a spin lock held for a bounded walk.</summary>
    public int QueueLock;

    /// <summary>Waiters of the backend in arrival order; entries of the queue table, 0 for none.</summary>
    public uint QueueHead;

    public uint QueueTail;

    /// <summary>Waiters now, and picks since start (a waiter's place in the log is the difference).</summary>
    public int QueueLength;

    public uint QueuePicks;

    /// <summary>Joins since start: tells a picker whether somebody came while it held a slot.</summary>
    public uint QueueJoins;

    /// <summary>Log lines of the frontend ever written; counted where some format tells the number (%lc).</summary>
    public uint LogLines;
}
