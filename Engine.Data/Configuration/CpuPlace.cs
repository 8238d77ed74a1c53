namespace Engine.Data.Configuration;

/// <summary>Where a CPU is in the machine, by the numbers that the kernel gives; 0 where it gives none.</summary>
/// <param name="Cpu">Number of the CPU: of the hardware thread.</param>
/// <param name="Node">NUMA node.</param>
/// <param name="Cluster">Cluster of cores; of the package where there are none.</param>
/// <param name="Core">Core.</param>
/// <param name="Package">Package (socket).</param>
/// <param name="Thread">Place among the hardware threads of the core, from 0.</param>
/// <param name="Cache">The lowest CPU of those that share the last cache.</param>
/// <param name="Capacity">How much it does compared to the others; the same for all of most machines.</param>
public readonly record struct CpuPlace(
    int Cpu, int Node, int Cluster, int Core, int Package, int Thread, int Cache, int Capacity);
