namespace Tests.Runtime.Kernel;

public sealed class IoUringKernelMachineTests() : MachineKernelConformance(new IoUringWorld());
