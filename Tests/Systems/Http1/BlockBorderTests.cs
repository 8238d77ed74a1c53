using System;
using System.Text;
using Engine.Data.Messages;
using Engine.Systems.Http1;
using Xunit;

namespace Tests.Systems.Http1;

/// <summary>
/// Line ends and stray bytes at every place of the 64-byte blocks in which line feeds are found.
/// </summary>
public sealed unsafe class BlockBorderTests : IDisposable
{
    private readonly HeadBench bench = new(isRequest: true);

    public void Dispose() => bench.Dispose();

    [Theory]
    [InlineData("\0", HeadResult.BadValue)]
    [InlineData("\r", HeadResult.BadLineEnd)]
    [InlineData("\r\r", HeadResult.BadLineEnd)]
    [InlineData("\n", HeadResult.BadName)]
    [InlineData("\n\r", HeadResult.BadLineEnd)]
    public void A_stray_byte_is_seen_wherever_it_stands(string stray, HeadResult expected)
    {
        for (int before = 0; before < 200; before++)
        {
            string head =
                "GET / HTTP/1.1\r\nX: " + new string('v', before) + stray + new string('v', 70) + "\r\n\r\n";
            Assert.Equal(expected, bench.Parse(Encoding.Latin1.GetBytes(head)));
            Assert.Equal(expected, bench.Parse(Encoding.Latin1.GetBytes(head + new string('b', 100))));
        }
    }

    [Theory]
    [InlineData("\r\n")]
    [InlineData("\n")]
    [InlineData("\r\n ")]
    [InlineData("\n\t")]
    [InlineData(" \t\r\n")]
    public void A_line_ends_wherever_it_ends(string lineEnd)
    {
        bool folds = lineEnd[^1] is ' ' or '\t';
        for (int before = 1; before < 200; before++)
        {
            string value = new('v', before);
            string head = "GET / HTTP/1.1\r\nX: " + value + lineEnd + "y: z\r\nHost: a\r\n\r\n";
            Assert.Equal(HeadResult.Ok, bench.Parse(Encoding.Latin1.GetBytes(head)));
            Assert.Equal(head.Length, bench.Head->HeadLength);
            Span<HeaderField> fields = MessageHead.Fields(bench.Head);
            Assert.Equal(folds ? 2 : 3, fields.Length);
            string folded = value + new string(' ', lineEnd.Length - 1) + lineEnd[^1] + "y: z";
            Assert.Equal(folds ? folded : value, fields[0].ValueView.ToString());
            Assert.Equal("a", fields[^1].ValueView.ToString());
        }
    }

    [Fact]
    public void Bytes_behind_the_head_do_not_spoil_its_last_line()
    {
        for (int before = 0; before < 130; before++)
        {
            byte[] head =
                Encoding.Latin1.GetBytes("GET / HTTP/1.1\r\nX: " + new string('v', before) + "\r\n\r\n");
            byte[] input = [.. head, .. new byte[80]];
            Assert.Equal(HeadResult.Ok, bench.Parse(input));
            Assert.Equal(head.Length, bench.Head->HeadLength);
            Assert.Equal(FieldFlags.Canonical, MessageHead.Fields(bench.Head)[0].Flags);
        }
    }

    [Fact]
    public void Line_feeds_are_all_found_at_any_length_and_place()
    {
        using GuardedBytes bytes = new(4096);
        Random random = new(20261120);
        for (int round = 0; round < 3000; round++)
        {
            byte[] text = new byte[1 + random.Next(200)];
            Array.Fill(text, (byte)'a');
            text[0] = (byte)'\n';
            for (int i = 1; i < text.Length; i++)
            {
                int kind = random.Next(40);
                if (kind < 4) text[i] = "\n\r\n\0"u8[kind];
                if (kind == 5 && i + 1 < text.Length) "\r\n"u8.CopyTo(text.AsSpan(i));
            }
            byte* start = bytes.Place(text);
            LineFeedsAgree(text, start);
        }
    }

    // Byte by byte, by the definition: a line is plain that has no CR but before its LF, and no NUL.
    private static void LineFeedsAgree(byte[] text, byte* start)
    {
        LineFeeds feeds = new(start + 1);
        bool plain = true;
        for (int i = 1; i < text.Length; i++)
        {
            bool feed = text[i] == '\n';
            bool afterReturn = text[i - 1] == '\r' && i > 1;
            plain &= text[i] != 0 && feed == afterReturn;
            if (!feed) continue;
            byte* found = feeds.Next(start + text.Length, out bool saidPlain);
            Assert.Equal(i, (int)(found - start));
            Assert.Equal(plain, saidPlain);
            plain = true;
        }
        Assert.True(feeds.Next(start + text.Length, out _) == null);
    }
}
