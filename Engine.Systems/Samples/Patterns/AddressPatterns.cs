using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using Engine.Data.Kernel;
using Engine.Data.Registries;
using Engine.Data.Samples;

namespace Engine.Systems.Samples.Patterns;

/// <summary>
/// <c>-m ip</c>: the address is one of the addresses or within one of the networks (manual section 7.1.6). Networks are
/// kept as ranges in order that do not touch. An IPv4 address is also looked up in its mapped form among IPv6 networks,
/// an IPv6 address that carries an IPv4 one also among IPv4 networks.
/// </summary>
internal sealed unsafe class AddressPatterns : PatternSet
{
    private readonly uint[] lows4;
    private readonly uint[] highs4;
    private readonly UInt128[] lows6;
    private readonly UInt128[] highs6;

    /// <summary>IPv4 masks with holes: no ranges, compared one by one.</summary>
    private readonly (uint Network, uint Mask)[] holed;

    private AddressPatterns(List<AddressPattern> patterns)
    {
        List<(UInt128 Low, UInt128 High)> four = [];
        List<(UInt128 Low, UInt128 High)> six = [];
        List<(uint, uint)> others = [];
        foreach (AddressPattern pattern in patterns)
        {
            if (!pattern.IsIpv4) six.Add((pattern.Low, pattern.High));
            else if (pattern.IsContiguous) four.Add((pattern.Low, pattern.High));
            else others.Add(((uint)pattern.Low, pattern.Mask4));
        }
        Merge(four);
        Merge(six);
        lows4 = new uint[four.Count];
        highs4 = new uint[four.Count];
        for (int i = 0; i < four.Count; i++) (lows4[i], highs4[i]) = ((uint)four[i].Low, (uint)four[i].High);
        lows6 = new UInt128[six.Count];
        highs6 = new UInt128[six.Count];
        for (int i = 0; i < six.Count; i++) (lows6[i], highs6[i]) = six[i];
        holed = [.. others];
    }

    [ModuleInitializer]
    internal static void Register() => Words.Matches.Add(new("ip", SampleType.Address, "address or network", &Compile));

    public override bool Matches(ref Evaluation scope, in Sample sample)
    {
        if (sample.Type == SampleType.Ipv4)
        {
            uint address = BinaryPrimitives.ReadUInt32BigEndian(sample.Address);
            return Contains4(address) || (lows6.Length > 0 && Contains6(new UInt128(0, 0xFFFF_0000_0000ul | address)));
        }
        if (lows6.Length > 0 && Contains6(BinaryPrimitives.ReadUInt128BigEndian(sample.Address))) return true;
        if ((lows4.Length | holed.Length) == 0) return false;
        Sample narrow = sample;
        return CastSample.TryNarrow(ref narrow) && Contains4(BinaryPrimitives.ReadUInt32BigEndian(narrow.Address));
    }

    private bool Contains4(uint address)
    {
        int low = 0;
        int high = lows4.Length;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if (lows4[middle] <= address) low = middle + 1;
            else high = middle;
        }
        if (low > 0 && address <= highs4[low - 1]) return true;
        foreach ((uint network, uint mask) in holed)
        {
            if ((address & mask) == network) return true;
        }
        return false;
    }

    private bool Contains6(UInt128 address)
    {
        int low = 0;
        int high = lows6.Length;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if (lows6[middle] <= address) low = middle + 1;
            else high = middle;
        }
        return low > 0 && address <= highs6[low - 1];
    }

    private static void Merge(List<(UInt128 Low, UInt128 High)> ranges)
    {
        ranges.Sort();
        int kept = 0;
        foreach ((UInt128 low, UInt128 high) in ranges.ToArray())
        {
            if (kept > 0 && low <= ranges[kept - 1].High)
                ranges[kept - 1] = (ranges[kept - 1].Low, UInt128.Max(ranges[kept - 1].High, high));
            else
                ranges[kept++] = (low, high);
        }
        ranges.RemoveRange(kept, ranges.Count - kept);
    }

    private static PatternSet? Compile(IReadOnlyList<PatternText> patterns, out string error)
    {
        error = "";
        List<AddressPattern> parsed = [];
        foreach (PatternText pattern in patterns)
        {
            if (!AddressPattern.TryParse(pattern, parsed))
            {
                error = $"'{pattern.Text}' is not a valid IPv4 or IPv6 address";
                return null;
            }
        }
        return new AddressPatterns(parsed);
    }
}
