using Engine.Data.Buffers;
using Engine.Data.Kernel;

namespace Engine.Runtime.Kernel.IoUring;

/// <summary>
/// The back end for kernels that allow io_uring: one system call a tick. Copies are the same ring.
/// </summary>
public readonly struct IoUringKernel : IKernel
{
    private readonly IoUringEngine engine;

    /// <summary>Sets the ring up; the thread that first submits or waits owns it from then on.</summary>
    /// <exception cref="KernelException">io_uring is forbidden, or the kernel is older than 6.0.</exception>
    public IoUringKernel(BufferSlab slab, in KernelSizes sizes) => engine = new IoUringEngine(slab, sizes);

    /// <summary>The errno for which this machine does not give us a ring, 0 when it does.</summary>
    public static int Probe() => Ring.Probe();

    /// <summary>Buffers of the slab that stand ready for receives.</summary>
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
