using System.Net;
using Tests.EndToEnd.Harness;
using Xunit;
using Xunit.Abstractions;

namespace Tests.EndToEnd;

/// <summary><c>persist rdp-cookie</c>: the token that a client of a remote desktop brings names its server.</summary>
public sealed class ServerTokenTests(ITestOutputHelper output) : EndToEndTest(output)
{
    [Theory]
    [InlineData("persist rdp-cookie", "msts", true)]
    [InlineData("persist rdp-cookie(own)", "own", true)]
    [InlineData("persist rdp-cookie(own)", "msts", false)]
    [InlineData("persist rdp-cookie\nuse-server a if TRUE", "msts", false)]
    [InlineData("persist rdp-cookie\nignore-persist if TRUE", "msts", true)]
    public void The_server_of_the_token_gets_the_client(string lines, string cookie, bool isNamed)
    {
        Origin[] origins = [NewOrigin("a"), NewOrigin("b")];
        Proxy proxy = Start($"""
            {TcpDefaults}
            listen fe
                bind <fe>
                balance first
                {lines.Replace("\n", "\n    ")}
                tcp-request inspect-delay 5s
                tcp-request content accept if RDP_COOKIE
                server a {origins[0].Address}
                server b {origins[1].Address}
            """);
        ushort port = (ushort)IPAddress.HostToNetworkOrder((short)origins[1].Port);
        foreach ((string token, Origin expected) in new[]
        {
            ($"16777343.{port}.0000", origins[isNamed ? 1 : 0]), // 127.0.0.1
            ($"33554559.{port}.0000", origins[0]), // 127.0.0.2, where no server is
            ("nobody", origins[0]),
        })
        {
            string text = $"Cookie: {cookie}={token}\r\n";
            Wire client = proxy.Connect("fe");
            client.Send($"\x03\0\0{(char)(text.Length + 11)}{(char)(text.Length + 6)}\xe0\0\0\0\0\0{text}");
            expected.Accept();
        }
    }
}
