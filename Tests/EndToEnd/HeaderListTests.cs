using Tests.EndToEnd.Harness;
using Xunit;
using Xunit.Abstractions;

namespace Tests.EndToEnd;

/// <summary>req.hdrs_bin and res.hdrs_bin: all fields of a message as one binary list.</summary>
public sealed class HeaderListTests(ITestOutputHelper output) : EndToEndTest(output)
{
    [Theory]
    [InlineData(0, "00")]
    [InlineData(1, "01")]
    [InlineData(239, "EF")]
    [InlineData(240, "F000")]
    [InlineData(300, "FC03")]
    [InlineData(2287, "FF7F")]
    [InlineData(2288, "F08000")]
    public void Names_are_in_small_letters_and_lengths_as_in_SPOE(int length, string encoded)
    {
        Proxy proxy = Start($"""
            {HttpDefaults}
            frontend fe
                bind <fe>
                http-request return status 200 content-type text/plain lf-string %[req.hdrs_bin,hex]
            """);
        Wire client = proxy.Connect("fe");
        client.Send($"GET / HTTP/1.1\r\nHost: z\r\nX-Value: {new string('v', length)}\r\n\r\n");
        string value = string.Concat(System.Linq.Enumerable.Repeat("76", length));
        Assert.Equal($"04686F7374017A07782D76616C7565{encoded}{value}0000", client.ReadResponse().Text);
    }

    [Fact]
    public void What_rules_removed_is_not_listed_and_what_they_added_is()
    {
        Proxy proxy = Start($"""
            {HttpDefaults}
            frontend fe
                bind <fe>
                http-request del-header x-value
                http-request set-header b c
                http-request return status 200 content-type text/plain lf-string %[req.hdrs_bin,hex]
            """);
        Wire client = proxy.Connect("fe");
        client.Send("GET / HTTP/1.1\r\nHost: z\r\nX-Value: v\r\n\r\n");
        Assert.Equal("04686F7374017A016201630000", client.ReadResponse().Text);
    }

    [Fact]
    public void Answers_have_one_too()
    {
        Origin origin = NewOrigin();
        Proxy proxy = Start(Simple(origin, "http-response set-header x-list %[res.hdrs_bin,hex]"));
        Wire client = proxy.Connect("fe");
        client.Send(Get());
        Wire server = origin.Accept();
        server.ReadRequest();
        server.Send("HTTP/1.1 200 OK\r\nAge: 1\r\nContent-Length: 2\r\n\r\nok");
        Assert.Equal("036167650131" + "0E636F6E74656E742D6C656E6774680132" + "0000", client.ReadResponse()["x-list"]);
    }

    [Fact]
    public void It_takes_no_argument()
    {
        string path = Bench.WriteFile(
            "bad.cfg", $"{HttpDefaults}\nfrontend fe\n    http-request set-header a %[req.hdrs_bin(x)]\n");
        ProgramResult result = Bench.Run("-c", "-f", path);
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("fetch method 'req.hdrs_bin' : expected ')' before 'x)]'", result.Errors);
    }
}
