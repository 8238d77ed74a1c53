using System.Collections.Generic;
using Engine.Data.Kernel;

namespace Engine.Runtime.Kernel.Simulated;

/// <summary>A listening descriptor of the engine and the connections that wait on it.</summary>
internal sealed class SimulatedListener(SocketAddress address, int backlog)
{
    public SocketAddress Address { get; } = address;

    public int Backlog { get; } = backlog;

    public Queue<SimulatedEndpoint> Waiting { get; } = [];
}
