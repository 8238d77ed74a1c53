namespace Tests.Runtime.Kernel;

public sealed class IoUringKernelSendTests() : KernelSendConformance(new IoUringWorld());
