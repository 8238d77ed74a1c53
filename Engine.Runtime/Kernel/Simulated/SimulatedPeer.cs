using System;
using Engine.Data.Kernel;

namespace Engine.Runtime.Kernel.Simulated;

/// <summary>
/// The end of a connection that a script holds: a client's, or the one an origin was given. Every call
/// answers at once; <see cref="Changed"/> tells when to try again.
/// </summary>
public sealed class SimulatedPeer
{
    private readonly SimulatedEndpoint endpoint;

    internal SimulatedPeer(SimulatedEndpoint endpoint)
    {
        this.endpoint = endpoint;
        endpoint.Changed = () => Changed?.Invoke(this);
    }

    /// <summary>
    /// Called by the simulator, between the engine's ticks, when bytes, room, the end or an error came.
    /// </summary>
    public Action<SimulatedPeer>? Changed { get; set; }

    /// <summary>The address of this end.</summary>
    public SocketAddress Address => endpoint.Address;

    /// <summary>Sends what there is room for: the count, -EAGAIN, -EPIPE or -ECONNRESET.</summary>
    public int Send(ReadOnlySpan<byte> bytes) => bytes.IsEmpty ? 0 : endpoint.Write(bytes);

    /// <summary>
    /// Reads what is there: the count, 0 at the end, -EAGAIN, -ECONNRESET or -ECONNREFUSED.
    /// </summary>
    public int Read(Span<byte> target) => endpoint.Read(target);

    /// <summary>Ends the sending half.</summary>
    public void ShutdownSend() => endpoint.ShutdownSend();

    /// <summary>Goes away with a reset.</summary>
    public void Reset() => endpoint.Reset();

    /// <summary>Goes away with an end, or with a reset when there is something unread.</summary>
    public void Close() => endpoint.Close();
}
