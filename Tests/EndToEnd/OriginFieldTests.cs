using Tests.EndToEnd.Harness;
using Xunit;
using Xunit.Abstractions;

namespace Tests.EndToEnd;

/// <summary>Fields that tell servers where a request came from, names of fields, and backends chosen by name.</summary>
public sealed class OriginFieldTests(ITestOutputHelper output) : EndToEndTest(output)
{
    [Theory]
    [InlineData("option originalto", "", "x-original-to", "127.0.0.1")]
    [InlineData("option originalto header X-To", "", "x-to", "127.0.0.1")]
    [InlineData("option originalto except 127.0.0.0/8", "", "x-original-to", null)]
    [InlineData("", "option forwarded", "forwarded", "proto=http;for=127.0.0.1")]
    [InlineData("", "option forwarded proto host by for", "forwarded", "proto=http;host=\"h\";by=127.0.0.1;for=127.0.0.1")]
    [InlineData("", "option forwarded for for_port", "forwarded", "for=\"127.0.0.1:PORT\"")]
    [InlineData("", "option forwarded\nno option forwarded", "forwarded", null)]
    [InlineData("", "option forwarded host-expr str(a.b:80) by-expr ipv6(::1) for-expr str(_h.x) for_port-expr str(99999)", "forwarded", "host=\"a.b:80\";by=\"[::1]\";for=\"_h.x:_99999\"")]
    [InlineData("", "option forwarded host-expr str(a_b) by-expr str(1.2.3.4) for-expr str(name) for_port-expr int(80)", "forwarded", "host=\"\";by=1.2.3.4;for=\"_name:80\"")]
    [InlineData("", "option forwarded for-expr str(1.2.3.4:5) by-expr str(unknown) by_port-expr req.hdr(none)", "forwarded", "by=\"unknown\";for=unknown")]
    [InlineData("", "option forwarded proto for for-expr req.hdr(none) by-expr str([::1]) by", "forwarded", "proto=http;by=127.0.0.1;for=unknown")]
    [InlineData("option forwardfor if-none header X-F", "", "x-f", "127.0.0.1")]
    public void Servers_are_told_where_a_request_came_from(string frontend, string backend, string field, string? value)
    {
        AnsweringOrigin origin = NewAnsweringOrigin();
        Proxy proxy = Start(Simple(origin, frontend, backend));
        Wire client = proxy.Connect("fe");
        client.Send(Get()).ReadResponse();
        Assert.Equal(value?.Replace("PORT", $"{client.LocalPort}"), origin.Requests[0].Request[field]);
    }

    [Theory]
    [InlineData("delete", 200, null)]
    [InlineData("preserve", 200, "1")]
    [InlineData("reject", 403, null)]
    public void Odd_names_of_fields_are_restricted(string what, int status, string? value)
    {
        AnsweringOrigin origin = NewAnsweringOrigin();
        Proxy proxy = Start(Simple(origin, $"option http-restrict-req-hdr-names {what}"));
        Wire client = proxy.Connect("fe");
        Assert.Equal(status, client.Send(Get("/", "X_Y: 1", "X-Z: 2")).ReadResponse().Status);
        Assert.Equal(200, client.Send(Get("/", "X-Z: 2")).ReadResponse().Status);
        if (status == 200) Assert.Equal(value, origin.Requests[0].Request["x_y"]);
        Assert.Equal("2", origin.Requests[^1].Request["x-z"]);
    }

    [Theory]
    [InlineData("/one", "one")]
    [InlineData("/two", "two")]
    [InlineData("/three", "main")]
    [InlineData("/", "main")]
    public void A_backend_is_chosen_by_a_name_that_is_made(string target, string backend)
    {
        AnsweringOrigin origin = NewAnsweringOrigin();
        Proxy proxy = Start(HttpDefaults + $"""
            frontend fe
                bind <fe>
                use_backend be_%[path,word(1,/)] unless {"{"} path / {"}"}
                default_backend be_main
            backend be_main
                http-request set-header x-be main
                server s1 {origin.Address}
            backend be_one
                http-request set-header x-be one
                server s1 {origin.Address}
            backend be_two
                http-request set-header x-be two
                server s1 {origin.Address}

            """);
        proxy.Connect("fe").Send(Get(target)).ReadResponse();
        Assert.Equal(backend, origin.Requests[0].Request["x-be"]);
    }

    [Fact]
    public void Without_a_default_a_name_of_no_backend_is_503()
    {
        Proxy proxy = Start(HttpDefaults + """
            frontend fe
                bind <fe>
                use_backend be_%[path,word(1,/)]

            """);
        Assert.Equal(503, proxy.Connect("fe").Send(Get("/x")).ReadResponse().Status);
    }
}
