using System.Linq;
using Tests.EndToEnd.Harness;
using Xunit;
using Xunit.Abstractions;

namespace Tests.EndToEnd;

/// <summary>Maps and ACLs that change while requests are served, by commands and by rules.</summary>
public sealed class ListTests(ITestOutputHelper output) : AdminSocketTest(output)
{
    [Fact]
    public void Commands_change_what_all_threads_find()
    {
        Proxy proxy = StartLists();
        Assert.Equal("none no", Ask(proxy, "/x"));
        Assert.Equal("\n", Say("add map virt@m /x one"));
        Assert.Equal("\n", Say("add acl virt@l /x"));
        for (int i = 0; i < 8; i++) Assert.Equal("one yes", Ask(proxy, "/x"));
        Say("set map virt@m /x two");
        for (int i = 0; i < 8; i++) Assert.Equal("two yes", Ask(proxy, "/x"));
        Say("del acl virt@l /x");
        for (int i = 0; i < 8; i++) Assert.Equal("two no", Ask(proxy, "/x"));
        Assert.Equal("New version created: 1\n\n", Say("prepare map virt@m"));
        Say("add map @1 virt@m /y three");
        Assert.Equal("none no", Ask(proxy, "/y"));
        Say("commit map @1 virt@m");
        for (int i = 0; i < 8; i++) Assert.Equal("none no", Ask(proxy, "/x"));
        for (int i = 0; i < 8; i++) Assert.Equal("three no", Ask(proxy, "/y"));
        Say("clear map virt@m");
        Assert.Equal("none no", Ask(proxy, "/y"));
    }

    [Fact]
    public void Patterns_of_a_line_may_be_changed_too()
    {
        Proxy proxy = StartApi(HttpDefaults + """
            frontend fe
                bind <fe>
                acl known path -u 5 /a /b
                http-request return status 200 content-type text/plain string "yes" if known
                http-request return status 200 content-type text/plain string "no"
            """);
        Assert.Equal("yes", Ask(proxy, "/a"));
        Assert.Equal("no", Ask(proxy, "/c"));
        Say("add acl #5 /c");
        Say("del acl #5 /a");
        Assert.Equal("no", Ask(proxy, "/a"));
        Assert.Equal("yes", Ask(proxy, "/b"));
        Assert.Equal("yes", Ask(proxy, "/c"));
    }

    [Fact]
    public void Rules_change_lists_once_for_each_key()
    {
        Proxy proxy = StartLists();
        for (int i = 0; i < 3; i++) Ask(proxy, "/x?add");
        Assert.Equal("none yes", Ask(proxy, "/x"));
        Assert.Single(Say("show acl virt@l").Split('\n'), static line => line.EndsWith(" /x"));
        for (int i = 0; i < 3; i++) Ask(proxy, "/x?set=v" + i);
        Assert.Equal("v2 yes", Ask(proxy, "/x"));
        Assert.Single(Say("show map virt@m").Split('\n'), static line => line.EndsWith(" /x v2"));
        Ask(proxy, "/x?unset");
        Ask(proxy, "/x?del");
        Assert.Equal("none no", Ask(proxy, "/x"));
    }

    [Fact]
    public void Many_entries_in_one_connection()
    {
        Proxy proxy = StartLists();
        string lines = string.Concat(Enumerable.Range(0, 20_000).Select(static i => $"add map virt@m /n{i} v{i}\n"));
        Assert.Equal(20_000, Say("prompt i\n" + lines + "quit").Count(static c => c == '\n') - 1);
        Assert.Equal("v0 no", Ask(proxy, "/n0"));
        Assert.Equal("v19999 no", Ask(proxy, "/n19999"));
    }

    private Proxy StartLists() => StartApi(HttpDefaults + """
        frontend fe
            bind <fe>
            acl known path -f virt@l
            http-request add-acl(virt@l) %[path] if { query -m str add }
            http-request del-acl(virt@l) %[path] if { query -m str del }
            http-request set-map(virt@m) %[path] %[url_param(set)] if { url_param(set) -m found }
            http-request del-map(virt@m) %[path] if { query -m str unset }
            http-request return status 200 content-type text/plain lf-string "%[path,map(virt@m,none)] yes" if known
            http-request return status 200 content-type text/plain lf-string "%[path,map(virt@m,none)] no"
        """, "nbthread 2");

    private static string Ask(Proxy proxy, string target)
    {
        Wire client = proxy.Connect("fe");
        client.Send($"GET {target} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
        return client.ReadResponse().Text;
    }
}
