namespace Benchmarks.Simulation;

/// <summary>How a client's script ends.</summary>
internal enum ClientEnd : byte
{
    /// <summary>Closes when everything is answered.</summary>
    Closes,

    /// <summary>Waits for the proxy to close.</summary>
    Waits,

    /// <summary>Ends its half when everything is sent, and reads on.</summary>
    HalfCloses,

    /// <summary>Resets when so many bytes went both ways.</summary>
    Resets,

    /// <summary>Closes when so many bytes went both ways.</summary>
    Leaves,

    /// <summary>Neither reads nor writes nor closes when so many bytes went both ways.</summary>
    Vanishes,
}
