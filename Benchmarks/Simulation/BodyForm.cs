namespace Benchmarks.Simulation;

/// <summary>How a body says where it ends.</summary>
internal enum BodyForm : byte
{
    None,
    Length,
    Chunked,
    UntilClose,
}
