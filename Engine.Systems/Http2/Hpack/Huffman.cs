using System;
using System.Runtime.CompilerServices;
using Engine.Data.Tables;

namespace Engine.Systems.Http2.Hpack;

/// <summary>
/// The Huffman code of HPACK (RFC 7541 section 5.2 and appendix B). It is canonical: shorter codes come first, and
/// among those of a length smaller symbols, so that the lengths alone are all of it.
/// </summary>
public static unsafe class Huffman
{
    private const int EndOfString = 256;
    private const int BitsMax = 30;

    // Codes up to this length are found by one look: all of letters, digits and the usual marks.
    private const int LookBits = 10;

    private static ReadOnlySpan<byte> Lengths =>
    [
        13, 23, 28, 28, 28, 28, 28, 28, 28, 24, 30, 28, 28, 30, 28, 28,
        28, 28, 28, 28, 28, 28, 30, 28, 28, 28, 28, 28, 28, 28, 28, 28,
        6, 10, 10, 12, 13, 6, 8, 11, 10, 10, 8, 11, 8, 6, 6, 6,
        5, 5, 5, 6, 6, 6, 6, 6, 6, 6, 7, 8, 15, 6, 12, 10,
        13, 6, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7,
        7, 7, 7, 7, 7, 7, 7, 7, 8, 7, 8, 13, 19, 13, 14, 6,
        15, 5, 6, 5, 6, 5, 6, 6, 6, 5, 7, 7, 6, 6, 6, 5,
        6, 7, 6, 5, 5, 6, 7, 7, 7, 7, 7, 15, 11, 14, 13, 28,
        20, 22, 20, 20, 22, 22, 22, 23, 22, 23, 23, 23, 23, 23, 24, 23,
        24, 24, 22, 23, 24, 23, 23, 23, 23, 21, 22, 23, 22, 23, 23, 24,
        22, 21, 20, 22, 22, 23, 23, 21, 23, 22, 22, 24, 21, 22, 23, 23,
        21, 21, 22, 21, 23, 22, 23, 23, 20, 22, 22, 22, 23, 22, 22, 23,
        26, 26, 20, 19, 22, 23, 22, 25, 26, 26, 26, 27, 27, 26, 24, 25,
        19, 21, 26, 27, 27, 26, 27, 24, 21, 21, 26, 26, 28, 27, 27, 27,
        20, 24, 20, 21, 22, 21, 21, 23, 22, 22, 25, 25, 24, 24, 26, 23,
        26, 27, 26, 26, 27, 27, 27, 27, 27, 28, 27, 27, 27, 27, 27, 26,
        30,
    ];

    private static readonly Tables* Built = Build();

    private struct Tables
    {
        /// <summary>By the next bits: symbol shifted left by 4, and its length; 0 for longer codes.</summary>
        public fixed ushort Look[1 << LookBits];

        /// <summary>By length: the first code, how many there are, and where their symbols begin.</summary>
        public fixed uint First[BitsMax + 1];
        public fixed ushort Count[BitsMax + 1];
        public fixed ushort Offset[BitsMax + 1];
        public fixed ushort Symbols[EndOfString + 1];
        public fixed uint Codes[EndOfString + 1];
    }

    /// <summary>Bytes that so many coded bytes may come to at most: the shortest code has five bits.</summary>
    public static int DecodedMax(int length) => (int)((long)length * 8 / 5);

    /// <summary>Decodes a string; -1 when it is none (RFC 7541 section 5.2), or does not fit.</summary>
    /// <param name="room">Bytes at the destination.</param>
    public static int Decode(byte* from, int length, byte* to, int room)
    {
        Tables* tables = Built;
        byte* end = from + length;
        byte* start = to;
        byte* full = to + room;
        ulong bits = 0; // the next bits, at the top
        int held = 0;
        while (true)
        {
            while (held <= 56 && from < end)
            {
                bits |= (ulong)*from++ << (56 - held);
                held += 8;
            }
            uint look = tables->Look[bits >> (64 - LookBits)];
            int used = (int)(look & 15);
            int symbol = (int)(look >> 4);
            if (used == 0) symbol = DecodeLong(tables, bits, out used);
            if (used > held) return IsPadding(bits, held) ? (int)(to - start) : -1;
            if (symbol >= EndOfString || to == full) return -1;
            *to++ = (byte)symbol;
            bits <<= used;
            held -= used;
        }
    }

    /// <summary>Bytes that a text takes when it is coded.</summary>
    public static int EncodedLength(ReadOnlySpan<byte> text)
    {
        long bits = 0;
        foreach (byte symbol in text) bits += Lengths[symbol];
        return (int)((bits + 7) / 8);
    }

    /// <summary>Codes a text and answers its bytes.</summary>
    /// <param name="to">At least <see cref="EncodedLength"/> bytes.</param>
    public static int Encode(ReadOnlySpan<byte> text, Span<byte> to)
    {
        ulong bits = 0;
        int held = 0;
        int length = 0;
        foreach (byte symbol in text)
        {
            bits = (bits << Lengths[symbol]) | Built->Codes[symbol];
            for (held += Lengths[symbol]; held >= 8; held -= 8) to[length++] = (byte)(bits >> (held - 8));
        }
        if (held > 0) to[length++] = (byte)((bits << (8 - held)) | (0xFFu >> held));
        return length;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int DecodeLong(Tables* tables, ulong bits, out int used)
    {
        for (used = LookBits + 1; used <= BitsMax; used++)
        {
            uint place = (uint)(bits >> (64 - used)) - tables->First[used];
            if (place < tables->Count[used]) return tables->Symbols[tables->Offset[used] + place];
        }
        return EndOfString; // no code at all begins so: cannot be, the code is complete
    }

    // Fewer than eight bits, all of them set: the beginning of the end-of-string code.
    private static bool IsPadding(ulong bits, int held) =>
        held < 8 && (held == 0 || bits >> (64 - held) == (1UL << held) - 1);

    private static Tables* Build()
    {
        Tables* tables = (Tables*)NativeRegion.Reserve((nuint)sizeof(Tables));
        uint code = 0;
        int offset = 0;
        for (int length = 1; length <= BitsMax; length++)
        {
            tables->First[length] = code;
            tables->Offset[length] = (ushort)offset;
            for (int symbol = 0; symbol <= EndOfString; symbol++)
            {
                if (Lengths[symbol] != length) continue;
                tables->Symbols[offset++] = (ushort)symbol;
                tables->Codes[symbol] = code;
                if (length <= LookBits)
                {
                    uint first = code << (LookBits - length);
                    for (uint i = 0; i < 1u << (LookBits - length); i++)
                        tables->Look[first + i] = (ushort)((symbol << 4) | length);
                }
                code++;
                tables->Count[length]++;
            }
            code <<= 1;
        }
        return tables;
    }
}
