namespace Engine.Data.Messages;

/// <summary>What becomes of a body's bytes on their way through.</summary>
public enum BodyDelivery : byte
{
    /// <summary>They are passed on in the coding they came in.</summary>
    AsSent = 0,

    /// <summary>Chunks are decoded: the receiver cannot take them (HTTP/1.0).</summary>
    Decoded,

    /// <summary>Chunks without the trailer section behind them.</summary>
    WithoutTrailers,

    /// <summary>Read and thrown away: the receiver awaits no body, as behind HEAD.</summary>
    Dropped,
}
