using System;
using Engine.Data.Kernel;

namespace Engine.Systems.Preambles;

/// <summary>What a preamble says, and how many bytes it takes.</summary>
public struct PreambleText
{
    /// <summary>Bytes of the whole preamble.</summary>
    public int Length;

    /// <summary>Addresses were given; otherwise those of the connection itself count.</summary>
    public bool HasAddresses;

    public SocketAddress Source;
    public SocketAddress Destination;

    /// <summary>Where the TLVs of a PROXY v2 header stand in the bytes.</summary>
    public Range Tlvs;
}
