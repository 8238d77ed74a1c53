namespace Engine.Data.Connections;

public enum ConnectionState : byte
{
    Free = 0,
    Connecting,
    Open,

    /// <summary>Accepted while a connection limit was reached: nothing is read from it before its turn.</summary>
    Held,

    /// <summary>
    /// Our FIN is sent after an answer that did not wait for the whole request: what still comes is thrown away, so
    /// that a reset does not destroy the answer on its way (RFC 9112 section 9.6).
    /// </summary>
    Lingering,

    /// <summary>Being given up: the row is freed when no operation is in flight any more.</summary>
    Closing,
}
