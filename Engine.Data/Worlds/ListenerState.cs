namespace Engine.Data.Worlds;

/// <summary>A listening socket of one thread.</summary>
public struct ListenerState
{
    /// <summary>-1 when this thread does not listen there.</summary>
    public int Fd;

    /// <summary>An accept is armed in the kernel.</summary>
    public bool Armed;

    /// <summary>The end of the armed accept was asked for.</summary>
    public bool Cancelled;

    /// <summary>Held back by a connection limit or by want of descriptors: looked at again when one closes.</summary>
    public bool Held;

    /// <summary>Open connections that this thread accepted there.</summary>
    public int Connections;
}
