using System;

namespace Engine.Runtime.Configuration;

/// <summary>What an address may look like where it stands.</summary>
[Flags]
internal enum AddressRules : ushort
{
    None = 0,

    /// <summary>A port must be given.</summary>
    PortRequired = 1,

    /// <summary><c>:80-90</c>.</summary>
    PortRange = 2,

    /// <summary><c>:+10</c> and <c>:-10</c>: relative to the port the client came to.</summary>
    PortOffset = 4,

    /// <summary>Names are looked up now.</summary>
    Resolves = 8,

    /// <summary>A name may stay unresolved until <see cref="ServerAddresses.Resolve"/>.</summary>
    ResolvesLater = 16,

    /// <summary><c>fd@3</c>.</summary>
    Descriptor = 32,

    /// <summary>The socket behind <c>fd@</c> must be one, listening or bound.</summary>
    DescriptorIsSocket = 64,

    Unix = 128,

    /// <summary>Datagrams (logs) rather than streams.</summary>
    Datagram = 256,

    /// <summary>A port may be given.</summary>
    Port = 512,

    /// <summary>The socket is bound under a temporary name first, which takes room in the path.</summary>
    BindsPath = 2048,

    /// <summary>What only connections have: <c>mptcp@</c>, <c>abnsz@</c>.</summary>
    Connections = 4096,

    /// <summary>A port of 0 is no address to listen on.</summary>
    NoPortZero = 1024,
}
