namespace Engine.Systems.Queue;

/// <summary>Places in the code of the queues between which other threads may act.</summary>
public enum QueueStep
{
    /// <summary>About to stand in the queue.</summary>
    Join,

    /// <summary>Stands in the queue and is about to look for a slot that came free meanwhile: a second look.</summary>
    Joined,

    /// <summary>About to give a slot back.</summary>
    GiveBack,

    /// <summary>Gave a slot back and is about to look for waiters: a second look.</summary>
    GaveBack,

    /// <summary>About to look whether anybody waits.</summary>
    LookForWaiters,

    /// <summary>Has a waiter and is about to take the slot for it.</summary>
    TakeSlot,

    /// <summary>Made a change of a server known and is about to look for whom it concerns.</summary>
    Changed,

    /// <summary>About to leave the queue.</summary>
    Leave,
}
