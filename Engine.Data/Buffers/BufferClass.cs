namespace Engine.Data.Buffers;

/// <summary>The sizes a thread lends buffers in.</summary>
public enum BufferClass : byte
{
    /// <summary>4 KiB: what the kernel fills for a connection that waits for a head.</summary>
    Small = 0,

    /// <summary><c>tune.bufsize</c> bytes: a message head, and output that a system writes.</summary>
    Standard = 1,

    /// <summary>256 KiB: the body of a large object on its way through.</summary>
    Large = 2,
}
