using System;

namespace Benchmarks.Simulation;

/// <summary>The oracle found something that must not be.</summary>
internal sealed class SimulationFailure(string message) : Exception(message);
