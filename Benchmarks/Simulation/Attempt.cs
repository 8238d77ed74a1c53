namespace Benchmarks.Simulation;

/// <summary>One time that an exchange's request reached an origin.</summary>
internal sealed class Attempt(int number, int server, bool onUsedConnection, long startedAt)
{
    /// <summary>From 0.</summary>
    public int Number { get; } = number;

    public int Server { get; } = server;

    /// <summary>The connection had carried another request before.</summary>
    public bool OnUsedConnection { get; } = onUsedConnection;

    public long StartedAt { get; } = startedAt;

    /// <summary>Payload bytes of the request that arrived.</summary>
    public long BodyBytes { get; set; }

    public bool RequestComplete { get; set; }

    /// <summary>The origin has sent bytes of an answer.</summary>
    public bool AnswerStarted { get; set; }

    public bool AnswerComplete { get; set; }

    /// <summary>The origin's connection is closed, by whomever.</summary>
    public bool Ended { get; set; }

    /// <summary>When the origin last read or wrote something.</summary>
    public long LastMoveAt { get; set; } = startedAt;

    /// <summary>The origin has more to send and the connection takes nothing.</summary>
    public bool IsBlocked { get; set; }
}
