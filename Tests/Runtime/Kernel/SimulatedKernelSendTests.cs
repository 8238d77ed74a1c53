namespace Tests.Runtime.Kernel;

public sealed class SimulatedKernelSendTests() : KernelSendConformance(new SimulatedWorld());
