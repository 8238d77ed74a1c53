using System;
using System.Linq;
using System.Text;
using Engine.Data.Text;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Tests.Data.Text;

public sealed unsafe class AsciiCaseTests
{
    private static readonly ulong[] Neighbours =
        [0, ulong.MaxValue, 0x7F7F_7F7F_7F7F_7F7F, 0x5A5A_5A5A_5A5A_5A5A];

    [Fact]
    public void Every_byte_in_every_place_of_a_word()
    {
        for (int value = 0; value < 256; value++)
        {
            byte expected = value is >= 'A' and <= 'Z' ? (byte)(value + 32) : (byte)value;
            Assert.Equal(expected, AsciiCase.Lower((byte)value));
            for (int place = 0; place < 64; place += 8)
            {
                foreach (ulong others in Neighbours)
                {
                    ulong mask = 0xFFUL << place;
                    ulong lowered = AsciiCase.Lower((others & ~mask) | ((ulong)value << place));
                    Assert.Equal(expected, (byte)(lowered >> place));
                }
            }
        }
    }

    [Fact]
    public void Equal_is_equal_without_regard_to_ASCII_case() =>
        Prop.ForAll<byte[], byte, byte>((bytes, at, other) =>
        {
            byte[] left = bytes ?? [];
            byte[] right = [.. left.Select(b => b is >= (byte)'a' and <= (byte)'z' ? (byte)(b - 32) : b)];
            if (!AsciiCase.Equals(left, right)) return false;
            if (left.Length == 0) return !AsciiCase.Equals(left, [0]);
            right[at % right.Length] = other;
            bool same = Lower(left) == Lower(right);
            return AsciiCase.Equals(left, right) == same && !AsciiCase.Equals(left, right[1..]);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Lengths_around_a_word()
    {
        byte* memory = stackalloc byte[64];
        for (int length = 0; length < 40; length++)
        {
            Span<byte> span = new(memory, 64);
            span.Fill((byte)'A');
            AsciiCase.LowerInPlace(memory, length);
            Assert.Equal(length, span.Count((byte)'a'));
            Assert.Equal(length == 0 ? 0 : length, span[..length].Count((byte)'a'));
        }
    }

    [Fact]
    public void Short_words_read_and_write_no_other_byte()
    {
        byte* memory = stackalloc byte[16];
        for (int length = 1; length < 8; length++)
        {
            Span<byte> span = new(memory, 16);
            span.Fill(0xEE);
            for (int i = 0; i < length; i++) span[4 + i] = (byte)(i + 1);
            ulong word = AsciiCase.ReadShort(memory + 4, length);
            Assert.Equal(0x0007_0605_0403_0201UL & ((1UL << (length * 8)) - 1), word);
            span.Fill(0xEE);
            AsciiCase.WriteShort(memory + 4, word, length);
            Assert.Equal(16 - length, span.Count((byte)0xEE));
            Assert.Equal(word, AsciiCase.ReadShort(memory + 4, length));
        }
    }

    private static string Lower(byte[] bytes) => new([.. Encoding.Latin1.GetString(bytes).Select(
        c => c is >= 'A' and <= 'Z' ? (char)(c | 0x20) : c)]);
}
