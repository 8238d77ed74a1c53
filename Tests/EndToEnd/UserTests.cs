using System;
using System.Text;
using Tests.EndToEnd.Harness;
using Xunit;
using Xunit.Abstractions;

namespace Tests.EndToEnd;

/// <summary>Lists of users: who is let in, and how the others are asked (manual section 12.1).</summary>
public sealed class UserTests(ITestOutputHelper output) : EndToEndTest(output)
{
    private const string Users = """
        userlist people
            group readers users ann
            group writers
            user ann password $5$saltsalt$0IyaXrmV7.sGNS6tirgqHLqX/G.FBvgkYA.lpPdS5sA
            user bob insecure-password clear groups writers
            user eve password x

        """;

    private static string As(string user, string password) =>
        "Authorization: Basic " + Convert.ToBase64String(Encoding.Latin1.GetBytes($"{user}:{password}"));

    [Theory]
    [InlineData("ann", "secret", 200)]
    [InlineData("ann", "Secret", 401)]
    [InlineData("ann", "", 401)]
    [InlineData("bob", "clear", 200)]
    [InlineData("bob", "clear ", 401)]
    [InlineData("eve", "x", 401)]
    [InlineData("nobody", "clear", 401)]
    public void Who_knows_the_password_is_let_in(string user, string password, int expected)
    {
        Proxy proxy = Start($$"""
            {{Users}}
            {{HttpDefaults}}
            frontend fe
                bind <fe>
                http-request auth unless { http_auth(people) }
                http-request return status 200 hdr User %[http_auth_user]
            """);
        Wire client = proxy.Connect("fe");
        client.Send(Get("/", As(user, password)));
        HttpMessage answer = client.ReadResponse();
        Assert.Equal(expected, answer.Status);
        if (expected == 200) Assert.Equal(user, answer["user"]);
    }

    [Theory]
    [InlineData("ann", "secret", 403)]
    [InlineData("bob", "clear", 200)]
    public void Groups_are_told_apart(string user, string password, int expected)
    {
        Proxy proxy = Start($$"""
            {{Users}}
            {{HttpDefaults}}
            frontend fe
                bind <fe>
                http-request deny unless { http_auth_group(people) writers }
                http-request return status 200
            """);
        Wire client = proxy.Connect("fe");
        client.Send(Get("/", As(user, password)));
        Assert.Equal(expected, client.ReadResponse().Status);
    }

    [Theory]
    [InlineData("Authorization: Basic")]
    [InlineData("Authorization: Basic !!!!")]
    [InlineData("Authorization: Basic YW5u")]
    [InlineData("Authorization: Bearer YW5uOnNlY3JldA==")]
    [InlineData("Authorization: Basic AAAA")]
    [InlineData("X-Nothing: 1")]
    public void The_others_are_asked_with_the_realm(string field)
    {
        Proxy proxy = Start($$"""
            {{Users}}
            {{HttpDefaults}}
            frontend fe
                bind <fe>
                http-request auth realm "the inner room" if { path /realm } !{ http_auth(people) }
                http-request auth unless { http_auth(people) }
            """);
        Wire client = proxy.Connect("fe");
        client.Send(Get("/", field));
        Assert.Equal("Basic realm=\"fe\"", client.ReadResponse()["www-authenticate"]);
        client.Send(Get("/realm", field));
        HttpMessage answer = client.ReadResponse();
        Assert.Equal(401, answer.Status);
        Assert.Equal("Basic realm=\"the inner room\"", answer["www-authenticate"]);
        client.Send(Request("HEAD", "/realm", field));
        Assert.Equal(401, client.ReadResponse(toHead: true).Status);
    }
}
