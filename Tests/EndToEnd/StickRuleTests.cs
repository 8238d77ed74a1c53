using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using Tests.EndToEnd.Harness;
using Xunit;
using Xunit.Abstractions;

namespace Tests.EndToEnd;

/// <summary><c>stick</c> lines: clients come to the server that their key was stored with, as long as it can serve.</summary>
public sealed class StickRuleTests(ITestOutputHelper output) : AdminSocketTest(output)
{
    private readonly Dictionary<string, AnsweringOrigin> origins = [];

    /// <summary>An origin that says who it is.</summary>
    private string Named(string name)
    {
        AnsweringOrigin origin = NewAnsweringOrigin((request, _) =>
            AnsweringOrigin.Ok(name, $"x-token: {request["x-want"] ?? "none"}\r\n"));
        origins[name] = origin;
        return $"server {name} {origin.Address}";
    }

    private Proxy StartBackend(string backend, string more = "", string frontend = "default_backend be") => StartApi($"""
        {HttpDefaults}
            option redispatch
            retries 2
        frontend fe
            bind <fe>
            {frontend}
        backend be
            {backend}
            {Named("a")}
            {Named("b")}
        {more}
        """);

    private static string Ask(Proxy proxy, string path = "/", params string[] fields)
    {
        using Wire client = proxy.Connect("fe");
        client.Send(Request("GET", path, fields));
        return client.ReadResponse().Text;
    }

    private string[] Keys(string table) =>
        [.. Regex.Matches(Say($"show table {table}"), " key=([^ ]*)").Select(match => match.Groups[1].Value).Order()];

    private const string ByUser = """
        balance roundrobin
            stick-table type string len 32 size 100 expire 1m
        """;

    [Fact]
    public void Clients_of_a_server_in_maintenance_go_elsewhere_and_stay_there()
    {
        Proxy proxy = StartBackend(ByUser + "\n stick on hdr(x-user)");
        string first = Ask(proxy, "/", "x-user: u");
        string second = first == "a" ? "b" : "a";
        for (int i = 0; i < 3; i++) Assert.Equal(first, Ask(proxy, "/", "x-user: u"));
        Say($"set server be/{first} state maint");
        for (int i = 0; i < 3; i++) Assert.Equal(second, Ask(proxy, "/", "x-user: u"));
        Say($"set server be/{first} state ready");
        for (int i = 0; i < 3; i++) Assert.Equal(second, Ask(proxy, "/", "x-user: u"));
    }

    [Fact]
    public void Clients_of_a_server_in_drain_stay()
    {
        Proxy proxy = StartBackend(ByUser + "\n stick on hdr(x-user)");
        string first = Ask(proxy, "/", "x-user: u");
        Say($"set server be/{first} state drain");
        for (int i = 0; i < 3; i++) Assert.Equal(first, Ask(proxy, "/", "x-user: u"));
        string second = first == "a" ? "b" : "a";
        for (int i = 0; i < 3; i++) Assert.Equal(second, Ask(proxy, "/", $"x-user: new{i}"));
    }

    [Fact]
    public void A_request_that_is_sent_to_another_server_is_stored_with_that()
    {
        Proxy proxy = StartBackend(ByUser + "\n stick on hdr(x-user)");
        string first = Ask(proxy, "/", "x-user: u");
        string second = first == "a" ? "b" : "a";
        origins[first].Dispose();
        proxy.AlertsAllowed = true;
        Assert.Equal(second, Ask(proxy, "/", "x-user: u"));
        Assert.Contains($"server_key={second}\n", Say("show table be"));
    }

    [Fact]
    public void What_is_only_stored_does_not_choose()
    {
        Proxy proxy = StartBackend(ByUser + "\n stick store-request hdr(x-user)");
        string[] seen = [.. Enumerable.Range(0, 4).Select(_ => Ask(proxy, "/", "x-user: u"))];
        Assert.Equal(2, seen.Count(name => name == "a"));
        Assert.Contains($"server_key={seen[3]}\n", Say("show table be"));
    }

    [Fact]
    public void What_is_only_matched_is_not_stored()
    {
        Proxy proxy = StartBackend(ByUser + "\n stick match hdr(x-user)");
        Ask(proxy, "/", "x-user: u");
        Assert.Empty(Keys("be"));
        Say("set table be key u data.server_id 2");
        for (int i = 0; i < 3; i++) Assert.Equal("b", Ask(proxy, "/", "x-user: u"));
    }

    [Fact]
    public void Rules_have_conditions_and_the_first_that_finds_a_server_chooses()
    {
        Proxy proxy = StartBackend(
            ByUser + """

                stick match hdr(x-first)
                stick match hdr(x-second) if { path /second }
            """);
        Say("set table be key one data.server_id 1");
        Say("set table be key two data.server_id 2");
        for (int i = 0; i < 2; i++) Assert.Equal("a", Ask(proxy, "/second", "x-first: one", "x-second: two"));
        for (int i = 0; i < 2; i++) Assert.Equal("b", Ask(proxy, "/second", "x-first: none", "x-second: two"));
        string[] free = [Ask(proxy, "/", "x-second: two"), Ask(proxy, "/", "x-second: two")];
        Assert.Equal(["a", "b"], free.Order());
    }

    [Fact]
    public void Only_the_first_key_for_a_table_is_stored()
    {
        Proxy proxy = StartBackend(
            ByUser + """

                stick store-request hdr(x-first) if { path /both }
                stick store-request hdr(x-second)
                stick store-request hdr(x-second) table others
                stick store-response res.hdr(x-token) if { res.hdr(x-token) -m beg t }
            """,
            "backend others\n stick-table type string size 10");
        Ask(proxy, "/both", "x-first: f1", "x-second: s1", "x-want: t1");
        Assert.Equal(["f1", "t1"], Keys("be"));
        Assert.Equal(["s1"], Keys("others"));
        Ask(proxy, "/", "x-first: f2", "x-second: s2", "x-want: none");
        Assert.Equal(["f1", "s2", "t1"], Keys("be"));
    }

    [Fact]
    public void Backends_share_a_table_by_names_of_servers()
    {
        Proxy proxy = StartBackend(
            ByUser + "\n stick on hdr(x-user)",
            $"""
            backend be2
                stick on hdr(x-user) table be
                {Named("c")} id 7
                {Named("b2").Replace("server b2", "server b")} id 9
                {Named("a2").Replace("server a2", "server a")} id 8
            """,
            "use_backend be2 if { path_beg /2 }\n default_backend be");
        foreach (string user in (string[])["u", "v"])
        {
            string first = Ask(proxy, "/", $"x-user: {user}");
            for (int i = 0; i < 3; i++) Assert.Equal(first + "2", Ask(proxy, "/2", $"x-user: {user}"));
            Assert.Equal(first, Ask(proxy, "/", $"x-user: {user}"));
        }
    }

    [Fact]
    public void Servers_may_be_known_by_address()
    {
        Proxy proxy = StartBackend("""
            balance roundrobin
                stick-table type string len 32 size 100 expire 1m srvkey addr
                stick on hdr(x-user)
            """);
        string first = Ask(proxy, "/", "x-user: u");
        Assert.Contains($"server_key={origins[first].Address}\n", Say("show table be"));
        for (int i = 0; i < 3; i++) Assert.Equal(first, Ask(proxy, "/", "x-user: u"));
    }

    [Fact]
    public void Every_request_of_a_connection_sticks_by_its_own_key()
    {
        Proxy proxy = StartBackend(ByUser + "\n stick on hdr(x-user)");
        string ofU = Ask(proxy, "/", "x-user: u");
        string ofV = Ask(proxy, "/", "x-user: v");
        Assert.NotEqual(ofU, ofV);
        using Wire client = proxy.Connect("fe");
        foreach (string user in (string[])["u", "v", "v", "u", "u", "v"])
        {
            client.Send(Get("/", $"x-user: {user}"));
            Assert.Equal(user == "u" ? ofU : ofV, client.ReadResponse().Text);
        }
    }

    [Fact]
    public void Streams_of_HTTP_2_stick_by_their_own_keys()
    {
        Proxy proxy = StartBackend(ByUser + "\n stick on hdr(x-user)");
        using Http2Wire client = Http2Wire.Client(proxy.Connect("fe"));
        client.Get(1, "/", "x-user: u");
        string ofU = client.ReadMessage(1).Text;
        client.Get(3, "/", "x-user: v");
        string ofV = client.ReadMessage(3).Text;
        Assert.NotEqual(ofU, ofV);
        for (uint stream = 5; stream < 21; stream += 4)
        {
            client.Get(stream, "/", "x-user: v");
            Assert.Equal(ofV, client.ReadMessage(stream).Text);
            client.Get(stream + 2, "/", "x-user: u");
            Assert.Equal(ofU, client.ReadMessage(stream + 2).Text);
        }
    }

    [Fact]
    public void Use_server_comes_before_the_table()
    {
        Proxy proxy = StartBackend(ByUser + """

                stick match hdr(x-user)
                use-server b if { path /use }
            """);
        Say("set table be key u data.server_id 1");
        Assert.Equal("a", Ask(proxy, "/", "x-user: u"));
        Assert.Equal("b", Ask(proxy, "/use", "x-user: u"));
        Assert.Equal("a", Ask(proxy, "/", "x-user: u"));
    }

    [Fact]
    public void Entries_of_servers_that_are_not_there_choose_nothing()
    {
        Proxy proxy = StartBackend(ByUser + "\n stick on hdr(x-user)");
        Say("set table be key u data.server_id 99");
        string first = Ask(proxy, "/", "x-user: u");
        Assert.Contains($"server_key={first}\n", Say("show table be"));
        Assert.Equal(first, Ask(proxy, "/", "x-user: u"));
    }

    [Fact]
    public void Without_a_key_nothing_sticks()
    {
        Proxy proxy = StartBackend(ByUser + "\n stick on hdr(x-user)");
        Assert.Equal(["a", "b"], new[] { Ask(proxy), Ask(proxy) }.Order());
        Assert.Empty(Keys("be"));
    }

    [Fact]
    public void Keys_are_cut_at_the_length_of_the_table()
    {
        Proxy proxy = StartBackend("""
            balance roundrobin
                stick-table type string len 4 size 100
                stick on hdr(x-user)
            """);
        string first = Ask(proxy, "/", "x-user: long-one");
        for (int i = 0; i < 3; i++) Assert.Equal(first, Ask(proxy, "/", "x-user: long-two"));
        Assert.Equal(["long"], Keys("be"));
    }

    [Fact]
    public void Clients_of_TCP_mode_stick_by_what_they_send()
    {
        Proxy proxy = StartApi($"""
            {TcpDefaults}
            listen fe
                bind <fe>
                tcp-request inspect-delay 5s
                tcp-request content accept if REQ_CONTENT
                balance roundrobin
                stick-table type binary len 8 size 10 expire 1m
                stick on req.payload(0,8)
                {Named("a")}
                {Named("b")}
            """);
        string first = Ask(proxy, "/111");
        string second = Ask(proxy, "/222");
        Assert.NotEqual(first, second);
        for (int i = 0; i < 3; i++) Assert.Equal(first, Ask(proxy, "/111"));
        Assert.Equal(second, Ask(proxy, "/222"));
        Assert.Equal(["474554202F313131", "474554202F323232"], Keys("fe"));
    }
}
