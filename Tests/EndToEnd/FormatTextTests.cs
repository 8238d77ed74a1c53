using Tests.EndToEnd.Harness;
using Xunit;
using Xunit.Abstractions;

namespace Tests.EndToEnd;

/// <summary>What becomes of control bytes in texts made of formats, and the server's name in a field.</summary>
public sealed class FormatTextTests(ITestOutputHelper output) : EndToEndTest(output)
{
    [Fact]
    public void Bodies_and_variables_keep_their_bytes_and_fields_do_not()
    {
        Proxy proxy = Start($$"""
            {{HttpDefaults}}
            frontend fe
                bind <fe>
                http-request set-var-fmt(txn.v) "x%[bin(610D0A7F62)]y"
                http-request return status 200 content-type text/plain lf-string "%[bin(610D0A7F62)]|%[req.hdrs]" hdr x-var %[var(txn.v),hex] hdr x-field %[bin(610D0A7F62)]
            """);
        using Wire client = proxy.Connect("fe");
        client.Send(Request("GET", "/", "Host: h"));
        HttpMessage answer = client.ReadResponse();
        Assert.Equal("a\r\n\u007Fb|host: h\r\n\r\n", answer.Text);
        Assert.Equal("78610D0A7F6279", answer["x-var"]);
        Assert.Equal("a%0D%0A%7Fb", answer["x-field"]);
    }

    [Fact]
    public void Servers_are_told_their_names()
    {
        Proxy proxy = Start($$"""
            {{HttpDefaults}}
            frontend fe
                bind <fe>
                default_backend be
            backend be
                http-send-name-header X-Srv
                server sname <origin>
            frontend origin
                bind <origin>
                http-request return status 200 hdr x-seen "%[req.fhdr(x-srv)] %[req.fhdr_cnt(x-srv)]"
            """);
        using Wire client = proxy.Connect("fe");
        client.Send(Request("GET", "/", "Host: h\r\nX-Srv: other\r\nx-SRV: more"));
        Assert.Equal("sname 1", client.ReadResponse()["x-seen"]);
    }
}
