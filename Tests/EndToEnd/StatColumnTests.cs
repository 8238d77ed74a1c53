using System.Collections.Generic;
using System.Threading;
using Tests.EndToEnd.Harness;
using Xunit;
using Xunit.Abstractions;

namespace Tests.EndToEnd;

/// <summary>What requests of several fates add to the columns of <c>show stat</c>.</summary>
public sealed class StatColumnTests(ITestOutputHelper output) : AdminSocketTest(output)
{
    private Proxy StartFates() => StartApi($$"""
        {{HttpDefaults}}
        frontend fe
            bind <fe>
            http-request deny if { path /deny }
            http-request return status 204 if { path /return }
            http-request redirect location /x if { path /redirect }
            use_backend dead if { path /dead }
            use_backend denies if { path /denies }
            default_backend be
        backend be
            balance roundrobin
            cookie SRV insert
            server s1 <origin> cookie one
        backend dead
        backend denies
            http-request deny
            server s1 <origin>
        frontend origin
            bind <origin>
            http-request return status 200
        listen tcp
            mode tcp
            bind <tcp>
            server s1 <origin>
        """);

    private Dictionary<string, string> Line(string proxy, string name)
    {
        string[] lines = Say("show stat").Split('\n');
        string[] columns = lines[0][2..].Split(',');
        string[] values = System.Array.Find(lines, line => line.StartsWith($"{proxy},{name},", System.StringComparison.Ordinal))!.Split(',');
        Dictionary<string, string> found = [];
        for (int i = 0; i < columns.Length; i++) found[columns[i]] = values[i];
        return found;
    }

    /// <summary>What is counted when a stream has ended may come a moment behind the answer.</summary>
    private void Expect(string proxy, string name, params (string Column, string Value)[] expected)
    {
        foreach ((string column, string value) in expected)
        {
            string text = $"{proxy}/{name} {column} {value}";
            string found = "";
            SpinWait.SpinUntil(() => (found = $"{proxy}/{name} {column} {Line(proxy, name)[column]}") == text, 5000);
            Assert.Equal(text, found);
        }
    }

    private static int Ask(Proxy proxy, string path, params string[] fields)
    {
        using Wire client = proxy.Connect("fe");
        client.Send(Get(path, fields));
        return client.ReadResponse().Status;
    }

    [Fact]
    public void Requests_are_counted_where_they_end()
    {
        Proxy proxy = StartFates();
        Assert.Equal(200, Ask(proxy, "/"));
        Assert.Equal(200, Ask(proxy, "/", "Cookie: SRV=one"));
        Assert.Equal(403, Ask(proxy, "/deny"));
        Assert.Equal(204, Ask(proxy, "/return"));
        Assert.Equal(302, Ask(proxy, "/redirect"));
        Assert.Equal(503, Ask(proxy, "/dead"));
        Assert.Equal(403, Ask(proxy, "/denies"));
        using (Wire client = proxy.Connect("fe"))
        {
            client.Send("GARBAGE\r\n\r\n");
            Assert.Equal(400, client.ReadResponse().Status);
        }
        using (Wire client = proxy.Connect("tcp"))
        {
            client.Send(Get("/"));
            Assert.Equal(200, client.ReadResponse().Status);
        }
        Expect("fe", "FRONTEND", ("req_tot", "8"), ("h1req", "8"), ("intercepted", "2"), ("dreq", "2"), ("ereq", "1"),
            ("hrsp_2xx", "3"), ("hrsp_3xx", "1"), ("hrsp_4xx", "3"), ("hrsp_5xx", "1"), ("sess_other", "0"), ("h1sess", "8"));
        Expect("be", "s1", ("stot", "2"), ("lbtot", "1"), ("req_tot", "2"), ("hrsp_2xx", "2"), ("cookie", "one"));
        Expect("be", "BACKEND", ("stot", "2"), ("lbtot", "1"), ("req_tot", "2"), ("hrsp_2xx", "2"), ("cookie", "SRV"));
        Expect("dead", "BACKEND", ("stot", "1"), ("lbtot", "0"), ("req_tot", "1"), ("hrsp_5xx", "1"), ("cookie", ""));
        Expect("denies", "BACKEND", ("dreq", "1"), ("req_tot", "1"), ("hrsp_4xx", "1"));
        Expect("origin", "FRONTEND", ("intercepted", "3"));
        Expect("tcp", "FRONTEND", ("sess_other", "1"), ("req_tot", "0"));
        Say("unpublish backend dead");
        Expect("dead", "BACKEND", ("status", "UP (UNPUB)"));
    }
}
