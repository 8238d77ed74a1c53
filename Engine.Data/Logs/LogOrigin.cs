namespace Engine.Data.Logs;

/// <summary>At which step of a stream its log line was written: %OG.</summary>
public enum LogOrigin : byte
{
    Unspecified = 0,

    /// <summary>The session ended before a stream could work (a request that could not be parsed).</summary>
    SessionError,
    SessionKilled,
    Accept,
    Request,
    Connect,
    Response,
    Close,
}
