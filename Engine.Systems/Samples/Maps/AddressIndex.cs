using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using Engine.Data.Kernel;
using Engine.Data.Messages;
using Engine.Data.Samples;
using Engine.Data.Tables;
using Engine.Systems.Samples.Patterns;

namespace Engine.Systems.Samples.Maps;

/// <summary>
/// The key is an address or a network that holds the value; of several the smallest network counts. One table a family;
/// the masked address is looked up once for each length of a prefix that networks have, longest first.
/// </summary>
internal sealed unsafe class AddressIndex : MapIndex
{
    private readonly Family four;
    private readonly Family six;

    /// <summary>Masks with holes, in order of the file.</summary>
    private readonly (AddressPattern Network, int Number)[] holed;

    public AddressIndex(ValueList<AddressPattern> networks, int[] numbers)
    {
        List<(AddressPattern, int)> others = [];
        four = new Family(networks.Count, 4);
        six = new Family(networks.Count, 16);
        for (int i = 0; i < networks.Count; i++)
        {
            AddressPattern network = networks[i];
            if (!network.IsIpv4)
            {
                six.Add(network.Address6, network.Bits6, numbers[i]);
                continue;
            }
            if (!network.IsContiguous)
            {
                others.Add((network, numbers[i]));
                continue;
            }
            AddressBytes bytes = default;
            BinaryPrimitives.WriteUInt32BigEndian(bytes, network.Low4);
            four.Add(bytes, System.Numerics.BitOperations.PopCount(network.Mask4), numbers[i]);
        }
        holed = [.. others];
    }

    public override int Find(ref Evaluation scope, in Sample sample)
    {
        Sample other = sample;
        if (sample.Type == SampleType.Ipv4)
        {
            int found = FindFour(in sample);
            if (found >= 0 || six.IsEmpty || !CastSample.Run(ref scope, ref other, SampleType.Ipv6)) return found;
            return six.Find(other.Address);
        }
        int number = six.Find(sample.Address);
        return number >= 0 || !CastSample.TryNarrow(ref other) ? number : FindFour(in other);
    }

    private int FindFour(in Sample sample)
    {
        int found = four.Find(sample.Address);
        if (found >= 0 || holed.Length == 0) return found;
        uint address = BinaryPrimitives.ReadUInt32BigEndian(sample.Address);
        foreach ((AddressPattern network, int number) in holed)
        {
            if ((address & network.Mask4) == network.Low4) return number;
        }
        return -1;
    }

    /// <summary>The networks of one family by length of prefix.</summary>
    private sealed class Family(int capacity, int bytes)
    {
        private readonly MapTable table = new(capacity);
        private int[] lengths = [];

        public bool IsEmpty => lengths.Length == 0;

        public void Add(AddressBytes address, int bits, int number)
        {
            Span<byte> key = stackalloc byte[17];
            Mask(address, bits, key);
            table.Add(ByteView.Literal(key[..(bytes + 1)]), number);
            if (Array.IndexOf(lengths, bits) >= 0) return;
            int[] longer = [.. lengths, bits];
            Array.Sort(longer, static (left, right) => right - left);
            lengths = longer;
        }

        public int Find(ReadOnlySpan<byte> address)
        {
            Span<byte> key = stackalloc byte[17];
            foreach (int bits in lengths)
            {
                Mask(address, bits, key);
                int found = table.Find(key[..(bytes + 1)]);
                if (found >= 0) return found;
            }
            return -1;
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
