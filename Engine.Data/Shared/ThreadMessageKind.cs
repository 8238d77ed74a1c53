namespace Engine.Data.Shared;

public enum ThreadMessageKind : byte
{
    None = 0,

    /// <summary>The waiting stream was given a slot of the server: it runs there, or gives the slot back if it is gone.</summary>
    SlotGranted,

    /// <summary>The waiting stream is out of the queue without a slot: a server is chosen for it again.</summary>
    PickAgain,

    /// <summary>More waiters may have the server's slots than one pass hands out.</summary>
    DequeueMore,

    /// <summary>Stop accepting and finish what runs.</summary>
    SoftStop,

    /// <summary>Stop at once.</summary>
    HardStop,

    /// <summary>A check, whose number stands for a server's, is to be run here.</summary>
    CheckHandedOver,

    /// <summary>The streams of the server are to be ended.</summary>
    ShutServer,

    /// <summary>Work of the Runtime API waits in <c>SharedWorld.Orders</c>.</summary>
    Order,

    /// <summary>Stop and resume accepting (SIGTTOU, SIGTTIN).</summary>
    Pause,
    Resume,
}
