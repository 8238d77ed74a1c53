using System;

namespace Engine.Data.Configuration;

/// <summary>After what a request is sent once more (<c>retry-on</c>, manual section 4.2).</summary>
[Flags]
public enum RetryEvents : uint
{
    None = 0,

    /// <summary>The request could not be sent: nothing of it reached the server.</summary>
    ConnectionFailure = 1,

    EmptyResponse = 2,
    JunkResponse = 4,
    ResponseTimeout = 8,
    EarlyDataRejected = 16,

    Status401 = 1 << 8,
    Status403 = 1 << 9,
    Status404 = 1 << 10,
    Status408 = 1 << 11,
    Status421 = 1 << 12,
    Status425 = 1 << 13,
    Status429 = 1 << 14,
    Status500 = 1 << 15,
    Status501 = 1 << 16,
    Status502 = 1 << 17,
    Status503 = 1 << 18,
    Status504 = 1 << 19,

    /// <summary><c>all-retryable-errors</c>.</summary>
    All = ConnectionFailure | EmptyResponse | JunkResponse | ResponseTimeout | EarlyDataRejected | Status500 | Status502
        | Status503 | Status504,

    /// <summary>What is known only after the request was sent: it has to be kept.</summary>
    AfterSending = ~ConnectionFailure,
}
