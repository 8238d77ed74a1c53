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

    /// <summary>
    /// Whose turn is next: a slot of the table, a key of the ring under <see cref="TurnLock"/>, a number to begin a look at.
    /// </summary>
    public uint Turn;

    /// <summary>1 while a thread takes its turn.</summary>
    public int TurnLock;

    /// <summary>1 while a thread works on the queue below: a spin lock held for a bounded walk.</summary>
    public int QueueLock;

    /// <summary>Those that any server of the backend may take, as a tree; 0: none.</summary>
    public uint QueueRoot;

    /// <summary>All who wait, those for one server included.</summary>
    public int QueueLength;

    /// <summary>Those in <see cref="QueueRoot"/>.</summary>
    public int AnyLength;

    /// <summary>Waiters that were handed a slot out of <see cref="QueueRoot"/> since the start.</summary>
    public uint QueuePicks;

    /// <summary>Joins since start: those of one millisecond go by it.</summary>
    public uint QueueJoins;

    /// <summary><c>fullconn</c>: streams at which limits that follow the load are at their most.</summary>
    public int FullConnections;

    /// <summary>Sessions of the frontend.</summary>
    public SharedRate FrontendSessionRate;

    /// <summary>Requests of the frontend and sessions of the backend, counted where some expression asks for them.</summary>
    public SharedRate RequestRate;

    public SharedRate BackendSessionRate;

    /// <summary>Log lines of the frontend ever written; counted where some format tells the number (%lc).</summary>
    public uint LogLines;
}
