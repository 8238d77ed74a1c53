using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading;

namespace Tests.EndToEnd.Harness;

/// <summary>One end of a connection under full control of a test: every byte, every half-close and every
/// reset is its own.</summary>
public sealed class Wire : IDisposable
{
    /// <summary>One byte is one character.</summary>
    public static readonly Encoding Encoding = Encoding.Latin1;

    private const int ReceiveTimeoutMs = 5_000;
    private const int CaptureMax = 1 << 20;
    private const int EndlessBytes = 200 << 20;
    private readonly Socket socket;
    private readonly string name;
    private readonly StringBuilder captured = new();
    private byte[] buffer = new byte[64 * 1024];
    private int start;
    private int end;
    private int taken;

    public Wire(Socket socket, string name)
    {
        this.socket = socket;
        this.name = name;
        socket.ReceiveTimeout = ReceiveTimeoutMs;
        socket.SendTimeout = ReceiveTimeoutMs;
        if (socket.AddressFamily != AddressFamily.Unix)
            socket.NoDelay = true;
    }

    public Socket Socket => socket;

    /// <summary>The local port, 0 on a unix socket.</summary>
    public int LocalPort => (socket.LocalEndPoint as IPEndPoint)?.Port ?? 0;

    public int RemotePort => (socket.RemoteEndPoint as IPEndPoint)?.Port ?? 0;

    /// <summary>The peer's FIN or RST was seen.</summary>
    public bool IsClosed { get; private set; }

    /// <summary>Everything that was received so far (its first megabyte).</summary>
    public string Captured => captured.ToString();

    /// <param name="receiveBuffer">Bytes that the kernel keeps for it unread, of which peers learn with the connection; 0: as usual.</param>
    public static Wire Connect(EndPoint to, string name, int receiveBuffer = 0)
    {
        Socket socket = to is UnixDomainSocketEndPoint
            ? new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified)
            : new(to.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        if (receiveBuffer > 0) socket.ReceiveBufferSize = receiveBuffer;
        socket.Connect(to);
        return new(socket, name);
    }

    public Wire Send(string text) => Send(Encoding.GetBytes(text));

    public Wire Send(ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0)
            bytes = bytes[socket.Send(bytes)..];
        return this;
    }

    /// <summary>Each byte in a segment of its own.</summary>
    public Wire SendSlowly(string text)
    {
        foreach (char c in text)
        {
            Send([(byte)c]);
            if ((c & 3) == 0)
                Thread.Yield();
        }
        return this;
    }

    /// <summary>Sends until the peer's window and our buffer are full for <paramref name="quietMs"/>;
    /// returns the bytes sent.</summary>
    public long SendUntilBlocked(ReadOnlySpan<byte> pattern, long most, int quietMs = 300)
    {
        long sent = 0;
        socket.Blocking = false;
        Stopwatch quiet = Stopwatch.StartNew();
        while (sent < most && quiet.ElapsedMilliseconds < quietMs)
        {
            int n = socket.Send(pattern, SocketFlags.None, out SocketError error);
            if (error == SocketError.WouldBlock)
            {
                Thread.Sleep(5);
                continue;
            }
            if (error != SocketError.Success)
                break;
            sent += n;
            quiet.Restart();
        }
        socket.Blocking = true;
        return sent;
    }

    /// <summary>FIN: nothing more will be sent, receiving goes on.</summary>
    public Wire HalfClose()
    {
        socket.Shutdown(SocketShutdown.Send);
        return this;
    }

    /// <summary>RST instead of FIN.</summary>
    public void Reset()
    {
        socket.LingerState = new LingerOption(true, 0);
        socket.Dispose();
    }

    public void Close() => socket.Dispose();

    public void Dispose() => socket.Dispose();

    public HttpMessage ReadRequest() =>
        ReadRequestOrEnd() ?? throw Fail("end of stream where a request was expected");

    /// <summary>The next request, or null when the peer closed in front of it.</summary>
    public HttpMessage? ReadRequestOrEnd()
    {
        if (start == end && Fill() == 0)
            return null;
        HttpMessage message = new(ReadHead());
        ReadBody(message, isRequest: true, hasNone: message.Method == "CONNECT");
        return message;
    }

    /// <summary>The next response; <paramref name="toHead"/> tells that it answers HEAD, so it has no body
    /// whatever it says.</summary>
    public HttpMessage ReadResponse(bool toHead = false)
    {
        HttpMessage message = new(ReadHead());
        if (!message.StartLine.StartsWith("HTTP/1.", StringComparison.Ordinal))
            throw Fail($"not a response: {message.StartLine}");
        bool none = toHead || message.Status is < 200 or 204 or 304;
        ReadBody(message, isRequest: false, none);
        return message;
    }

    /// <summary>The next response, or null when the connection ends before its first byte.</summary>
    public HttpMessage? ReadResponseOrEnd()
    {
        try
        {
            if (start == end && Fill() == 0)
                return null;
        }
        catch (SocketException e) when (IsReset(e))
        {
            return null;
        }
        return ReadResponse();
    }

    /// <summary>Everything up to and with the first empty line.</summary>
    public string ReadHead()
    {
        while (true)
        {
            int at = buffer.AsSpan(start, end - start).IndexOf("\r\n\r\n"u8);
            if (at >= 0)
                return Take(at + 4);
            if (Fill() == 0)
                throw Fail("end of stream inside a head");
        }
    }

    public string ReadLine()
    {
        while (true)
        {
            int at = buffer.AsSpan(start, end - start).IndexOf("\r\n"u8);
            if (at >= 0)
                return Take(at + 2)[..^2];
            if (Fill() == 0)
                throw Fail("end of stream inside a line");
        }
    }

    public string ReadText(int count) => Encoding.GetString(ReadBytes(count));

    public byte[] ReadBytes(long count)
    {
        // The count may be a peer's lie: room is made as the bytes come.
        MemoryStream bytes = new();
        byte[] part = new byte[Math.Min(count, buffer.Length)];
        for (long left = count; left > 0;)
        {
            int n = ReadSome(part.AsSpan(0, (int)Math.Min(left, part.Length)));
            if (n == 0)
                throw Fail($"end of stream, {left} bytes missing");
            bytes.Write(part, 0, n);
            left -= n;
        }
        return bytes.ToArray();
    }

    public void ReadExactly(Span<byte> destination)
    {
        while (destination.Length > 0)
        {
            if (start == end && Fill() == 0)
                throw Fail($"end of stream, {destination.Length} bytes missing");
            int n = Math.Min(destination.Length, end - start);
            buffer.AsSpan(start, n).CopyTo(destination);
            Consume(n);
            destination = destination[n..];
        }
    }

    /// <summary>Of a peer that sends <paramref name="total"/> bytes in all, those that no read took
    /// yet.</summary>
    public int Left(int total) => total - taken;

    /// <summary>At most as many bytes as fit; 0 at the end of the stream.</summary>
    public int ReadSome(Span<byte> destination)
    {
        if (start == end && Fill() == 0)
            return 0;
        int n = Math.Min(destination.Length, end - start);
        buffer.AsSpan(start, n).CopyTo(destination);
        Consume(n);
        return n;
    }

    /// <summary>All bytes up to the peer's FIN; a reset fails.</summary>
    public string ReadToEnd()
    {
        MemoryStream all = new();
        byte[] part = new byte[64 * 1024];
        int n;
        while ((n = ReadSome(part)) > 0)
        {
            all.Write(part, 0, n);
            if (all.Length > EndlessBytes)
                throw Fail("the stream does not end");
        }
        return Encoding.GetString(all.GetBuffer(), 0, (int)all.Length);
    }

    /// <summary>All bytes up to the peer's FIN or RST.</summary>
    public string ReadToEndOrReset()
    {
        StringBuilder all = new();
        try
        {
            byte[] part = new byte[64 * 1024];
            int n;
            while ((n = ReadSome(part)) > 0)
            {
                all.Append(Encoding.GetString(part, 0, n));
                if (all.Length > EndlessBytes)
                    throw Fail("the stream does not end");
            }
        }
        catch (SocketException e) when (IsReset(e))
        {
        }
        return all.ToString();
    }

    /// <summary>The peer closes (FIN) and sends nothing before.</summary>
    public void ExpectEnd()
    {
        string rest = ReadToEnd();
        if (rest.Length > 0)
            throw Fail($"bytes where the end was expected: {Shorten(rest)}");
    }

    /// <summary>The peer closes or resets and sends nothing before.</summary>
    public void ExpectGone()
    {
        string rest = ReadToEndOrReset();
        if (rest.Length > 0)
            throw Fail($"bytes where the end was expected: {Shorten(rest)}");
    }

    /// <summary>The peer resets; what it sent before is of no interest.</summary>
    public void ExpectReset()
    {
        try
        {
            byte[] part = new byte[64 * 1024];
            while (ReadSome(part) > 0)
            {
            }
        }
        catch (SocketException e) when (IsReset(e))
        {
            return;
        }
        throw Fail("closed in order where a reset was expected");
    }

    /// <summary>The peer neither sends nor closes for a while.</summary>
    public void ExpectSilence(int forMs = 120)
    {
        if (start != end)
            throw Fail($"unread bytes: {Shorten(Peek())}");
        if (!socket.Poll(forMs * 1000, SelectMode.SelectRead))
            return;
        int n = Fill();
        throw Fail(
            n == 0 ? "closed where silence was expected" : $"bytes where silence was expected: {Shorten(Peek())}");
    }

    /// <summary>What arrives until the peer is quiet for a while or closes; it may take longer to begin.</summary>
    public string ReadUntilQuiet(int quietMs = 150, int firstMs = 0)
    {
        int waitMs = start == end ? Math.Max(quietMs, firstMs) : quietMs;
        while (Stirs(waitMs))
        {
            waitMs = quietMs;
            try
            {
                if (Fill() == 0)
                    break;
            }
            catch (SocketException e) when (IsReset(e))
            {
                IsClosed = true;
                break;
            }
        }
        return Take(end - start);
    }

    /// <summary>
    /// Something can be read, or is wrong: while a reset is being taken in, the kernel tells of the error alone, which
    /// ends the wait but is not "readable".
    /// </summary>
    private bool Stirs(int waitMs) =>
        socket.Poll(waitMs * 1000, SelectMode.SelectRead) || socket.Poll(0, SelectMode.SelectError)
        || socket.Poll(0, SelectMode.SelectRead);

    private static bool IsReset(SocketException e) =>
        e.SocketErrorCode is SocketError.ConnectionReset or SocketError.ConnectionAborted or SocketError.Shutdown;

    private static string Shorten(string text) => text.Length <= 2_000 ? text : text[..2_000] + "...";

    private void ReadBody(HttpMessage message, bool isRequest, bool hasNone)
    {
        if (hasNone)
            return;
        string? coding = message["Transfer-Encoding"];
        string? length = message["Content-Length"];
        if (coding is not null && length is not null)
            throw Fail($"both lengths sent: {message.Head}");
        if (coding is not null)
        {
            if (!coding.Equals("chunked", StringComparison.OrdinalIgnoreCase))
                throw Fail($"transfer coding {coding}");
            ReadChunks(message);
        }
        else if (length is not null)
        {
            message.Body = ReadBytes(long.Parse(length, System.Globalization.NumberStyles.None));
        }
        else if (!isRequest)
        {
            message.Body = Encoding.GetBytes(ReadToEnd());
            message.EndedByClose = true;
        }
    }

    private void ReadChunks(HttpMessage message)
    {
        MemoryStream body = new();
        while (true)
        {
            string line = ReadLine();
            long size = long.Parse(line, System.Globalization.NumberStyles.AllowHexSpecifier);
            message.Chunks.Add(size);
            if (size == 0)
                break;
            body.Write(ReadBytes(size));
            if (ReadLine().Length != 0)
                throw Fail("chunk data longer than its size");
        }
        List<string> trailers = [];
        string trailer;
        while ((trailer = ReadLine()).Length > 0)
            trailers.Add(trailer);
        message.SetTrailers([.. trailers]);
        message.Body = body.ToArray();
    }

    private string Peek() => Encoding.GetString(buffer, start, end - start);

    private string Take(int count)
    {
        string text = Encoding.GetString(buffer, start, count);
        Consume(count);
        return text;
    }

    private void Consume(int count)
    {
        start += count;
        taken += count;
    }

    private int Fill()
    {
        if (start == end)
            start = end = 0;
        if (end == buffer.Length)
        {
            byte[] larger = start > 0 ? buffer : new byte[buffer.Length * 2];
            Buffer.BlockCopy(buffer, start, larger, 0, end - start);
            buffer = larger;
            end -= start;
            start = 0;
        }
        int n;
        try
        {
            n = socket.Receive(buffer, end, buffer.Length - end, SocketFlags.None);
        }
        catch (SocketException e) when (e.SocketErrorCode is SocketError.TimedOut or SocketError.WouldBlock)
        {
            throw Fail("nothing arrived in time");
        }
        IsClosed |= n == 0;
        if (captured.Length < CaptureMax)
            captured.Append(Encoding.GetString(buffer, end, n));
        end += n;
        return n;
    }

    private WireException Fail(string what) =>
        new($"{name}: {what}\nunread so far: {Shorten(Peek())}\nreceived in all: {Shorten(Captured)}");
}
