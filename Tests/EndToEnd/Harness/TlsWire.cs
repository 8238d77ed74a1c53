using System;
using System.IO;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Tests.EndToEnd.Harness;

/// <summary>
/// The encrypted end of a connection to the proxy: .NET's own client, so that another implementation judges.
/// </summary>
public sealed class TlsWire : IDisposable
{
    private readonly SslStream stream;
    private readonly byte[] buffer = new byte[64 * 1024];
    private readonly StringBuilder pending = new();

    private TlsWire(SslStream stream) => this.stream = stream;

    public SslStream Stream => stream;

    public string SubjectOfPeer => stream.RemoteCertificate!.Subject;

    /// <summary>Connects and ends the handshake; fails as SslStream does.</summary>
    public static TlsWire Connect(
        int port, string name = "a.test", SslProtocols versions = SslProtocols.None, X509Certificate2? own = null,
        params string[] protocols)
    {
        Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        socket.Connect("127.0.0.1", port);
        socket.ReceiveTimeout = socket.SendTimeout = 15_000;
        SslStream stream = new(new NetworkStream(socket, ownsSocket: true));
        SslClientAuthenticationOptions options = new()
        {
            TargetHost = name,
            EnabledSslProtocols = versions,
            RemoteCertificateValidationCallback = (_, _, _, _) => true,
            LocalCertificateSelectionCallback = own is null ? null : (_, _, _, _, _) => own,
        };
        foreach (string protocol in protocols)
            (options.ApplicationProtocols ??= []).Add(new SslApplicationProtocol(protocol));
        try
        {
            stream.AuthenticateAsClient(options);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
        return new(stream);
    }

    public TlsWire Send(string text)
    {
        stream.Write(Wire.Encoding.GetBytes(text));
        return this;
    }

    /// <summary>Says close_notify; the other way stays open.</summary>
    public void HalfClose() => stream.ShutdownAsync().GetAwaiter().GetResult();

    /// <summary>The next message: head, and a body as long as its Content-Length says.</summary>
    public HttpMessage ReadResponse()
    {
        string head = ReadUntil("\r\n\r\n");
        HttpMessage message = new(head);
        int length = message["content-length"] is { } text ? int.Parse(text) : 0;
        while (pending.Length < length) Fill();
        message.Body = Wire.Encoding.GetBytes(pending.ToString(0, length));
        pending.Remove(0, length);
        return message;
    }

    /// <summary>So many bytes.</summary>
    public string ReadText(int count)
    {
        while (pending.Length < count) Fill();
        string text = pending.ToString(0, count);
        pending.Remove(0, count);
        return text;
    }

    /// <summary>Everything up to the peer's close_notify; an end without one fails.</summary>
    public string ReadToEnd()
    {
        while (true)
        {
            int count = stream.Read(buffer);
            if (count == 0) break;
            pending.Append(Wire.Encoding.GetString(buffer, 0, count));
        }
        string text = pending.ToString();
        pending.Clear();
        return text;
    }

    public void Dispose() => stream.Dispose();

    private string ReadUntil(string end)
    {
        while (true)
        {
            string text = pending.ToString();
            int at = text.IndexOf(end, StringComparison.Ordinal);
            if (at >= 0)
            {
                pending.Remove(0, at + end.Length);
                return text[..(at + end.Length)];
            }
            Fill();
        }
    }

    private void Fill()
    {
        int count = stream.Read(buffer);
        if (count == 0) throw new IOException($"the proxy ended after '{pending}'");
        pending.Append(Wire.Encoding.GetString(buffer, 0, count));
    }
}
