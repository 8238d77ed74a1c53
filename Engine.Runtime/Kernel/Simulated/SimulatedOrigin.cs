using System;
using System.Collections.Generic;
using Engine.Data.Kernel;

namespace Engine.Runtime.Kernel.Simulated;

/// <summary>An address that the engine can connect to, and the script that serves it.</summary>
public sealed class SimulatedOrigin
{
    private readonly Queue<SimulatedPeer> waiting = [];

    internal SimulatedOrigin(SocketAddress address) => Address = address;

    public SocketAddress Address { get; }

    /// <summary>Called with each connection; without it they wait for <see cref="Accept"/>.</summary>
    public Action<SimulatedPeer>? Connected { get; set; }

    /// <summary>Connects are refused.</summary>
    public bool Refuses { get; set; }

    /// <summary>Connects are neither accepted nor refused.</summary>
    public bool IsSilent { get; set; }

    /// <summary>The next connection that nobody was told of, or null.</summary>
    public SimulatedPeer? Accept() => waiting.TryDequeue(out SimulatedPeer? peer) ? peer : null;

    internal void Take(SimulatedPeer peer)
    {
        if (Connected is null) waiting.Enqueue(peer);
        else Connected(peer);
    }
}
