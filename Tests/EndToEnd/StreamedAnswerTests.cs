using System.IO;
using System.Net.Sockets;
using System.Text;
using Tests.EndToEnd.Harness;
using Xunit;
using Xunit.Abstractions;

namespace Tests.EndToEnd;

/// <summary>Answers about many servers: made a part at a time, as the peer takes them.</summary>
public sealed class StreamedAnswerTests(ITestOutputHelper output) : AdminSocketTest(output)
{
    private const int Servers = 5000;

    private Proxy StartMany() => StartApi($$"""
        {{HttpDefaults}}
        frontend fe
            bind <fe>
            default_backend be
        backend be
            server-template s 1-{{Servers}} 127.0.0.1:1 disabled
        """);

    [Theory]
    [InlineData("show stat be 4 -1", 1, ",s5000,")]
    [InlineData("show stat be 4 -1 typed", 0, ".svname.1:KNSV:str:s5000")]
    [InlineData("show servers state be", 2, " s5000 ")]
    [InlineData("show servers conn be", 1, "/s5000 ")]
    public void Commands_of_others_come_between_the_parts(string command, int headers, string last)
    {
        StartMany();
        string whole = Say(command);
        Assert.Contains(last, whole);
        if (!command.EndsWith("typed"))
            Assert.Equal(Servers + headers + 2, whole.Split('\n').Length);

        using Socket slow = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        slow.Connect(new UnixDomainSocketEndPoint(SocketPath));
        slow.Send(Encoding.Latin1.GetBytes($"{command};echo behind\n"));
        byte[] part = new byte[1000];
        int first = slow.Receive(part); // it has begun, and its socket is full long before the end
        Assert.Equal("Server deleted.\n\n", Say("del server be/s5000"));
        Assert.Equal("New server registered.\n\n", Say("add server be/t1 127.0.0.1:1"));

        using MemoryStream answer = new();
        answer.Write(part, 0, first);
        for (int count; (count = slow.Receive(part)) > 0;) answer.Write(part, 0, count);
        string text = Encoding.Latin1.GetString(answer.ToArray());
        Assert.Contains(last.Replace("5000", "4999"), text);
        Assert.DoesNotContain(last, text);
        Assert.EndsWith("\n\nbehind\n\n", text);
    }

    [Fact]
    public void A_peer_that_leaves_in_the_middle_is_forgotten()
    {
        StartMany();
        for (int i = 0; i < 20; i++)
        {
            using Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            socket.Connect(new UnixDomainSocketEndPoint(SocketPath));
            socket.Send("show stat\n"u8);
            socket.Receive(new byte[100]);
        }
        Assert.Contains("\nCurrConns: 0\n", Say("show info"));
        Assert.StartsWith("[[{", Say("show stat json"));
    }
}
