using System;
using System.Linq;
using System.Text;
using Tests.EndToEnd.Harness;
using Xunit;

namespace Tests.EndToEnd;

/// <summary>One anonymous ACL for each case, all in one proxy: a match goes to one backend, the rest to another.</summary>
[Trait("Category", "EndToEnd")]
public sealed class AclTests(AclTests.Run run) : IClassFixture<AclTests.Run>
{
    private static readonly (string Acl, string Method, string Target, string Fields, bool Matches)[] cases =
    [
        ("path /x", "GET", "/x", "", true),
        ("path /x", "GET", "/x?q=1", "", true),
        ("path /x", "GET", "/x/", "", false),
        ("path /x", "GET", "/X", "", false),
        ("path -i /x", "GET", "/X", "", true),
        ("path /x /y", "GET", "/y", "", true),
        ("path_beg /api/", "GET", "/api/v1", "", true),
        ("path_beg /api/", "GET", "/ap", "", false),
        ("path_beg /a", "GET", "http://h/abc?d", "", true),
        ("method GET", "GET", "/", "", true),
        ("method GET", "HEAD", "/", "", false),
        ("method POST PUT", "PUT", "/", "", true),
        ("method PURGE", "PURGE", "/", "", true),
        ("method get", "GET", "/", "", false),
        ("hdr(x-a) one", "GET", "/", "X-A: one", true),
        ("hdr(X-A) one", "GET", "/", "x-a: one", true),
        ("hdr(x-a) one", "GET", "/", "X-A: two, one", true),
        ("hdr(x-a) one", "GET", "/", "X-A: two\r\nX-A: one", true),
        ("hdr(x-a) one", "GET", "/", "X-A: onetwo", false),
        ("hdr(x-a) one", "GET", "/", "", false),
        ("hdr(x-a,1) one", "GET", "/", "X-A: one, two", true),
        ("hdr(x-a,2) one", "GET", "/", "X-A: one, two", false),
        ("hdr(x-a,-1) two", "GET", "/", "X-A: one, two", true),
        ("hdr(host) h", "GET", "/", "", true),
        ("hdr(host) -i H", "GET", "/", "", true),
        ("src 127.0.0.1", "GET", "/", "", true),
        ("src 127.0.0.0/8", "GET", "/", "", true),
        ("src 10.0.0.0/8 192.168.0.0/16", "GET", "/", "", false),
        ("dst_port <port:acl{n}>", "GET", "/", "", true),
        ("dst_port lt 1024", "GET", "/", "", false),
        ("dst_port ge 1024", "GET", "/", "", true),
        ("dst_port 1024:65535", "GET", "/", "", true),
    ];

    /// <summary>The proxy that holds a frontend for each case.</summary>
    public sealed class Run : IDisposable
    {
        private readonly Bench bench = new();

        public Run()
        {
            StringBuilder configuration = new("""
                defaults
                    mode http
                    timeout connect 2s
                    timeout client 8s
                    timeout server 8s
                backend yes
                    http-request return status 200 content-type text/plain string yes
                backend no
                    http-request return status 200 content-type text/plain string other

                """);
            for (int i = 0; i < cases.Length; i++)
            {
                configuration.Append($$"""
                    frontend acl{{i}}
                        bind <acl{{i}}>
                        use_backend yes if { {{cases[i].Acl.Replace("{n}", $"{i}", StringComparison.Ordinal)}} }
                        default_backend no

                    """);
            }
            Proxy = bench.Start(configuration.ToString());
        }

        public Proxy Proxy { get; }

        public void Dispose() => bench.Dispose();
    }

    public static TheoryData<string, string, bool> Cases
    {
        get
        {
            TheoryData<string, string, bool> data = [];
            foreach ((string acl, string method, string target, string fields, bool matches) in cases)
                data.Add(acl, $"{method} {target} {fields}", matches);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Matches(string acl, string request, bool matches)
    {
        int number = Array.FindIndex(cases, c => c.Acl == acl && $"{c.Method} {c.Target} {c.Fields}" == request);
        (string _, string method, string target, string fields, bool _) = cases[number];
        using Wire client = run.Proxy.Connect($"acl{number}");
        client.Send($"{method} {target} HTTP/1.1\r\nHost: h\r\n{(fields.Length > 0 ? fields + "\r\n" : "")}\r\n");
        HttpMessage response = client.ReadResponse(toHead: method == "HEAD");
        string expected = matches ? "yes" : "other";
        // The length tells as much as the body, which HEAD leaves out.
        Assert.Equal(
            ($"{expected.Length}", method == "HEAD" ? "" : expected), (response["content-length"], response.Text));
    }
}
