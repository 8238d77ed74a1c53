namespace Engine.Runtime.Process;

/// <summary>What takes descriptors beside connections.</summary>
/// <param name="Listeners">Listening addresses, those of the Runtime API included.</param>
/// <param name="Threads">Worker threads.</param>
/// <param name="AdminConnections"><c>stats maxconn</c>, 0 without a <c>stats socket</c>.</param>
/// <param name="Checks">Health checks, one connection each.</param>
/// <param name="LogTargets">Distinct log targets.</param>
/// <param name="Pipes"><c>maxpipes</c> where it is given.</param>
/// <param name="Open">Descriptors open already (<see cref="DescriptorLimit.CountOpen"/>).</param>
public readonly record struct DescriptorNeeds(
    int Listeners,
    int Threads,
    int AdminConnections,
    int Checks,
    int LogTargets,
    int Pipes,
    int Open)
{
    /// <summary>An event source and its wake-up, a spare for each thread, as the reference counts.</summary>
    public const int PerThread = 3;

    /// <summary>For what opens a descriptor now and then.</summary>
    public const int Spare = 10;

    /// <summary>
    /// All but connections. Each thread has its own socket for each address and each log target.
    /// </summary>
    public long Total =>
        Spare + Open + AdminConnections + Checks + (Pipes * 2L) + ((Listeners + LogTargets + PerThread) * (long)Threads);
}
