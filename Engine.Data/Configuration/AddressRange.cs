using System;
using Engine.Data.Kernel;

namespace Engine.Data.Configuration;

/// <summary>A network: address and prefix length in bits.</summary>
public readonly struct AddressRange(SocketAddress address, int prefixBits)
{
    public readonly SocketAddress Address = address;
    public readonly int PrefixBits = prefixBits;

    public bool Contains(in SocketAddress candidate)
    {
        if (candidate.Family != Address.Family) return false;
        ReadOnlySpan<byte> mine = Address.AddressBytes;
        ReadOnlySpan<byte> theirs = candidate.AddressBytes;
        int whole = PrefixBits >> 3;
        if (!mine[..whole].SequenceEqual(theirs[..whole])) return false;
        int rest = PrefixBits & 7;
        if (rest == 0) return true;
        int mask = 0xFF00 >> rest;
        return ((mine[whole] ^ theirs[whole]) & mask & 0xFF) == 0;
    }
}
