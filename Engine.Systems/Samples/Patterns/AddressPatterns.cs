using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using Engine.Data.Kernel;
using Engine.Data.Registries;
using Engine.Data.Samples;
using Engine.Data.Tables;

namespace Engine.Systems.Samples.Patterns;

/// <summary>
/// <c>-m ip</c>: the address is one of the addresses or within one of the networks (manual section 7.1.6). Networks are
/// kept as ranges in order that do not touch. An IPv4 address is also looked up in its mapped form among IPv6 networks,
/// an IPv6 address that carries an IPv4 one also among IPv4 networks.
/// </summary>
internal sealed unsafe class AddressPatterns : PatternSet
{
    private readonly uint[] lows;
    private readonly uint[] highs;

    /// <summary>IPv4 masks with holes: no ranges, compared one by one.</summary>
    private readonly AddressPattern[] holed;

    /// <summary>Null when no pattern is an IPv6 network.</summary>
    private readonly Ipv6Ranges? six;

    private AddressPatterns(ValueList<AddressPattern> patterns)
    {
        ValueList<AddressPattern> whole = new();
        ValueList<AddressPattern> others = new();
        foreach (AddressPattern pattern in patterns)
        {
            if (pattern.IsIpv4) (pattern.IsContiguous ? whole : others).Add(pattern);
        }
        if (whole.Count + others.Count < patterns.Count) six = new Ipv6Ranges(patterns);
        holed = others.ToArray();
        AddressPattern[] sorted = whole.ToSortedArray(static (left, right) => left.Low4.CompareTo(right.Low4));
        int kept = 0;
        foreach (AddressPattern pattern in sorted)
        {
            if (kept > 0 && pattern.Low4 <= sorted[kept - 1].High4)
            {
                // Networks nest or are apart: the greater came first, or both begin together.
                if (pattern.High4 > sorted[kept - 1].High4) sorted[kept - 1] = pattern;
                continue;
            }
            sorted[kept++] = pattern;
        }
        lows = new uint[kept];
        highs = new uint[kept];
        for (int i = 0; i < kept; i++) (lows[i], highs[i]) = (sorted[i].Low4, sorted[i].High4);
    }

    [ModuleInitializer]
    internal static void Register() => Words.Matches.Add(new("ip", SampleType.Address, "address or network", &Compile));

    public override bool Matches(ref Evaluation scope, in Sample sample)
    {
        if (sample.Type == SampleType.Ipv4)
        {
            uint address = BinaryPrimitives.ReadUInt32BigEndian(sample.Address);
            return Contains(address) || (six is not null && six.ContainsMapped(address));
        }
        if (six is not null && six.Contains(sample.Address)) return true;
        if ((lows.Length | holed.Length) == 0) return false;
        Sample narrow = sample;
        return CastSample.TryNarrow(ref narrow) && Contains(BinaryPrimitives.ReadUInt32BigEndian(narrow.Address));
    }

    private bool Contains(uint address)
    {
        int low = 0;
        int high = lows.Length;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if (lows[middle] <= address) low = middle + 1;
            else high = middle;
        }
        if (low > 0 && address <= highs[low - 1]) return true;
        foreach (ref readonly AddressPattern pattern in holed.AsSpan())
        {
            if ((address & pattern.Mask4) == pattern.Low4) return true;
        }
        return false;
    }

    private static PatternSet? Compile(ValueList<PatternText> patterns, out string error)
    {
        error = "";
        ValueList<AddressPattern> parsed = new();
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
