using Engine.Data.Buffers;
using Engine.Data.Kernel;

namespace Engine.Runtime.Kernel.Epoll;

/// <summary>
/// The back end that works everywhere: calls are tried first and epoll tells when to try again.
/// </summary>
public readonly struct EpollKernel : IKernel
{
    private readonly EpollEngine engine;

    /// <exception cref="KernelException">The process has no descriptor left for it.</exception>
    public EpollKernel(BufferSlab slab, in KernelSizes sizes) => engine = new EpollEngine(slab, sizes);

    /// <summary>
    /// Buffers of the slab that the back end holds: 1 when one is at hand for the next receive.
    /// </summary>
    public uint BuffersHeld => engine.BuffersHeld;

    public long NowNanoseconds => Clock.MonotonicNanoseconds;

    public long ProcessorNanoseconds => Clock.ThreadNanoseconds;

    public long WallMicroseconds => Clock.WallMicroseconds;

    public void Submit(OperationQueue operations, CompletionQueue completions) =>
        engine.Submit(operations, completions);

    public void Wait(CompletionQueue completions, long timeoutNanoseconds) =>
        engine.Wait(completions, timeoutNanoseconds);

    public void Wake() => engine.Wake();

    public void Dispose() => engine.Dispose();
}
