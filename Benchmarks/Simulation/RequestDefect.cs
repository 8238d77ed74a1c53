namespace Benchmarks.Simulation;

/// <summary>What is wrong with a request: nothing but an error may answer it.</summary>
internal enum RequestDefect : byte
{
    None,

    /// <summary>No method.</summary>
    BadLine,

    /// <summary>A blank before the colon of a field.</summary>
    BadField,

    /// <summary>Two lengths that differ.</summary>
    TwoLengths,

    /// <summary>A head larger than the buffer.</summary>
    HugeHead,

    /// <summary>A coding before chunked that nobody knows.</summary>
    UnknownCoding,

    /// <summary>A chunk size that is none; the head was good and the origin may have answered.</summary>
    BadChunk,
}
