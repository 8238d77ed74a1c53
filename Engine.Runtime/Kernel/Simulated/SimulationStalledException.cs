using System;

namespace Engine.Runtime.Kernel.Simulated;

/// <summary>The engine waits for ever and nothing will ever happen: it has forgotten somebody.</summary>
public sealed class SimulationStalledException(long nowNanoseconds)
    : Exception($"nothing will ever happen after {nowNanoseconds} ns");
