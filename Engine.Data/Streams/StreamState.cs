namespace Engine.Data.Streams;

/// <summary>Where a stream stands. Each state has one system that moves it on.</summary>
public enum StreamState : byte
{
    Free = 0,

    /// <summary>The head of the request is arriving.</summary>
    ReadingHead,

    /// <summary>Its rules are to be evaluated.</summary>
    Ruling,

    /// <summary>Rules wait for more of what the client sends.</summary>
    Inspecting,

    /// <summary>A page of the statistics is made for it outside the worker threads.</summary>
    AwaitingPage,

    /// <summary>A server is to be chosen.</summary>
    Picking,

    /// <summary>Waits for a slot on a server.</summary>
    Queued,

    /// <summary>A connection to the server is being made.</summary>
    Connecting,

    /// <summary>Waits out the pause before a retry.</summary>
    Pausing,

    /// <summary>The request is on its way, the head of the response is awaited.</summary>
    AwaitingResponse,

    /// <summary>The response is on its way.</summary>
    Relaying,

    /// <summary>An answer of our own is being sent.</summary>
    Answering,

    /// <summary>Everything is said; to be logged and freed.</summary>
    Ending,
}
