using System;
using System.Collections.Generic;
using System.Text;
using Engine.Data.Messages;
using Engine.Systems.Http2.Hpack;
using Xunit;

namespace Tests.Systems.Http2.Hpack;

public unsafe class HpackWriterTests
{
    [Theory]
    [InlineData(200, "88")]
    [InlineData(204, "89")]
    [InlineData(500, "8e")]
    [InlineData(302, "0803333032")]
    [InlineData(999, "0803393939")]
    public void Statuses_take_what_the_static_table_has(int status, string block)
    {
        byte[] written = new byte[16];
        fixed (byte* start = written)
        {
            HpackWriter writer = new(start, written.Length);
            writer.Status(status);
            Assert.Equal(block, Convert.ToHexString(written.AsSpan(0, writer.Length)).ToLowerInvariant());
        }
    }

    /// <summary>Round trip (THREATS.md B21): what is written is read, and nobody's table changes.</summary>
    [Fact]
    public void What_is_written_is_read()
    {
        Random random = new(9113);
        using HpackRun run = new();
        byte[] block = new byte[1 << 16];
        for (int round = 0; round < 500; round++)
        {
            List<string> fields = [];
            int length;
            fixed (byte* start = block)
            {
                HpackWriter writer = new(start, block.Length);
                for (int i = random.Next(20); i > 0; i--)
                {
                    KnownHeader known = (KnownHeader)random.Next(KnownHeaders.Count);
                    byte[] name = known == KnownHeader.None
                        ? Encoding.ASCII.GetBytes(new string('n', random.Next(1, 255)))
                        : KnownHeaders.Name(known).ToArray();
                    byte[] value = new byte[random.Next(random.Next(3) == 0 ? 2000 : 20)];
                    random.NextBytes(value);
                    writer.Literal(known, name, value);
                    fields.Add($"{Encoding.Latin1.GetString(name)}: {Encoding.Latin1.GetString(value)}");
                }
                length = writer.Length;
            }
            (HpackResult result, List<string> decoded) = run.Decode(block[..length]);
            Assert.Equal(HpackResult.End, result);
            Assert.Equal(fields, decoded);
            Assert.Equal(0, run.Table.Count);
        }
    }

    [Fact]
    public void What_does_not_fit_is_told()
    {
        byte[] block = new byte[8];
        fixed (byte* start = block)
        {
            HpackWriter writer = new(start, block.Length);
            writer.Literal(KnownHeader.None, "name"u8, "value"u8);
            writer.Indexed(8);
            Assert.Equal(-1, writer.Length);
        }
    }
}
