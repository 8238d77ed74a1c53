using System;
using System.Buffers.Binary;
using System.Numerics;
using System.Text;
using Engine.Data.Kernel;
using Engine.Data.Patterns;
using Engine.Data.Samples;
using Engine.Data.Tables;
using Engine.Systems.Samples.Patterns;

namespace Engine.Systems.Samples.Lists;

/// <summary>
/// <c>ip</c>: the key is an address or a network that holds the value; of several the smallest network counts. One table
/// a family; the masked address is looked up once for each length of a prefix that networks have, longest first.
/// </summary>
internal sealed class AddressIndex : PatternIndex
{
    private readonly Family four = new(4);
    private readonly Family six = new(16);

    /// <summary>Masks with holes, in order of the list.</summary>
    private readonly EntryRow<AddressPattern> holed = new();

    public override PatternEntry? Find(ref Evaluation scope, in Sample sample)
    {
        Sample other = sample;
        if (sample.Type == SampleType.Ipv4)
        {
            PatternEntry? found = FindFour(in sample);
            if (found is not null || six.IsEmpty || !CastSample.Run(ref scope, ref other, SampleType.Ipv6)) return found;
            return six.Find(other.Address);
        }
        PatternEntry? network = six.Find(sample.Address);
        return network is not null || !CastSample.TryNarrow(ref other) ? network : FindFour(in other);
    }

    public override bool TryPrepare(PatternEntry entry, out object? prepared, out string error)
    {
        string text = Encoding.Latin1.GetString(entry.Key);
        ValueList<AddressPattern> networks = new();
        prepared = networks;
        error = "";
        if (AddressPattern.TryParse(new PatternText(text, NoResolution: !entry.IsConfigured), networks)) return true;
        error = $"'{text}' is not a valid IPv4 or IPv6 address";
        return false;
    }

    public override void Add(PatternEntry entry, object? prepared)
    {
        foreach (AddressPattern network in (ValueList<AddressPattern>)prepared!)
        {
            if (network.IsIpv4 && !network.IsContiguous) holed.Add(entry, network);
            else TableOf(network, out AddressBytes address, out int bits).Add(address, bits, entry);
        }
    }

    /// <summary>The addresses that a name had when it was added may not be those it has now: it is gone in any case.</summary>
    public override void Remove(PatternEntry entry)
    {
        if (!TryPrepare(entry, out object? prepared, out _)) return;
        foreach (AddressPattern network in (ValueList<AddressPattern>)prepared!)
        {
            if (network.IsIpv4 && !network.IsContiguous) holed.Removed();
            else TableOf(network, out AddressBytes address, out int bits).Remove(address, bits, entry);
        }
    }

    private Family TableOf(AddressPattern network, out AddressBytes address, out int bits)
    {
        address = network.Address6;
        bits = network.Bits6;
        if (!network.IsIpv4) return six;
        BinaryPrimitives.WriteUInt32BigEndian(address, network.Low4);
        bits = BitOperations.PopCount(network.Mask4);
        return four;
    }

    private PatternEntry? FindFour(in Sample sample)
    {
        if (four.Find(sample.Address) is { } found) return found;
        ReadOnlySpan<(PatternEntry, AddressPattern)> others = holed.Items;
        if (others.IsEmpty) return null;
        uint address = BinaryPrimitives.ReadUInt32BigEndian(sample.Address);
        foreach ((PatternEntry entry, AddressPattern network) in others)
            if (!entry.Gone && (address & network.Mask4) == network.Low4) return entry;
        return null;
    }

    /// <summary>The networks of one family by length of prefix.</summary>
    private sealed class Family(int bytes)
    {
        private readonly EntryTable table = new(ignoreCase: false);
        private readonly KeyLengths lengths = new();

        public bool IsEmpty => lengths.Ascending.Length == 0;

        public void Add(AddressBytes address, int bits, PatternEntry entry)
        {
            byte[] key = new byte[bytes + 1];
            Mask(address, bits, key);
            table.Add(key, entry);
            lengths.Add(bits);
        }

        public void Remove(AddressBytes address, int bits, PatternEntry entry)
        {
            byte[] key = new byte[bytes + 1];
            Mask(address, bits, key);
            if (table.Remove(key, entry)) lengths.Remove(bits);
        }

        public PatternEntry? Find(ReadOnlySpan<byte> address)
        {
            Span<byte> key = stackalloc byte[17];
            int[] ascending = lengths.Ascending;
            for (int i = ascending.Length - 1; i >= 0; i--)
            {
                Mask(address, ascending[i], key);
                if (table.Find(key[..(bytes + 1)]) is { } found) return found;
            }
            return null;
        }

        /// <summary>The address without what lies beyond the prefix, and the prefix's length.</summary>
        private void Mask(ReadOnlySpan<byte> address, int bits, Span<byte> key)
        {
            for (int i = 0; i < bytes; i++)
            {
                int kept = Math.Clamp(bits - (i * 8), 0, 8);
                key[i] = (byte)(address[i] & (0xFF00 >> kept));
            }
            key[bytes] = (byte)bits;
        }
    }
}
