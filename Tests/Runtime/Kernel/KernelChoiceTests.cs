using Engine.Runtime.Kernel;
using Engine.Runtime.Kernel.IoUring;
using Xunit;

namespace Tests.Runtime.Kernel;

public sealed class KernelChoiceTests
{
    [Fact]
    public void EpollCanAlwaysBeForced() =>
        Assert.Equal(new KernelChoice(KernelKind.Epoll, 0), KernelChoice.Make(KernelKind.Epoll));

    [Fact]
    public void AutomaticFollowsTheProbe()
    {
        KernelChoice choice = KernelChoice.Make(KernelKind.Automatic);
        int errno = IoUringKernel.Probe();
        Assert.Equal(errno == 0 ? KernelKind.IoUring : KernelKind.Epoll, choice.Kind);
        Assert.Equal(errno, choice.IoUringErrno);
        Assert.False(choice.IsRefused);
    }

    [Fact]
    public void AForcedRingThatIsNotThereIsRefused()
    {
        KernelChoice choice = KernelChoice.Make(KernelKind.IoUring);
        Assert.Equal(KernelKind.IoUring, choice.Kind);
        Assert.Equal(choice.IoUringErrno != 0, choice.IsRefused);
    }
}
