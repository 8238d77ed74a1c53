namespace Tests.Runtime.Kernel;

public sealed class SimulatedKernelTests() : KernelConformance(new SimulatedWorld());
