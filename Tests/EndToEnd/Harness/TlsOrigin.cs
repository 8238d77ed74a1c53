using System;
using System.Collections.Concurrent;
using System.IO;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;
using System.Threading;

namespace Tests.EndToEnd.Harness;

/// <summary>
/// An encrypted origin that answers every GET with the name it was asked for and whether a session was
/// resumed.
/// </summary>
public sealed class TlsOrigin : IDisposable
{
    private readonly Socket listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly TestCertificate certificate;
    private readonly SslProtocols versions;
    private int connections;

    public TlsOrigin(TestCertificate certificate, SslProtocols versions = SslProtocols.None)
    {
        this.certificate = certificate;
        this.versions = versions;
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(64);
        new Thread(AcceptAll) { IsBackground = true }.Start();
    }

    public string Address => $"127.0.0.1:{((IPEndPoint)listener.LocalEndPoint!).Port}";

    /// <summary>Names of the ClientHellos, in order; empty for one without.</summary>
    public ConcurrentQueue<string> Names { get; } = [];

    public ConcurrentQueue<string> Faults { get; } = [];

    public int Connections => Volatile.Read(ref connections);

    public void Dispose() => listener.Dispose();

    private void AcceptAll()
    {
        while (true)
        {
            try
            {
                Socket socket = listener.Accept();
                Interlocked.Increment(ref connections);
                new Thread(() => Serve(socket)) { IsBackground = true }.Start();
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private void Serve(Socket socket)
    {
        try
        {
            using SslStream stream = new(new NetworkStream(socket, ownsSocket: true));
            stream.AuthenticateAsServer(new SslServerAuthenticationOptions
            {
                ServerCertificate = certificate.WithKey,
                EnabledSslProtocols = versions,
            });
            string name = stream.TargetHostName;
            Names.Enqueue(name);
            StringBuilder head = new();
            byte[] one = new byte[4096];
            while (true)
            {
                int count = stream.Read(one);
                if (count == 0) return;
                head.Append(Wire.Encoding.GetString(one, 0, count));
                if (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal)) continue;
                int body = head.ToString().Contains("GET /large") ? 2_000_000 : 0;
                string text = $"name={name};" + new string('z', body);
                stream.Write(Wire.Encoding.GetBytes($"HTTP/1.1 200 OK\r\nContent-Length: {text.Length}\r\n\r\n{text}"));
                head.Clear();
            }
        }
        catch (Exception e) when (e is IOException or AuthenticationException or SocketException)
        {
            Faults.Enqueue(e.Message);
        }
    }
}
