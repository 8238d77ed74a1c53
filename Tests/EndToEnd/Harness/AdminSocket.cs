using System;
using System.IO;
using System.Linq;
using System.Net.Sockets;
using System.Text;

namespace Tests.EndToEnd.Harness;

/// <summary>The statistics socket of a program under test, <c>&lt;dir&gt;/cli</c>: a connection for each command.</summary>
public sealed class AdminSocket(Proxy proxy)
{
    private readonly string path = Path.Combine(proxy.Directory, "cli");

    public string Say(string command)
    {
        proxy.WaitUntil(() => File.Exists(path), "the statistics socket is there");
        using Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Connect(new UnixDomainSocketEndPoint(path));
        socket.Send(Encoding.ASCII.GetBytes(command + "\n"));
        using MemoryStream answer = new();
        byte[] part = new byte[65536];
        for (int count; (count = socket.Receive(part)) > 0;) answer.Write(part, 0, count);
        return Encoding.Latin1.GetString(answer.ToArray());
    }

    /// <summary>A value of <c>show stat</c>.</summary>
    public string Stat(string proxyName, string name, string column)
    {
        string[] lines = Say("show stat").Split('\n');
        int place = Array.IndexOf(lines[0].TrimStart('#', ' ').Split(','), column);
        return lines.Single(line => line.StartsWith($"{proxyName},{name},", StringComparison.Ordinal)).Split(',')[place];
    }

    public void WaitForStat(string proxyName, string name, string column, string value) =>
        proxy.WaitUntil(() => Stat(proxyName, name, column) == value, $"{column} of {proxyName}/{name} is {value}");
}
