using System.Collections.Generic;

namespace Benchmarks.Simulation;

/// <summary>What a run came to.</summary>
/// <param name="Seed">The seed that makes it again.</param>
/// <param name="Digest">A number that differs when anything of the run did.</param>
/// <param name="Failure">What the oracle found; null when all was well.</param>
/// <param name="Report">The configuration and the last events of a run that failed, for somebody to read.</param>
/// <param name="Relayed">Answers of origins that clients got whole.</param>
/// <param name="Own">Answers of the proxy's own.</param>
/// <param name="Unanswered">Requests that got no answer or half of one.</param>
/// <param name="Tunnels">Sides of tunnels and TCP sessions.</param>
/// <param name="Ticks">Ticks of all threads.</param>
/// <param name="VirtualSeconds">How long it took by the simulated clock.</param>
public sealed record SimulationResult(
    ulong Seed,
    ulong Digest,
    string? Failure,
    IReadOnlyCollection<string> Report,
    int Relayed,
    int Own,
    int Unanswered,
    int Tunnels,
    long Ticks,
    double VirtualSeconds);
