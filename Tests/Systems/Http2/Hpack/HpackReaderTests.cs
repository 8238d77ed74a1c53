using System;
using System.Collections.Generic;
using System.Text;
using Engine.Systems.Http2.Hpack;
using Xunit;

namespace Tests.Systems.Http2.Hpack;

/// <summary>The examples of RFC 7541 appendix C, and blocks that are none.</summary>
public class HpackReaderTests
{
    private const string Requests = ":method: GET|:scheme: http|:path: /|:authority: www.example.com";
    private const string Requests2 = Requests + "|cache-control: no-cache";

    private const string Requests3 =
        ":method: GET|:scheme: https|:path: /index.html|:authority: www.example.com|custom-key: custom-value";

    private const string Responses =
        ":status: 302|cache-control: private|date: Mon, 21 Oct 2013 20:13:21 GMT|location: https://www.example.com";

    private const string Responses2 =
        ":status: 307|cache-control: private|date: Mon, 21 Oct 2013 20:13:21 GMT|location: https://www.example.com";

    private const string Responses3 =
        ":status: 200|cache-control: private|date: Mon, 21 Oct 2013 20:13:22 GMT|location: https://www.example.com"
        + "|content-encoding: gzip|set-cookie: foo=ASDJKHQKBZXOQWEOPIUAXQWEOIU; max-age=3600; version=1";

    /// <summary>Name; limit of the table; blocks in hexadecimal with their fields; bytes the table counts at the end.</summary>
    public static TheoryData<string, int, string[], string[], int> Examples => new()
    {
        { "C.2.1", 4096, ["400a637573746f6d2d6b65790d637573746f6d2d686561646572"], ["custom-key: custom-header"], 55 },
        { "C.2.2", 4096, ["040c2f73616d706c652f70617468"], [":path: /sample/path"], 0 },
        { "C.2.3", 4096, ["100870617373776f726406736563726574"], ["password: secret"], 0 },
        { "C.2.4", 4096, ["82"], [":method: GET"], 0 },
        {
            "C.3", 4096,
            [
                "828684410f7777772e6578616d706c652e636f6d", "828684be58086e6f2d6361636865",
                "828785bf400a637573746f6d2d6b65790c637573746f6d2d76616c7565",
            ],
            [Requests, Requests2, Requests3], 164
        },
        {
            "C.4", 4096,
            [
                "828684418cf1e3c2e5f23a6ba0ab90f4ff", "828684be5886a8eb10649cbf",
                "828785bf408825a849e95ba97d7f8925a849e95bb8e8b4bf",
            ],
            [Requests, Requests2, Requests3], 164
        },
        {
            "C.5", 256,
            [
                "4803333032580770726976617465611d4d6f6e2c203231204f637420323031332032303a31333a323120474d546e17687474"
                + "70733a2f2f7777772e6578616d706c652e636f6d",
                "4803333037c1c0bf",
                "88c1611d4d6f6e2c203231204f637420323031332032303a31333a323220474d54c05a04677a69707738666f6f3d4153444a4b"
                + "48514b425a584f5157454f50495541585157454f49553b206d61782d6167653d333630303b2076657273696f6e3d31",
            ],
            [Responses, Responses2, Responses3], 215
        },
        {
            "C.6", 256,
            [
                "488264025885aec3771a4b6196d07abe941054d444a8200595040b8166e082a62d1bff6e919d29ad171863c78f0b97c8e9ae82"
                + "ae43d3",
                "4883640effc1c0bf",
                "88c16196d07abe941054d444a8200595040b8166e084a62d1bffc05a839bd9ab77ad94e7821dd7f2e6c7b335dfdfcd5b3960d5"
                + "af27087f3672c1ab270fb5291f9587316065c003ed4ee5b1063d5007",
            ],
            [Responses, Responses2, Responses3], 215
        },
    };

    [Theory]
    [MemberData(nameof(Examples))]
    public void The_examples_of_the_standard_decode(
        string name, int limit, string[] blocks, string[] fields, int counted)
    {
        using HpackRun run = new(limit);
        for (int i = 0; i < blocks.Length; i++)
        {
            (HpackResult result, List<string> decoded) = run.Decode(Convert.FromHexString(blocks[i]));
            Assert.Equal(HpackResult.End, result);
            Assert.Equal(fields[i], string.Join('|', decoded));
        }
        Assert.True(counted == run.Table.Size, name);
    }

    [Theory]
    [InlineData("80", HpackResult.BadIndex)]
    [InlineData("c0", HpackResult.BadIndex)]
    [InlineData("be", HpackResult.BadIndex)]
    [InlineData("ff", HpackResult.Truncated)]
    [InlineData("ffffffff", HpackResult.Truncated)]
    [InlineData("ffffffffff0f", HpackResult.BadInteger)]
    [InlineData("ff8080808080808001", HpackResult.BadInteger)]
    [InlineData("ff80808080808080808080", HpackResult.BadInteger)]
    [InlineData("40", HpackResult.Truncated)]
    [InlineData("4005616263", HpackResult.Truncated)]
    [InlineData("007fffffff7f", HpackResult.BadInteger)]
    [InlineData("3fe21f", HpackResult.BadUpdate)]
    [InlineData("8220", HpackResult.BadUpdate)]
    [InlineData("0084ffffffff00", HpackResult.BadString)]
    [InlineData("008100", HpackResult.BadString)]
    [InlineData("0081fe", HpackResult.BadString)]
    [InlineData("0082ffff", HpackResult.BadString)]
    [InlineData("", HpackResult.End)]
    [InlineData("20", HpackResult.End)]
    [InlineData("203fe11f", HpackResult.End)]
    public void What_is_no_block_is_told(string block, HpackResult expected)
    {
        using HpackRun run = new();
        Assert.Equal(expected, run.Decode(Convert.FromHexString(block)).Result);
    }

    /// <summary>THREATS.md B3: a name taken from the entry that must go for the new one.</summary>
    [Fact]
    public void A_name_outlives_the_entry_it_came_from()
    {
        using HpackRun run = new(128);
        string value = new('v', 60);
        Assert.Equal(HpackResult.End, run.Decode(Literal("name", value)).Result);
        byte[] again = [0x7E, (byte)value.Length, .. Encoding.ASCII.GetBytes(value)];
        (HpackResult result, List<string> fields) = run.Decode(again);
        Assert.Equal(HpackResult.End, result);
        Assert.Equal([$"name: {value}"], fields);
        Assert.Equal([$"name: {value}"], run.Entries());
    }

    [Fact]
    public void An_entry_larger_than_the_table_empties_it()
    {
        using HpackRun run = new(128);
        run.Decode(Literal("a", "b"));
        Assert.Equal(1, run.Table.Count);
        run.Decode(Literal("a", new string('b', 100)));
        Assert.Equal(0, run.Table.Count);
        Assert.Equal(0, run.Table.Size);
    }

    /// <summary>Any bytes at all: the decoder ends, and what it counts is what it holds.</summary>
    [Fact]
    public void Random_blocks_neither_break_nor_outgrow_the_table()
    {
        Random random = new(7541);
        for (int round = 0; round < 2000; round++)
        {
            using HpackRun run = new(512);
            for (int block = 0; block < 4; block++)
            {
                byte[] bytes = new byte[random.Next(200)];
                random.NextBytes(bytes);
                // Often a beginning that adds something.
                if (round % 2 == 0) bytes = [.. Literal("n" + block, new string('x', random.Next(80))), .. bytes];
                HpackResult result = run.Decode(bytes).Result;
                int counted = 0;
                foreach (string entry in run.Entries()) counted += entry.Length - 2 + 32;
                Assert.Equal(run.Table.Size, counted);
                Assert.InRange(counted, 0, run.Table.SizeMax);
                if (result != HpackResult.End) break;
            }
        }
    }

    /// <summary>Added, evicted and resized at random, the table is what a plain list would be.</summary>
    [Fact]
    public void The_table_is_a_list_of_what_fits()
    {
        Random random = new(2305);
        for (int round = 0; round < 200; round++)
        {
            using HpackRun run = new(400);
            List<string> model = [];
            int limit = 400;
            for (int step = 0; step < 100; step++)
            {
                if (random.Next(10) == 0)
                {
                    limit = random.Next(401);
                    run.Table.Resize(limit);
                    Trim(model, limit);
                }
                string value = new((char)('a' + random.Next(26)), random.Next(120));
                run.Decode(Literal("k" + step, value));
                model.Insert(0, $"k{step}: {value}");
                Trim(model, limit);
                Assert.Equal(model, run.Entries());
            }
        }
    }

    private static void Trim(List<string> model, int limit)
    {
        int total = 0;
        for (int i = 0; i < model.Count; i++)
        {
            total += model[i].Length - 2 + 32;
            if (total <= limit) continue;
            model.RemoveRange(i, model.Count - i);
            return;
        }
    }

    private static byte[] Literal(string name, string value) =>
        [0x40, (byte)name.Length, .. Encoding.ASCII.GetBytes(name), (byte)value.Length, .. Encoding.ASCII.GetBytes(value)];
}
