using System.Globalization;
using Tests.EndToEnd.Harness;
using Xunit;
using Xunit.Abstractions;

namespace Tests.EndToEnd;

/// <summary>Sessions and requests a second, told and limited.</summary>
public sealed class RateTests(ITestOutputHelper output) : AdminSocketTest(output)
{
    private static string Ask(Proxy proxy, string field)
    {
        using Wire client = proxy.Connect("fe");
        client.Send(Get());
        return client.ReadResponse()[field]!;
    }

    [Fact]
    public void Rates_are_those_of_the_last_second()
    {
        Proxy proxy = StartApi($$"""
            {{HttpDefaults}}
            frontend fe
                bind <fe>
                http-request return status 200 hdr x-rates "%[fe_sess_rate] %[fe_req_rate(fe)] %[be_sess_rate(be)] %[srv_sess_rate(be/s)]"
            backend be
                server s 127.0.0.1:1
            """);
        using Wire client = proxy.Connect("fe");
        client.Send(Get() + Get());
        Assert.Equal("1 1 0 0", client.ReadResponse()["x-rates"]);
        Assert.Equal("1 2 0 0", client.ReadResponse()["x-rates"]);
    }

    [Theory]
    [InlineData("", "rate-limit sessions 4", "")]
    [InlineData("maxconnrate 4", "", "")]
    [InlineData("maxsessrate 4", "", "")]
    [InlineData("", "", "set rate-limit sessions global 4")]
    public void Clients_beyond_a_rate_wait(string global, string frontend, string command)
    {
        Proxy proxy = StartApi($$"""
            {{HttpDefaults}}
            frontend fe
                bind <fe>
                {{frontend}}
                http-request return status 200 hdr x-ms "%[date(0,ms)]"
            """, $"nbthread 1\n{global}");
        if (command.Length > 0) Assert.Equal("\n", Say(command));
        long first = long.Parse(Ask(proxy, "x-ms"), CultureInfo.InvariantCulture);
        long last = first;
        for (int i = 0; i < 8; i++) last = long.Parse(Ask(proxy, "x-ms"), CultureInfo.InvariantCulture);
        Assert.True(last - first >= 900, $"nine sessions took {last - first} ms"); // four a second: the fifth waits for another
        Assert.Contains("RateLimit: 4", global.Length + command.Length > 0 ? Say("show info") : "RateLimit: 4");
    }
}
