using System;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Xunit;

namespace Tests.EndToEnd.Harness;

/// <summary>
/// A client that sends early data: the <c>openssl</c> program, for .NET's own cannot. Where it is missing, the test is
/// skipped.
/// </summary>
public sealed class EarlyClient(Bench bench, string protocol = "http/1.1")
{
    private const int ApplicationData = 23;
    private const int RecordHead = 5;

    private readonly string session = bench.WriteFile($"session-{Guid.NewGuid():N}.pem", "");

    /// <summary>Asks once, and keeps the session. The answer.</summary>
    public string Begin(int port, string request) => Run(port, request, "-sess_out", session);

    /// <summary>Resumes the session with a request as early data, and says the rest behind the handshake.</summary>
    public string Resume(int port, string early, string rest = "") => Run(port, rest, Resumption(early));

    /// <summary>
    /// What a client that resumes the session says before anybody answered it: whoever sees it can say it again, and no
    /// more than that.
    /// </summary>
    public byte[] FirstFlight(string early)
    {
        using Socket listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(1);
        using Process client = Start(((IPEndPoint)listener.LocalEndPoint!).Port, Resumption(early));
        using Socket socket = listener.Accept();
        socket.ReceiveTimeout = 5_000;
        byte[] flight = new byte[64 * 1024];
        int length = 0;
        for (int at = 0, kind = 0; kind != ApplicationData;)
        {
            while (length < at + RecordHead) length += Receive(socket, flight, length);
            kind = flight[at];
            at += RecordHead + (flight[at + 3] << 8 | flight[at + 4]);
            while (length < at) length += Receive(socket, flight, length);
        }
        client.Kill();
        return flight[..length];
    }

    private static int Receive(Socket socket, byte[] target, int at)
    {
        int count = socket.Receive(target, at, target.Length - at, SocketFlags.None);
        Assert.True(count > 0, "the client ended within its first flight");
        return count;
    }

    private string[] Resumption(string early) =>
        ["-sess_in", session, "-early_data", bench.WriteFile($"early-{Guid.NewGuid():N}", early)];

    private string Run(int port, string input, params string[] arguments)
    {
        using Process client = Start(port, arguments);
        client.StandardInput.Write(input);
        client.StandardInput.Close();
        string answer = client.StandardOutput.ReadToEnd();
        client.WaitForExit();
        return answer;
    }

    private Process Start(int port, params string[] arguments)
    {
        string? program = ProgramUnderTest.Find("openssl");
        Skip.If(program is null && !ProgramUnderTest.Required, "openssl is not installed");
        ProcessStartInfo start = new(program ?? "openssl")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = Encoding.Latin1,
            StandardOutputEncoding = Encoding.Latin1,
        };
        string[] all = ["s_client", "-connect", $"127.0.0.1:{port}", "-servername", "a.test", "-tls1_3", "-alpn", protocol,
            "-ign_eof", .. arguments];
        foreach (string argument in all) start.ArgumentList.Add(argument);
        Process process = Process.Start(start)!;
        process.ErrorDataReceived += static (_, _) => { };
        process.BeginErrorReadLine();
        return process;
    }
}
