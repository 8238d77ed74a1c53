namespace Tests.Runtime.Kernel;

public sealed class EpollKernelMachineTests() : MachineKernelConformance(new EpollWorld());
