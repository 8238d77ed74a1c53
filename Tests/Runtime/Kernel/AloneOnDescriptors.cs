using Xunit;

namespace Tests.Runtime.Kernel;

/// <summary>Tests that lower the process's descriptor limit: none of the others may run meanwhile.</summary>
[CollectionDefinition(nameof(AloneOnDescriptors), DisableParallelization = true)]
public sealed class AloneOnDescriptors;
