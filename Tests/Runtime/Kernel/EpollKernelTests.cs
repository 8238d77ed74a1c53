namespace Tests.Runtime.Kernel;

public sealed class EpollKernelTests() : KernelConformance(new EpollWorld());
