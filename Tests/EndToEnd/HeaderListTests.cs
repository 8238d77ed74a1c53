using System.Linq;
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

    [Theory]
    [InlineData("set-headers-bin var(txn.h)", "host: z|x: 2|y: 3|xy: 4")]
    [InlineData("add-headers-bin var(txn.h)", "host: z|y: 3|xy: 4|x: new|host: z|x: 1|x: 2|y: 3|xy: 4")]
    [InlineData("set-headers-bin var(txn.h) prefix x", "host: z|y: 3|x: 2|xy: 4")]
    [InlineData("set-headers-bin var(txn.h) prefix X", "host: z|y: 3|xy: 4|x: new")]
    [InlineData("set-headers-bin bin(0141000158017a0000)", "host: z|y: 3|xy: 4|a: |x: z")]
    [InlineData("set-headers-bin var(txn.none)", "host: z|y: 3|xy: 4|x: new")]
    [InlineData("set-headers-bin bin(01610162)", null)]
    [InlineData("set-headers-bin bin(0161056200)", null)]
    [InlineData("set-headers-bin bin(0161010a0000)", null)]
    [InlineData("set-headers-bin bin(036120620162000000)", null)]
    [InlineData("add-headers-bin str(x)", null)]
    [InlineData("del-headers-bin bin(0158017900)", "host: z|xy: 4")]
    [InlineData("del-headers-bin bin(017800) -m beg", "host: z|y: 3")]
    [InlineData("del-headers-bin bin(017900) -m end", "host: z|x: new")]
    [InlineData("del-headers-bin bin(016f00) -m sub", "y: 3|xy: 4|x: new")]
    [InlineData("del-headers-bin bin(0178)", null)]
    [InlineData("del-headers-bin var(txn.none)", "host: z|y: 3|xy: 4|x: new")]
    public void Rules_set_add_and_remove_the_fields_of_a_list(string rule, string? fields)
    {
        AnsweringOrigin origin = NewAnsweringOrigin();
        Proxy proxy = Start(Simple(origin, $"""
            http-request set-var(txn.h) req.hdrs_bin
            http-request set-header x new
            http-request {rule}
            """));
        Wire client = proxy.Connect("fe");
        client.Send("GET / HTTP/1.1\r\nHost: z\r\nX: 1\r\nx: 2\r\ny: 3\r\nxy: 4\r\n\r\n");
        Assert.Equal(fields is null ? 500 : 200, client.ReadResponse().Status);
        if (fields is null) Assert.Equal(0, origin.RequestCount);
        else Assert.Equal(fields, string.Join('|', origin.Requests[0].Request.Fields.Select(f => $"{f.Key}: {f.Value}")));
    }

    [Fact]
    public void Fields_of_answers_are_set_so_too()
    {
        AnsweringOrigin origin = NewAnsweringOrigin();
        Proxy proxy = Start(Simple(origin, """
            http-response set-headers-bin bin(0372657301310000)
            http-after-response add-headers-bin bin(01610132016101330162013400000000) prefix a
            http-after-response del-headers-bin bin(02726500) -m beg
            """));
        HttpMessage answer = proxy.Connect("fe").Send(Get()).ReadResponse();
        Assert.Equal(["2", "3"], answer.All("a"));
        Assert.Null(answer["b"]);
        Assert.Null(answer["res"]);
    }
}
