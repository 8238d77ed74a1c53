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
}
