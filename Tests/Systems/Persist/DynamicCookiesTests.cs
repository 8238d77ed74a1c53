using Engine.Data.Configuration;
using Engine.Data.Kernel;
using Engine.Data.Messages;
using Engine.Systems.Persist;
using Xunit;

namespace Tests.Systems.Persist;

/// <summary>Cookies made from the addresses of servers: the values are those that HAProxy 3.5 was seen to give.</summary>
public sealed class DynamicCookiesTests
{
    [Theory]
    [InlineData("abc", 21000, "9179cd4f9cae627b")]
    [InlineData("abc", 21001, "dd5f5c3a6f692831")]
    [InlineData("zz", 21000, "ed7eddfad365bd5f")]
    [InlineData("zz", 21001, "6a0b42add3ee29bc")]
    public void Values_are_those_of_every_balancer_with_the_same_key(string key, ushort port, string value) =>
        Assert.Equal(value, DynamicCookies.Value(key, Local(port)));

    [Fact]
    public void A_value_follows_the_key_and_one_of_the_server_line_is_kept()
    {
        Proxy backend = new() { DynamicCookies = true };
        Server made = new();
        Server named = new() { Cookie = ByteView.Literal("mine") };
        Renew(backend, made, named);
        Assert.True(made.Cookie.IsEmpty);
        backend.DynamicCookieKey = "abc";
        Renew(backend, made, named);
        Assert.Equal("9179cd4f9cae627b", made.Cookie.ToString());
        Assert.Equal("mine", named.Cookie.ToString());
        backend.DynamicCookies = false;
        Renew(backend, made, named);
        Assert.True(made.Cookie.IsEmpty);
        Assert.Equal("mine", named.Cookie.ToString());
    }

    private static void Renew(Proxy backend, params Server[] servers)
    {
        foreach (Server server in servers) DynamicCookies.Renew(backend, server, Local(21000));
    }

    private static SocketAddress Local(ushort port) => SocketAddress.Inet([127, 0, 0, 1], port);
}
