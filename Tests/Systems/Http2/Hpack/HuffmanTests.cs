using System;
using System.Text;
using Engine.Systems.Http2.Hpack;
using Xunit;

namespace Tests.Systems.Http2.Hpack;

public unsafe class HuffmanTests
{
    [Theory]
    [InlineData("www.example.com", "f1e3c2e5f23a6ba0ab90f4ff")]
    [InlineData("no-cache", "a8eb10649cbf")]
    [InlineData("custom-value", "25a849e95bb8e8b4bf")]
    [InlineData("Mon, 21 Oct 2013 20:13:21 GMT", "d07abe941054d444a8200595040b8166e082a62d1bff")]
    [InlineData("", "")]
    public void The_strings_of_the_standard_are_coded_as_there(string text, string coded)
    {
        byte[] plain = Encoding.Latin1.GetBytes(text);
        byte[] encoded = new byte[Huffman.EncodedLength(plain)];
        Assert.Equal(encoded.Length, Huffman.Encode(plain, encoded));
        Assert.Equal(coded, Convert.ToHexString(encoded).ToLowerInvariant());
        Assert.Equal(plain, Decode(encoded, plain.Length));
    }

    [Fact]
    public void Every_byte_comes_back()
    {
        for (int value = 0; value < 256; value++)
        {
            byte[] plain = [(byte)value, (byte)'a', (byte)value];
            byte[] encoded = new byte[Huffman.EncodedLength(plain)];
            Huffman.Encode(plain, encoded);
            Assert.Equal(plain, Decode(encoded, 3));
        }
    }

    [Fact]
    public void Random_texts_come_back_and_never_take_more_room_than_said()
    {
        Random random = new(1952);
        for (int round = 0; round < 2000; round++)
        {
            byte[] plain = new byte[random.Next(300)];
            random.NextBytes(plain);
            if (round % 2 == 0) for (int i = 0; i < plain.Length; i++) plain[i] = (byte)(' ' + plain[i] % 95);
            byte[] encoded = new byte[Huffman.EncodedLength(plain)];
            Huffman.Encode(plain, encoded);
            Assert.InRange(plain.Length, 0, Huffman.DecodedMax(encoded.Length));
            Assert.Equal(plain, Decode(encoded, plain.Length));
            if (plain.Length > 0) Assert.Null(Decode(encoded, plain.Length - 1));
        }
    }

    private static byte[]? Decode(byte[] coded, int room)
    {
        byte[] output = new byte[room + 1];
        fixed (byte* from = coded)
        fixed (byte* to = output)
        {
            int length = Huffman.Decode(from, coded.Length, to, room);
            return length < 0 ? null : output[..length];
        }
    }
}
