namespace Benchmarks.Load;

/// <summary>What one load run offers, and how long. All sizes are in bytes.</summary>
public sealed record LoadPlan
{
    /// <summary>Loopback port of the proxy.</summary>
    public required int Port { get; init; }

    public LoadKind Kind { get; init; } = LoadKind.Closed;

    /// <summary>Size of the answers' bodies; the origin is asked for it by path.</summary>
    public int BodyBytes { get; init; } = 100;

    /// <summary>Size of the requests' bodies; 0 sends GET, more sends POST.</summary>
    public int UploadBytes { get; init; }

    public int Connections { get; init; } = 1;

    /// <summary>The connections are TLS.</summary>
    public bool Tls { get; init; }

    /// <summary>HTTP/2: by ALPN with TLS, with prior knowledge without.</summary>
    public bool Http2 { get; init; }

    /// <summary>Requests at a time on each connection; more than one needs HTTP/2.</summary>
    public int Streams { get; init; } = 1;

    /// <summary>The load is handshakes, one after the other, and each counts as a request.</summary>
    public HandshakeKind Handshakes { get; init; }

    /// <summary>Requests per second of <see cref="LoadKind.Open"/>.</summary>
    public double Rate { get; init; }

    /// <summary>Time before the measured window opens, milliseconds.</summary>
    public int WarmUpMs { get; init; }

    /// <summary>Length of the measured window, milliseconds.</summary>
    public int WindowMs { get; init; } = 1_000;

    /// <summary>
    /// When above 0, the run is this many requests, all measured, and the two times above are not used.
    /// </summary>
    public long RequestsMax { get; init; }

    /// <summary>Milliseconds after which an answer is an error.</summary>
    public int TimeoutMs { get; init; } = 10_000;

    /// <summary>
    /// Process whose CPU time (with its descendants') is taken at both ends of the window; 0 for none.
    /// </summary>
    public int WatchProcess { get; init; }

    /// <summary>Origin process, watched likewise; 0 for none.</summary>
    public int WatchOrigin { get; init; }

    /// <summary>CPU whose busy time is taken likewise; -1 for none.</summary>
    public int WatchCpu { get; init; } = -1;
}
