using System;

namespace Engine.Runtime.Kernel.Simulated;

/// <summary>A descriptor that takes log lines: a datagram socket, or a pipe written to.</summary>
public sealed class SimulatedSink
{
    internal SimulatedSink(int fd) => Fd = fd;

    public int Fd { get; }

    /// <summary>
    /// Called with each datagram, or with what was written at once. Null: everything is thrown away.
    /// </summary>
    public Action<byte[]>? Taken { get; set; }

    /// <summary>Takes nothing, as a full pipe or a dead collector.</summary>
    public bool IsFull { get; set; }
}
