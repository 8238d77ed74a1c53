using System.Collections.Generic;
using System.Globalization;
using System.Runtime.CompilerServices;
using Engine.Runtime.Kernel.Simulated;

namespace Benchmarks.Simulation;

/// <summary>
/// The last events of a run, as text. Switched off it costs nothing: a run that failed is run again with it, as the seed
/// makes it the same.
/// </summary>
internal sealed class Trace(SimulatedNetwork network, int capacity)
{
    private readonly Queue<string> lines = new();

    /// <summary>Lines that are kept; 0 keeps none.</summary>
    public int Capacity { get; } = capacity;

    public IReadOnlyCollection<string> Lines => lines;

    public void Add([InterpolatedStringHandlerArgument("")] ref TraceText text)
    {
        if (Capacity == 0) return;
        if (lines.Count == Capacity) lines.Dequeue();
        string at = (network.NowNanoseconds / 1e6).ToString("F4", CultureInfo.InvariantCulture);
        lines.Enqueue($"{at,12} {text.ToText()}");
    }
}
