using System;
using Engine.Data.Kernel;

namespace Engine.Runtime.Kernel.Simulated;

/// <summary>One end of a connection, ours or a peer's, with the manners of a TCP socket.</summary>
internal sealed class SimulatedEndpoint
{
    private readonly SimulatedNetwork network;
    private readonly SimulatedPipe incoming;
    private readonly SimulatedPipe outgoing;
    private SimulatedEndpoint? other;
    private int error;
    private bool dead;
    private bool sendShut;
    private bool closed;

    private SimulatedEndpoint(SimulatedNetwork network, SimulatedPipe incoming, SimulatedPipe outgoing)
    {
        this.network = network;
        this.incoming = incoming;
        this.outgoing = outgoing;
        incoming.Arrived = TakeArrival;
        outgoing.Drained = () => Changed?.Invoke();
    }

    /// <summary>The address of this end.</summary>
    public SocketAddress Address { get; set; }

    /// <summary>Called when a read or a write may go differently from now on.</summary>
    public Action? Changed { get; set; }

    public int Unread => incoming.Unread;

    public SocketAddress OtherAddress => other!.Address;

    public static (SimulatedEndpoint First, SimulatedEndpoint Second) CreatePair(SimulatedNetwork network)
    {
        SimulatedPipe there = new(network);
        SimulatedPipe back = new(network);
        SimulatedEndpoint first = new(network, back, there);
        SimulatedEndpoint second = new(network, there, back);
        first.other = second;
        second.other = first;
        return (first, second);
    }

    /// <summary>
    /// The count, 0 at the end, -EAGAIN, or an error; as on Linux, unread bytes outlive a reset.
    /// </summary>
    public int Read(Span<byte> target)
    {
        if (incoming.Unread > 0) return incoming.Read(target);
        if (error != 0) return TakeError();
        return incoming.Ended || dead ? 0 : -Errno.Again;
    }

    public int Write(ReadOnlySpan<byte> bytes)
    {
        if (error != 0) return TakeError();
        if (dead || sendShut) return -Errno.BrokenPipe;
        int count = Math.Min(bytes.Length, outgoing.Room);
        if (count == 0) return -Errno.Again;
        outgoing.Write(bytes[..count]);
        return count;
    }

    public void ShutdownSend()
    {
        if (sendShut || dead) return;
        sendShut = true;
        outgoing.Finish();
    }

    /// <summary>
    /// Closes; what was not read turns the end into a reset (RFC 9293 section 3.6.1, RFC 2525 2.17).
    /// </summary>
    public void Close()
    {
        if (closed) return;
        if (incoming.Unread > 0)
        {
            Reset();
            return;
        }
        ShutdownSend();
        closed = true;
    }

    /// <summary>Closes without an end: the other side finds the connection reset.</summary>
    public void Reset()
    {
        if (closed) return;
        closed = true;
        ResetOther();
    }

    /// <summary>The connection breaks, with this error here.</summary>
    public void Break(int errno)
    {
        if (dead || closed) return;
        outgoing.Abort();
        incoming.Abort();
        dead = true;
        error = errno;
        Changed?.Invoke();
    }

    /// <summary>
    /// The connection breaks on both sides while this one is being used: the caller finds the error itself.
    /// </summary>
    public void BreakInUse()
    {
        if (dead || closed) return;
        ResetOther();
        error = Errno.ConnectionReset;
        network.After(network.Delay(), () => Changed?.Invoke());
    }

    private int TakeError()
    {
        int result = -error;
        error = 0;
        return result;
    }

    private void TakeArrival()
    {
        // Nobody will read what has arrived: the sender is told so.
        if (closed && incoming.Unread > 0) ResetOther();
        else Changed?.Invoke();
    }

    private void ResetOther()
    {
        outgoing.Abort();
        incoming.Abort();
        dead = true;
        network.After(network.Delay(), () => other!.Break(Errno.ConnectionReset));
    }
}
