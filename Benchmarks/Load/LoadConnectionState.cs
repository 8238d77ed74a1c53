namespace Benchmarks.Load;

/// <summary>Where a connection of a load run stands.</summary>
internal enum LoadConnectionState : byte
{
    Closed,

    /// <summary>Open, no request on it.</summary>
    Idle,

    /// <summary>A request, or its connection, is on its way out.</summary>
    Sending,

    /// <summary>The request is out, the answer's head is not complete.</summary>
    AwaitingHead,

    /// <summary>The body is being received.</summary>
    ReceivingBody,

    /// <summary>The answer is complete and the peer is to close.</summary>
    AwaitingClose,
}
