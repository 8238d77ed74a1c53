using System.Globalization;
using System.Text;
using Tests.EndToEnd.Harness;
using Xunit;
using Xunit.Abstractions;

namespace Tests.EndToEnd;

/// <summary>
/// Keys of requests that choose servers (manual section 4.2, <c>balance</c>, <c>hash-type</c>). The expected servers are
/// those that HAProxy 3.5 gave to the same keys and weights.
/// </summary>
public sealed class HashBalanceTests(ITestOutputHelper output) : EndToEndTest(output)
{
    private static readonly string[] Weights = ["weight 1", "weight 3", "weight 2", "weight 5"];

    [Theory]
    [InlineData("map-based", "231323013132313230133013")]
    [InlineData("map-based djb2", "323132301301313231320131")]
    [InlineData("map-based wt6", "213302332133332211113333")]
    [InlineData("map-based crc32", "333311012013331010130120")]
    [InlineData("map-based djb2 avalanche", "311023333133321001132323")]
    [InlineData("consistent", "031231321331211333133112")]
    [InlineData("consistent djb2", "333333333322222222222222")]
    [InlineData("consistent wt6", "111111111133331133113333")]
    [InlineData("consistent crc32", "133113233313231313333123")]
    [InlineData("consistent djb2 avalanche", "133012333133133131332031")]
    public void A_path_keeps_its_server(string method, string servers) =>
        Assert.Equal(servers, Ask($"balance uri\nhash-type {method}", Weights, "/k{0}", "", 24));

    [Theory]
    [InlineData("balance uri", "/dir{0}/file", "")]
    [InlineData("balance uri whole", "/file?{0}", "")]
    [InlineData("balance uri len 5", "/abcd{0}", "!")]
    [InlineData("balance uri depth 1", "/same/{0}", "!")]
    [InlineData("balance uri", "/same?{0}", "!")]
    [InlineData("balance url_param id", "/x?a=1&id={0}", "")]
    [InlineData("balance url_param id", "/x?{0}&id=7", "!")]
    [InlineData("balance hdr(x-key)", "/{0}", "X-Key: same\r\n!")]
    [InlineData("balance hdr(X-Key) use_domain_only", "/", "X-Key: www{0}.same.com\r\n!")]
    [InlineData("balance hdr(X-Key) use_domain_only", "/", "X-Key: www.k{0}.com\r\n")]
    [InlineData("balance hash req.hdr(x-key)", "/", "X-Key: k{0}\r\n")]
    [InlineData("balance hash path", "/same", "X-Key: {0}\r\n!")]
    public void Only_the_key_counts(string balance, string path, string fields)
    {
        bool isSame = fields.EndsWith('!');
        string servers = Ask($"{balance}\nhash-type consistent", Weights, path, fields.TrimEnd('!'), 24);
        Assert.Equal(isSame, servers.Trim(servers[0]).Length == 0);
    }

    [Fact]
    public void Without_the_key_servers_take_turns() =>
        Assert.Equal("012012012", Ask("balance url_param id", ["", "", ""], "/{0}", "", 9));

    /// <summary><c>check_post</c>: the body counts where the query has no such parameter, and of a POST alone.</summary>
    [Theory]
    [InlineData("POST", "/", "a=1&id=k{0}", "023201010320313133323133")]
    [InlineData("POST", "/?id=k{0}", "id=7", "023201010320313133323133")]
    [InlineData("PUT", "/?id=k{0}", "id=7", "023201010320313133323133")]
    public void A_key_may_stand_in_the_body(string method, string path, string body, string servers)
    {
        const string balance = "balance url_param id check_post\nhash-type consistent";
        Assert.Equal(servers, Ask(balance, Weights, path, "", 24, method, body));
    }

    [Fact]
    public void The_body_of_other_methods_is_not_looked_into() =>
        Assert.Equal("012012", Ask("balance url_param id check_post", ["", "", ""], "/", "", 6, "PUT", "id=7"));

    [Fact]
    public void Keys_of_other_servers_stay_when_one_goes()
    {
        const string all = "031231321331211333133112";
        string[] servers = [Weights[0], Weights[1] + " disabled", Weights[2], Weights[3]];
        string without = Ask("balance uri\nhash-type consistent", servers, "/k{0}", "", 24);
        for (int i = 0; i < all.Length; i++)
            Assert.True(all[i] == '1' ? without[i] != '1' : without[i] == all[i], $"{all}\n{without}");
    }

    [Fact]
    public void Backups_take_over_the_table() =>
        Assert.DoesNotContain('0', Ask("balance uri\noption allbackups", ["disabled", "weight 2 backup", "backup"], "/k{0}", "", 12));

    /// <summary>The number of the server that each of so many requests over one connection went to.</summary>
    private string Ask(
        string backend, string[] servers, string path, string fields, int count, string method = "GET", string body = "")
    {
        StringBuilder text = new("defaults\n mode http\n timeout client 5s\n timeout server 5s\n timeout connect 5s\n");
        text.Append("frontend fe\n bind <fe>\n default_backend be\n");
        text.Append(CultureInfo.InvariantCulture, $"backend be\n {backend.Replace("\n", "\n ")}\n");
        text.Append(" http-reuse always\n http-response set-header x-srv %s\n");
        for (int i = 0; i < servers.Length; i++)
            text.Append(CultureInfo.InvariantCulture, $" server {i} <o> {servers[i]}\n");
        text.Append("frontend o\n bind <o>\n http-request return status 200\n");
        Proxy proxy = Start(text.ToString());
        Wire client = proxy.Connect("fe");
        StringBuilder chosen = new();
        for (int i = 0; i < count; i++)
        {
            string target = string.Format(CultureInfo.InvariantCulture, path, i);
            string more = string.Format(CultureInfo.InvariantCulture, fields, i);
            string form = string.Format(CultureInfo.InvariantCulture, body, i);
            if (method != "GET") more += $"Content-Length: {form.Length}\r\n";
            client.Send($"{method} {target} HTTP/1.1\r\nHost: x\r\n{more}\r\n");
            if (form.Length > 0) client.Send(form);
            chosen.Append(client.ReadResponse()["x-srv"]);
        }
        return chosen.ToString();
    }
}
