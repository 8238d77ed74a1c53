using Engine.Data.Buffers;

namespace Engine.Data.Streams;

/// <summary>A copy of what a server was sent, while it may have to be sent again (<c>retry-on</c>).</summary>
public struct KeptRequest
{
    /// <summary>A standard buffer; none: nothing is kept, or it did not fit.</summary>
    public BufferRef Copy;

    /// <summary><c>disable-l7-retry</c>.</summary>
    public bool IsRefused;
}
