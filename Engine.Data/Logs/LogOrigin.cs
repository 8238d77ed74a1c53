namespace Engine.Data.Logs;

/// <summary>At which step its line was written: %OG, and what a <see cref="LogProfile"/> tells apart.</summary>
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

    /// <summary>The rule set of a <c>do-log</c>.</summary>
    TcpRequestConnection,
    TcpRequestSession,
    TcpRequestContent,
    TcpResponseContent,
    HttpRequest,
    HttpResponse,
    HttpAfterResponse,
}
