using System.Text;
using Engine.Systems.Persist;
using Xunit;

namespace Tests.Systems.Persist;

public sealed class ReadServerTokenTests
{
    [Theory]
    [InlineData("16777343.15629.0000", 0x0100007Fu, 3389)]
    [InlineData("4294967295.65535.", 0xFFFFFFFFu, 65535)]
    [InlineData("0.0.x", 0u, 0)]
    public void A_token_tells_address_and_port(string token, uint address, int port)
    {
        Assert.True(ReadServerToken.TryRead(Encoding.ASCII.GetBytes(token), out uint found, out ushort at));
        Assert.Equal((address, port), (found, at));
    }

    [Theory]
    [InlineData("")]
    [InlineData("abc")]
    [InlineData("16777343")]
    [InlineData("16777343.")]
    [InlineData("16777343.15629")]
    [InlineData("16777343.65536.0000")]
    [InlineData("4294967296.1.0000")]
    [InlineData("-1.1.0000")]
    [InlineData("1..0000")]
    public void What_is_no_token_tells_nothing(string token) =>
        Assert.False(ReadServerToken.TryRead(Encoding.ASCII.GetBytes(token), out _, out _));
}
