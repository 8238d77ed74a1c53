using System;
using System.Text;
using System.Text.Json;
using Engine.Data.Configuration;
using Engine.Data.Kernel;
using Engine.Runtime.Admin.Statistics;
using Xunit;

namespace Tests.Runtime.Admin.Statistics;

public sealed class StatTextTests
{
    private static readonly Proxy Backend = new() { Name = "b", Id = 4 };

    [Fact]
    public void The_header_names_the_columns_tools_count_on()
    {
        string[] names = StatText.CsvHeader().TrimStart('#', ' ').TrimEnd('\n', ',').Split(',');
        Assert.Equal("pxname", names[0]);
        Assert.Equal("svname", names[1]);
        Assert.Equal("status", names[17]);
        Assert.Equal("type", names[32]);
        Assert.Equal("check_status", names[36]);
        Assert.Equal("addr", names[73]);
        Assert.Equal("cache_hint_hits", names[118]);
        Assert.Equal("-", names[119]);
        Assert.Equal("h1_spliced_bytes_out", names[^1]);
        Assert.Equal(146, names.Length);
    }

    [Fact]
    public void Values_that_would_end_a_csv_value_are_quoted()
    {
        StatLine line = new(StatKind.Server, Backend, 2);
        line.Set("pxname", "b");
        line.Set("svname", "a,\"b\"");
        StringBuilder text = new();
        StatText.Csv(line, text);
        Assert.StartsWith("b,\"a,\"\"b\"\"\",,,", text.ToString());
        Assert.EndsWith(",\n", text.ToString());
    }

    [Fact]
    public void Typed_lines_carry_kind_numbers_and_tags()
    {
        StatLine line = new(StatKind.Server, Backend, 2);
        line.Set("scur", 3);
        line.Set("act", 1);
        line.Set("lastsess", -1);
        StringBuilder text = new();
        StatText.Typed(line, describe: false, text);
        Assert.Equal(
            "S.4.2.4.scur.1:MGPV:u32:3\nS.4.2.19.act.1:SGPV:u32:1\nS.4.2.55.lastsess.1:MAPP:s32:-1\n", text.ToString());
    }

    [Fact]
    public void Json_says_the_same()
    {
        StatLine line = new(StatKind.Frontend, Backend, 0);
        line.Set("pxname", "b\"");
        StringBuilder text = new();
        StatText.Json(line, first: true, text);
        Assert.Equal(
            "[{\"objType\":\"Frontend\",\"proxyId\":4,\"id\":0,\"field\":{\"pos\":0,\"name\":\"pxname\"},\"processNum\":1,"
                + "\"tags\":{\"origin\":\"Key\",\"nature\":\"Name\",\"scope\":\"Service\"},"
                + "\"value\":{\"type\":\"str\",\"value\":\"b\\\"\"}}]",
            text.ToString());
    }

    [Fact]
    public void The_schema_is_JSON_and_names_every_type()
    {
        using JsonDocument schema = JsonDocument.Parse(SchemaText.Text);
        JsonElement value = schema.RootElement.GetProperty("definitions").GetProperty("typedValue");
        Assert.Equal(5, value.GetProperty("oneOf").GetArrayLength());
        foreach (string type in (string[])["s32", "s64", "u32", "u64", "str", "unknown"])
            Assert.True(value.GetProperty("definitions").TryGetProperty($"{type}Value", out _));
        Assert.Equal(3, schema.RootElement.GetProperty("oneOf").GetArrayLength());
        Assert.Equal(2782, SchemaText.Text.Length);
    }

    /// <summary>A backend may have 50,000 servers: collections of their garbage would hold up all threads.</summary>
    [Fact]
    public void A_line_that_is_used_again_leaves_no_garbage()
    {
        StatLine line = new(StatKind.Server, Backend, 2);
        StringBuilder text = new(64 * 1024);
        long before = 0;
        for (int i = 0; i < 200; i++)
        {
            if (i == 100) before = GC.GetAllocatedBytesForCurrentThread();
            line = StatLine.Begin(line, StatKind.Server, Backend, i);
            line.Set("pxname", "b");
            line.Set("stot", 123456UL);
            line.Set("lastsess", -1);
            line.Set("addr", new SocketAddress { Family = AddressFamily.Inet, Port = 80 });
            StatText.Csv(line, text.Clear());
            StatText.Typed(line, describe: false, text.Clear());
            StatText.Json(line, first: true, text.Clear());
        }
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Theory]
    [InlineData("", true, true, true)]
    [InlineData("4 4 2", true, false, true)]
    [InlineData("b 4 1", true, false, false)]
    [InlineData("-1 1 -1", true, true, false)]
    [InlineData("9 7 -1", false, true, false)]
    public void Filters(string words, bool proxy, bool frontend, bool server)
    {
        CompiledConfiguration configuration = new() { Proxies = [Backend] };
        string[] split = words.Split(' ', System.StringSplitOptions.RemoveEmptyEntries);
        Assert.True(StatFilter.TryRead(configuration, split, out StatFilter filter));
        Assert.Equal(proxy, filter.TakesProxy(Backend));
        Assert.Equal(frontend, filter.TakesKind(StatKind.Frontend));
        if (proxy) Assert.Equal(server, filter.Takes(StatKind.Server, 2));
        Assert.False(StatFilter.TryRead(configuration, ["zz", "1", "1"], out _));
    }
}
