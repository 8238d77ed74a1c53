namespace Tests.Runtime.Kernel;

public sealed class EpollKernelSendTests() : KernelSendConformance(new EpollWorld());
