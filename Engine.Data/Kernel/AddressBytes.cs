using System.Runtime.CompilerServices;

namespace Engine.Data.Kernel;

/// <summary>16 bytes of an IP address, network order; IPv4 uses the first four.</summary>
[InlineArray(16)]
public struct AddressBytes
{
    private byte first;
}
