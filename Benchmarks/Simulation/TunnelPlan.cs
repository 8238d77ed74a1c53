namespace Benchmarks.Simulation;

/// <summary>What goes through a tunnel or a TCP session: bytes each way and how the ends go.</summary>
internal sealed record TunnelPlan
{
    public int BytesToServer { get; init; }

    public int BytesToClient { get; init; }

    /// <summary>Bytes written at once at most, and nanoseconds between: both sides.</summary>
    public int PieceMax { get; init; } = int.MaxValue;

    public long PieceDelay { get; init; }

    /// <summary>The client's half ends when it has sent all; otherwise it waits for the server's end first.</summary>
    public bool ClientEndsFirst { get; init; }

    /// <summary>The server resets the connection after so many bytes received; -1: never.</summary>
    public int ServerResetsAt { get; init; } = -1;

    /// <summary>The server falls silent after so many bytes sent, and never ends; -1: never.</summary>
    public int ServerStallsAt { get; init; } = -1;
}
