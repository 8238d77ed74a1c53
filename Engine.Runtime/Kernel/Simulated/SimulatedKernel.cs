using Engine.Data.Buffers;
using Engine.Data.Kernel;

namespace Engine.Runtime.Kernel.Simulated;

/// <summary>
/// The back end without a machine: see <see cref="SimulatedNetwork"/>. Copies are the same back end.
/// </summary>
public readonly struct SimulatedKernel : IKernel
{
    private readonly SimulatedEngine engine;

    public SimulatedKernel(SimulatedNetwork network, BufferSlab slab) =>
        engine = new SimulatedEngine(network, slab);

    /// <summary>Buffers of the slab in completions that were not fetched yet.</summary>
    public uint BuffersHeld => engine.BuffersHeld;

    /// <summary>A wait would end at once: completions are there, or it was woken.</summary>
    public bool IsReady => engine.IsReady;

    public long NowNanoseconds => engine.Network.NowNanoseconds;

    public long WallMicroseconds => engine.Network.WallMicroseconds;

    public long ProcessorNanoseconds => 0;

    public void Submit(OperationQueue operations, CompletionQueue completions) =>
        engine.Submit(operations, completions);

    /// <summary>
    /// Lets virtual time pass to the next event that concerns this back end, or to the end of the wait.
    /// </summary>
    /// <exception cref="SimulationStalledException">It is to wait for ever and nothing will
    /// happen.</exception>
    public void Wait(CompletionQueue completions, long timeoutNanoseconds) =>
        engine.Wait(completions, timeoutNanoseconds);

    public void Wake() => engine.Wake();

    public void Dispose() => engine.Dispose();
}
