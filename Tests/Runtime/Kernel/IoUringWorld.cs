using Engine.Data.Buffers;
using Engine.Runtime.Kernel;
using Engine.Runtime.Kernel.IoUring;
using Xunit;

namespace Tests.Runtime.Kernel;

internal sealed class IoUringWorld : MachineWorld
{
    private IoUringKernel kernel;

    public override uint BuffersHeld => kernel.BuffersHeld;

    public override IKernel Open(BufferSlab slab, KernelSizes sizes)
    {
        Skip.If(IoUringKernel.Probe() != 0, "io_uring is not allowed here");
        kernel = new IoUringKernel(slab, sizes);
        return kernel;
    }
}
