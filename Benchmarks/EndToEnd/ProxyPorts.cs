namespace Benchmarks.EndToEnd;

/// <summary>Loopback ports that a generated configuration names.</summary>
/// <param name="Listen">Where the load comes in.</param>
/// <param name="Origin">The origin server.</param>
/// <param name="LogSink">UDP port of the log sink.</param>
/// <param name="Backends">Ports for the answering frontends of the start scenario, three.</param>
public sealed record ProxyPorts(int Listen, int Origin, int LogSink, int[] Backends)
{
    /// <summary>Where a TLS scenario's proxy listens in clear, for the answer that is compared before the load.</summary>
    public int Clear => Backends[0];
}
