using System.Runtime.InteropServices;

namespace Engine.Data.Shared;

/// <summary>
/// What threads share about a server: two cache lines, because every request of every thread writes the first.
/// Changed by atomics only.
/// </summary>
[StructLayout(LayoutKind.Sequential, Size = 128)]
public struct SharedServer
{
    /// <summary>Slots taken now: streams that were given to it. A token: taken and released in pairs.</summary>
    public int Served;

    /// <summary>Slots at most; 0 means no limit, a test that only <c>ServerSlots</c> makes.</summary>
    public int Limit;

    /// <summary>0 to 256; 0 takes no new request.</summary>
    public int Weight;

    /// <summary>1 while it may take requests at all (not in maintenance, not down).</summary>
    public int Running;

    /// <summary>Requests waiting for this server alone.</summary>
    public int Waiting;

    /// <summary>Requests ever given to it; orders leastconn ties.</summary>
    public long Chosen;

    /// <summary>Number of its backend.</summary>
    public int Backend;

    /// <summary><c>minconn</c>: the limit of a backend without load; 0: the limit does not follow the load.</summary>
    public int LimitMin;

    /// <summary>Percent of its limit that it is given (<c>slowstart</c>): 100 but while it warms up.</summary>
    public int Warmth;

    /// <summary>
    /// <see cref="Weight"/> in sixteenths, fewer of them while it warms up: what balancing divides by, so that a weight
    /// of 1 has steps too.
    /// </summary>
    public int Share;

    /// <summary>Those that wait for it alone, as a tree; 0: none. Under its backend's queue lock, as the rest below.</summary>
    public uint QueueRoot;

    /// <summary>Waiters that were handed a slot out of this tree since the start.</summary>
    public uint QueuePicks;

    /// <summary>Waiters of the thread that dequeues that were served in a row, and the other thread served last.</summary>
    public int OwnInRow;

    public int LastOther;

    /// <summary>Sessions, counted where some expression asks for them.</summary>
    public SharedRate SessionRate;
}
