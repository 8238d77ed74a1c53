using System;
using System.Collections.Generic;
using System.Text;
using Benchmarks.Simulation;
using Engine.Systems.Http2.Hpack;

namespace Tests.Simulation.Http2;

/// <summary>
/// An encoder of HPACK that draws each of its choices: added to the table or not, by an earlier entry, coded by Huffman
/// or plain, and now and then a table of another size (RFC 7541 section 6).
/// </summary>
internal sealed class HpackChoices(Dice dice)
{
    private readonly List<string> entries = [];
    private int sizeMax = 4096;

    public byte[] Encode(List<string> fields)
    {
        List<byte> block = [];
        if (dice.Percent(10))
        {
            sizeMax = dice.Of(0, 100, 4096);
            Integer(block, 0x20, 5, sizeMax);
            Evict();
        }
        foreach (string field in fields)
        {
            int known = entries.IndexOf(field);
            if (known >= 0 && dice.Percent(80))
            {
                Integer(block, 0x80, 7, 62 + known);
                continue;
            }
            bool adds = dice.Percent(40);
            block.Add(adds ? (byte)0x40 : dice.Of((byte)0, (byte)0x10));
            int colon = field.IndexOf(": ", StringComparison.Ordinal);
            Text(block, field[..colon]);
            Text(block, field[(colon + 2)..]);
            if (!adds) continue;
            entries.Insert(0, field);
            Evict();
        }
        return [.. block];
    }

    private void Evict()
    {
        int size = 0;
        for (int i = 0; i < entries.Count; i++)
        {
            size += entries[i].Length - 2 + 32;
            if (size <= sizeMax) continue;
            entries.RemoveRange(i, entries.Count - i);
            return;
        }
    }

    private void Text(List<byte> block, string text)
    {
        byte[] bytes = Encoding.Latin1.GetBytes(text);
        if (dice.Percent(50))
        {
            Integer(block, 0, 7, bytes.Length);
            block.AddRange(bytes);
            return;
        }
        byte[] coded = new byte[Huffman.EncodedLength(bytes)];
        Huffman.Encode(bytes, coded);
        Integer(block, 0x80, 7, coded.Length);
        block.AddRange(coded);
    }

    private static void Integer(List<byte> block, byte pattern, int prefix, int value)
    {
        int mask = (1 << prefix) - 1;
        if (value < mask)
        {
            block.Add((byte)(pattern | value));
            return;
        }
        block.Add((byte)(pattern | mask));
        for (value -= mask; value >= 128; value >>= 7) block.Add((byte)(value | 128));
        block.Add((byte)value);
    }
}
