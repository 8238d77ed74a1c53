using System.Text.RegularExpressions;
using Tests.EndToEnd.Harness;
using Xunit;
using Xunit.Abstractions;

namespace Tests.EndToEnd;

/// <summary><c>show table</c>, <c>set table</c> and <c>clear table</c>: what they answer, byte for byte.</summary>
public sealed class StickCommandTests(ITestOutputHelper output) : AdminSocketTest(output)
{
    private const string ClearUsage = "Required arguments: <table> \"data.<store_data_type>\" <operator> <value> or <table> key "
        + "<key> or <table> ptr <ptr>\n\n";

    private const string SetUsage = "Required arguments: <table> key <key> [data.<store_data_type> <value>]* or <table> ptr "
        + "<ptr> [data.<store_data_type> <value>]*\n\n";

    private const string ShowUsage =
        "Optional argument only supports \"data.<store_data_type>\" <operator> <value> or key <key> or ptr <ptr>\n\n";

    private const string OfTwo = "PTR: key=10.0.0.2 use=0 exp=N shard=0 server_id=0 gpc0=5 gpc0_rate(5000)=0 "
        + "bytes_in_cnt=123456789012 server_key=- gpt0=0 gpt1=7 gpt2=0\n";

    private Proxy StartTables() => StartApi($"""
        {HttpDefaults}
        peers pp
            disabled
            table pt type string len 8 size 50 store gpt0
        frontend fe
            bind <fe>
        backend t
            stick-table type ip size 100 expire 1h store gpc0,gpc0_rate(5s),gpt(3),bytes_in_cnt,server_id,server_key
        backend t2
            stick-table type ipv6 size 1k expire 1h store gpc(2),gpc_rate(2,10s)
        backend t3
            stick-table type integer size 3 nopurge store gpc0
        backend t4
            stick-table type binary len 4 size 100 expire 1h store gpc0
        backend t5
            stick-table type string len 10 size 4 expire 10m store http_req_cnt
        """);

    /// <summary>What a command answers, but for the entries' addresses and the times they have left.</summary>
    private string Answer(string command) =>
        Regex.Replace(Regex.Replace(Say(command), "0x[0-9a-f]+:", "PTR:"), "exp=[0-9]{4,}", "exp=N");

    [Fact]
    public void Keys_of_addresses_may_have_a_mask_or_be_written_as_another_kind()
    {
        StartTables();
        foreach (string key in (string[])["10.1.2.3/24", "::10.0.0.7", "::ffff:10.0.0.8", "2002:a00:9::1"])
            Assert.Equal("\n", Say($"set table t key {key} data.gpc0 5"));
        string entries = Say("show table t");
        foreach (string key in (string[])["10.1.2.3", "10.0.0.7", "10.0.0.8", "10.0.0.9"]) Assert.Contains($"key={key} ", entries);
        Assert.Contains("key=10.0.0.9 ", Say("show table t key 10.0.0.9:80"));
        Assert.Equal("Invalid key\n\n", Say("set table t key 2001:db8::1 data.gpc0 5"));
    }

    [Fact]
    public void What_is_wrong_is_said_in_the_words_of_the_reference()
    {
        StartTables();
        Say("set table t key 10.0.0.2 data.gpc0 5");
        (string Command, string Answer)[] cases =
        [
            ("show table nosuch", "No such table\n\n"),
            ("show table t foo", ShowUsage),
            ("show table t key", "Key value expected\n\n"),
            ("show table t key foo", "Invalid key\n\n"),
            ("show table t key 10.0.0.9", "\n"),
            ("show table t ptr", "Pointer expected (0xffff notation)\n\n"),
            ("show table t ptr zz", "Pointer expected (0xffff notation)\n\n"),
            ("show table t data.foo gt 1", "Filter entry #1: Unknown data type\n\n"),
            ("show table t data.gpc1 gt 1", "Filter entry #1: Data type not stored in this table\n\n"),
            ("show table t data.gpc0", "Filter entry #1: Require and operator among \"eq\", \"ne\", \"le\", \"ge\", \"lt\", \"gt\"\n\n"),
            ("show table t data.gpc0 xx 1", "Filter entry #1: Require and operator among \"eq\", \"ne\", \"le\", \"ge\", \"lt\", \"gt\"\n\n"),
            ("show table t data.gpc0 gt", "Filter entry #1: Require a valid integer value to compare against\n\n"),
            ("show table t data.gpc0 gt 1 data.gpc0 gt x", "Filter entry #2: Require a valid integer value to compare against\n\n"),
            ("show table t data.gpc0[1] eq 0", "Filter entry #1: Unknown data type\n\n"),
            ("clear table t4 key abc", "Removing keys from tables of type other than ip, ipv6, string and integer is not supported\n\n"),
            ("show table t4 key abc", "Showing keys from tables of type other than ip, ipv6, string and integer is not supported\n\n"),
            ("set table", SetUsage),
            ("set table nosuch", "No such table\n\n"),
            ("set table t foo", SetUsage),
            ("set table t key", "Key value expected\n\n"),
            ("set table t key 10.0.0", "Invalid key\n\n"),
            ("set table t key 10.0.0.2 foo", "\"data.<type>\" followed by a value expected\n\n"),
            ("set table t key 10.0.0.2 data.foo 1", "Unknown data type\n\n"),
            ("set table t key 10.0.0.2 data.gpc1 1", "Data type not stored in this table\n\n"),
            ("set table t key 10.0.0.2 data.gpc0", "Require a valid integer value to store\n\n"),
            ("set table t key 10.0.0.2 data.gpc0 x", "Require a valid integer value to store\n\n"),
            ("set table t key 10.0.0.2 data.gpt[9] 1", "index out of range in this data array\n\n"),
            ("set table t4 key abc data.gpc0 1",
                "Inserting keys into tables of type other than ip, ipv6, string and integer is not supported\n\n"),
            ("clear table", ClearUsage),
            ("clear table nosuch", "No such table\n\n"),
            ("clear table t foo", ClearUsage),
            ("clear table t key", "Key value expected\n\n"),
            ("clear table t key 10.0.0.9", "\n"),
            ("clear table t data.gpc0 eq", "Filter entry #1: Require a valid integer value to compare against\n\n"),
            ("show table t data.gpc0 eq 5 data.gpc0 ne 4 data.gpc0 lt 9 data.gpc0 gt 0 data.gpc0 gt 0",
                "Detected extra data in filter, 16th word of input, after '0'\n\n"),
        ];
        foreach ((string command, string answer) in cases) Assert.Equal(command + "\n" + answer, command + "\n" + Answer(command));
    }

    [Fact]
    public void Entries_are_set_shown_by_key_and_pointer_and_cleared()
    {
        StartTables();
        Say("set table t key 10.0.0.2 data.gpc0 5 data.gpt[1] 7 data.bytes_in_cnt 123456789012");
        Assert.Equal("\n", Say("set table t key 10.0.0.1"));
        const string head = "# table: t, type: ip, size:100, used:2\n";
        Assert.Equal(head + OfTwo + "\n", Answer("show table t key 10.0.0.2"));
        Assert.Equal(head + OfTwo + "\n", Answer("show table t data.gpc0 gt 0"));
        Assert.Equal(head + OfTwo + "\n", Answer("show table t data.gpt[1] eq 7 data.gpc0 le 5"));
        Assert.Equal(head + "\n", Answer("show table t data.gpt[3] eq 0"));
        string pointer = Regex.Match(Say("show table t key 10.0.0.2"), "0x[0-9a-f]+").Value;
        Assert.Equal(head + OfTwo + "\n", Answer($"show table t ptr {pointer}"));
        Assert.Equal("\n", Say($"set table t ptr {pointer} data.gpc0 6"));
        Assert.Equal(head + OfTwo.Replace("gpc0=5", "gpc0=6") + "\n", Answer("show table t key 10.0.0.2"));
        Assert.Equal("\n", Say($"clear table t ptr {pointer}"));
        Assert.Equal("\n", Answer("show table t key 10.0.0.2"));
        Assert.Equal("No entry can be found matching ptr.\n\n", Say($"show table t ptr {pointer}"));
        Assert.Equal("\n", Say("clear table t"));
        Assert.Equal("# table: t, type: ip, size:100, used:0\n\n", Answer("show table t"));
    }

    [Theory]
    [InlineData("t", "::ffff:10.0.0.3", "key=10.0.0.3 use=0 exp=N shard=0 server_id=0 gpc0=1 gpc0_rate(5000)=0 bytes_in_cnt=0 server_key=- gpt0=0 gpt1=0 gpt2=0")]
    [InlineData("t2", "10.0.0.1", "key=::ffff:10.0.0.1 use=0 exp=N shard=0 gpc0=1 gpc1=0 gpc0_rate(10000)=0 gpc1_rate(10000)=0", "data.gpc[0]")]
    [InlineData("t2", "2001:DB8::1", "key=2001:db8::1 use=0 exp=N shard=0 gpc0=0 gpc1=0 gpc0_rate(10000)=0 gpc1_rate(10000)=1", "data.gpc_rate[1]")]
    [InlineData("t3", "-1", "key=4294967295 use=0 exp=0 shard=0 gpc0=1")]
    [InlineData("t3", "12", "key=12 use=0 exp=0 shard=0 gpc0=1")]
    [InlineData("t5", "abc", "key=abc use=0 exp=N shard=0 http_req_cnt=1", "data.http_req_cnt")]
    [InlineData("t5", "a\\ b\\\\", "key=a\\ b\\\\ use=0 exp=N shard=0 http_req_cnt=1", "data.http_req_cnt")]
    [InlineData("pp/pt", "verylongstring", "key=verylong use=0 exp=0 shard=0 gpt0=1", "data.gpt0")]
    public void Keys_are_read_and_written_as_their_type_says(string table, string key, string shown, string data = "data.gpc0")
    {
        StartTables();
        Assert.Equal("\n", Say($"set table {table} key {key} {data} 1"));
        Assert.Contains($"used:1\nPTR: {shown}\n\n", Answer($"show table {table} key {key}"));
    }

    [SkippableFact]
    public void A_full_table_drops_its_oldest()
    {
        ReferenceDiffers("drops one of the older entries");
        StartTables();
        foreach (char key in "abcde") Say($"set table t5 key {key} data.http_req_cnt 1");
        Assert.Equal("\n", Answer("show table t5 key a"));
        foreach (char key in "bcde") Assert.Contains($"size:4, used:4\nPTR: key={key} ", Answer($"show table t5 key {key}"));
    }

    [Fact]
    public void A_full_table_that_may_not_purge_takes_no_more()
    {
        StartTables();
        for (int key = 1; key <= 3; key++) Say($"set table t3 key {key} data.gpc0 1");
        Say("set table t3 key 4 data.gpc0 1");
        Assert.Equal("\n", Answer("show table t3 key 4"));
        Assert.Contains("size:3, used:3\n", Answer("show table t3 key 1"));
    }

    [Fact]
    public void Tables_are_listed_the_last_first()
    {
        StartTables();
        Assert.Equal(
            """
            # table: t5, type: string, size:4, used:0
            # table: t4, type: binary, size:100, used:0
            # table: t3, type: integer, size:3, used:0
            # table: t2, type: ipv6, size:1024, used:0
            # table: t, type: ip, size:100, used:0
            # table: pp/pt, type: string, size:50, used:0


            """,
            Answer("show table"));
    }
}
