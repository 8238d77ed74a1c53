namespace Tests.Runtime.Kernel;

public sealed class IoUringKernelTests() : KernelConformance(new IoUringWorld());
