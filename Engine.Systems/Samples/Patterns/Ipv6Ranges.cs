using System;
using System.Buffers.Binary;
using Engine.Data.Kernel;
using Engine.Data.Tables;

namespace Engine.Systems.Samples.Patterns;

/// <summary>
/// The IPv6 networks of patterns, as ranges in order that do not touch. Apart from the IPv4 ones because code that
/// has 128-bit numbers is never compiled ahead of time, and most configurations name no IPv6 network.
/// </summary>
internal sealed class Ipv6Ranges
{
    private readonly UInt128[] lows;
    private readonly UInt128[] highs;

    public Ipv6Ranges(ValueList<AddressPattern> patterns)
    {
        int count = 0;
        lows = new UInt128[patterns.Count];
        highs = new UInt128[patterns.Count];
        foreach (AddressPattern pattern in patterns)
        {
            if (pattern.IsIpv4) continue;
            AddressBytes bytes = pattern.Address6;
            UInt128 mask = pattern.Bits6 == 0 ? UInt128.Zero : UInt128.MaxValue << (128 - pattern.Bits6);
            lows[count] = BinaryPrimitives.ReadUInt128BigEndian(bytes) & mask;
            highs[count] = lows[count] | ~mask;
            count++;
        }
        Array.Sort(lows, highs, 0, count);
        int kept = 0;
        for (int i = 0; i < count; i++)
        {
            if (kept > 0 && lows[i] <= highs[kept - 1])
            {
                highs[kept - 1] = UInt128.Max(highs[kept - 1], highs[i]);
                continue;
            }
            (lows[kept], highs[kept]) = (lows[i], highs[i]);
            kept++;
        }
        Array.Resize(ref lows, kept);
        Array.Resize(ref highs, kept);
    }

    public bool Contains(ReadOnlySpan<byte> address) => Contains(BinaryPrimitives.ReadUInt128BigEndian(address));

    /// <summary>An IPv4 address in its mapped form (RFC 4291 section 2.5.5.2).</summary>
    public bool ContainsMapped(uint address) => Contains(new UInt128(0, 0xFFFF_0000_0000ul | address));

    private bool Contains(UInt128 address)
    {
        int low = 0;
        int high = lows.Length;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if (lows[middle] <= address) low = middle + 1;
            else high = middle;
        }
        return low > 0 && address <= highs[low - 1];
    }
}
