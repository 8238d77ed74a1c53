using System;
using Engine.Data.Buffers;
using Engine.Data.Kernel;
using Engine.Runtime.Kernel;

namespace Tests.Runtime.Kernel;

/// <summary>
/// A back end with the network around it, real or simulated, as the conformance tests need it.
/// </summary>
public interface IKernelWorld : IDisposable
{
    /// <summary>Opens the back end; once for each world.</summary>
    IKernel Open(BufferSlab slab, KernelSizes sizes);

    /// <summary>Buffers of the slab that the back end holds.</summary>
    uint BuffersHeld { get; }

    /// <summary>A listening descriptor for the back end.</summary>
    int Listen(out SocketAddress address);

    /// <summary>A client that connects to a listener of the back end.</summary>
    IPeer ConnectClient(SocketAddress address);

    /// <summary>A server for the back end to connect to.</summary>
    IOrigin OpenOrigin();

    /// <summary>An address that refuses.</summary>
    SocketAddress RefusingAddress();

    /// <summary>An address that neither accepts nor refuses for as long as the test runs.</summary>
    SocketAddress SilentAddress();
}
