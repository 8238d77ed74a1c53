using System;
using Engine.Data.Buffers;
using Engine.Data.Kernel;
using Engine.Runtime.Kernel;
using Engine.Runtime.Kernel.Simulated;

namespace Tests.Runtime.Kernel;

/// <summary>The simulated back end in a network where nothing goes wrong.</summary>
internal sealed class SimulatedWorld : IKernelWorld
{
    private SimulatedKernel kernel;
    private ushort nextPort = 8000;

    public SimulatedWorld()
        : this(new SimulatedNetwork(1)) { }

    public SimulatedWorld(SimulatedNetwork network) => Network = network;

    public SimulatedNetwork Network { get; }

    public uint BuffersHeld => kernel.BuffersHeld;

    public IKernel Open(BufferSlab slab, KernelSizes sizes)
    {
        kernel = new SimulatedKernel(Network, slab);
        return kernel;
    }

    public int Listen(out SocketAddress address) => Network.Listen(address = NextAddress());

    public IPeer ConnectClient(SocketAddress address) => new Peer(Network.ConnectClient(address));

    public IOrigin OpenOrigin() => new Origin(Network.OpenOrigin(NextAddress()));

    public SocketAddress RefusingAddress() => NextAddress();

    public SocketAddress SilentAddress()
    {
        SimulatedOrigin origin = Network.OpenOrigin(NextAddress());
        origin.IsSilent = true;
        return origin.Address;
    }

    public void Dispose() { }

    private SocketAddress NextAddress() => SocketAddress.Inet([10, 0, 0, 1], nextPort++);

    private sealed class Peer(SimulatedPeer peer) : IPeer
    {
        public SocketAddress Address => peer.Address;

        public int Send(ReadOnlySpan<byte> bytes) => peer.Send(bytes);

        public int Read(Span<byte> target) => peer.Read(target);

        public void ShutdownSend() => peer.ShutdownSend();

        public void Reset() => peer.Reset();

        public void Close() => peer.Close();
    }

    private sealed class Origin(SimulatedOrigin origin) : IOrigin
    {
        public SocketAddress Address => origin.Address;

        public IPeer? Accept() => origin.Accept() is { } peer ? new Peer(peer) : null;
    }
}
