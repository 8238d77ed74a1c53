using System.IO;
using System.Net.Sockets;
using System.Text;
using Tests.EndToEnd.Harness;
using Xunit.Abstractions;

namespace Tests.EndToEnd;

/// <summary>What tests share that speak to the statistics socket.</summary>
public abstract class AdminSocketTest(ITestOutputHelper output) : EndToEndTest(output)
{
    protected string SocketPath => Path.Combine(Bench.Directory, "api");

    /// <summary>Starts with an admin socket and more lines for the global section.</summary>
    protected Proxy StartApi(string configuration, string global = "") =>
        Start($"global\nlog stdout format raw local0\nstats socket <dir>/api level admin\n{global}\n" + configuration);

    /// <summary>What a connection answers to a line until it is closed.</summary>
    protected string Say(string command)
    {
        using Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Connect(new UnixDomainSocketEndPoint(SocketPath));
        socket.Send(Encoding.Latin1.GetBytes(command + "\n"));
        using MemoryStream answer = new();
        byte[] part = new byte[65536];
        for (int count; (count = socket.Receive(part)) > 0;) answer.Write(part, 0, count);
        return Encoding.Latin1.GetString(answer.ToArray());
    }
}
