using Engine.Data.Buffers;
using Engine.Runtime.Kernel;
using Engine.Runtime.Kernel.Epoll;

namespace Tests.Runtime.Kernel;

internal sealed class EpollWorld : MachineWorld
{
    private EpollKernel kernel;

    public override uint BuffersHeld => kernel.BuffersHeld;

    public override IKernel Open(BufferSlab slab, KernelSizes sizes)
    {
        kernel = new EpollKernel(slab, sizes);
        return kernel;
    }
}
