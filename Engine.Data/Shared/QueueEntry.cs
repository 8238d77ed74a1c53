namespace Engine.Data.Shared;

/// <summary>A waiter. Linked and unlinked only under its backend's queue lock. 32 bytes.</summary>
public struct QueueEntry
{
    public uint Next;
    public uint Previous;
    public int Thread;

    /// <summary>Row and generation of the waiting stream in its thread's world.</summary>
    public uint Stream;

    public uint Generation;

    /// <summary>The only server it may go to, -1 for any of the backend.</summary>
    public int Server;

    /// <summary>1 while it stands in the queue.</summary>
    public int Linked;

    /// <summary>The backend's count of picks when it joined.</summary>
    public uint PicksAtJoin;
}
