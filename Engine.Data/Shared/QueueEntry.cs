using System.Runtime.InteropServices;

namespace Engine.Data.Shared;

/// <summary>
/// A waiter, in one of the trees of its backend while <see cref="Linked"/>: changed only under the backend's queue lock.
/// One cache line: a walk down a tree touches one for each step.
/// </summary>
[StructLayout(LayoutKind.Sequential, Size = 64)]
public struct QueueEntry
{
    /// <summary>Those before and behind it in its tree; of a free entry the first leads to the next free one.</summary>
    public uint Left;

    public uint Right;

    /// <summary>A parent's is never lower: drawn at random, so that the tree stays shallow.</summary>
    public uint Rank;

    /// <summary>Lower goes first, whatever the times (<c>set-priority-class</c>).</summary>
    public int Class;

    public int Thread;

    /// <summary>Joins of the backend before this one: who came first in a millisecond.</summary>
    public uint Sequence;

    /// <summary>When it joined by the thread's clock, moved by <c>set-priority-offset</c>; milliseconds.</summary>
    public long DueMs;

    /// <summary>Row and generation of the waiting stream in its thread's world.</summary>
    public uint Stream;

    public uint Generation;

    /// <summary>The only server it may go to, -1 for any of the backend.</summary>
    public int Server;

    /// <summary>1 while it stands in the queue.</summary>
    public int Linked;

    /// <summary>Its tree's count of picks when it joined.</summary>
    public uint PicksAtJoin;

    /// <summary>Its place in the log: picks while it waited and its own; known when it left.</summary>
    public int Position;
}
