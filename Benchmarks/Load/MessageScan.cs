using System;
using System.Buffers.Text;

namespace Benchmarks.Load;

/// <summary>
/// What the load programs need to know of a message's head, no more: they talk to each other through the
/// proxy under test, and count anything they do not understand as an error.
/// </summary>
public readonly struct MessageScan
{
    private const int NoLength = -1;

    private MessageScan(int headBytes, int status, long contentLength, bool closes, bool chunked)
    {
        HeadBytes = headBytes;
        Status = status;
        ContentLength = contentLength;
        Closes = closes;
        IsChunked = chunked;
    }

    /// <summary>
    /// Bytes of the head with its empty line; 0 while the head is incomplete, -1 when it is no HTTP/1.
    /// </summary>
    public int HeadBytes { get; }

    /// <summary>Status of a response; 0 for a request.</summary>
    public int Status { get; }

    /// <summary>Value of Content-Length in bytes, -1 without one.</summary>
    public long ContentLength { get; }

    /// <summary>The sender said <c>Connection: close</c>, or speaks HTTP/1.0 without keep-alive.</summary>
    public bool Closes { get; }

    /// <summary>The body is chunked, which the load programs do not read.</summary>
    public bool IsChunked { get; }

    /// <summary>Scans a response from its first byte.</summary>
    public static MessageScan Response(ReadOnlySpan<byte> bytes)
    {
        int end = bytes.IndexOf("\r\n\r\n"u8);
        if (end < 0) return default;
        if (!bytes.StartsWith("HTTP/1."u8) || end < 12
            || !Utf8Parser.TryParse(bytes[9..12], out int status, out _, 'D'))
            return new MessageScan(-1, 0, NoLength, true, false);
        bool old = bytes[7] == '0';
        return Fields(bytes[..(end + 2)], end + 4, status, old);
    }

    /// <summary>Scans a request from its first byte.</summary>
    public static MessageScan Request(ReadOnlySpan<byte> bytes)
    {
        int end = bytes.IndexOf("\r\n\r\n"u8);
        if (end < 0) return default;
        int line = bytes.IndexOf("\r\n"u8);
        bool old = bytes[..line].EndsWith("HTTP/1.0"u8);
        return Fields(bytes[..(end + 2)], end + 4, 0, old);
    }

    /// <summary>The number that a request's path ends with (<c>/1024</c>), -1 when it does not.</summary>
    public static int SizeInPath(ReadOnlySpan<byte> request)
    {
        int from = request.IndexOf((byte)' ');
        if (from < 0) return -1;
        ReadOnlySpan<byte> path = request[(from + 1)..];
        int to = path.IndexOf((byte)' ');
        if (to < 0) return -1;
        path = path[..to];
        path = path[(path.LastIndexOf((byte)'/') + 1)..];
        return Utf8Parser.TryParse(path, out int size, out int used) && used == path.Length && size >= 0
            ? size
            : -1;
    }

    private static MessageScan Fields(ReadOnlySpan<byte> head, int headBytes, int status, bool old)
    {
        long length = NoLength;
        bool closes = old;
        bool chunked = false;
        head = head[(head.IndexOf((byte)'\n') + 1)..];
        while (head.Length > 0)
        {
            int next = head.IndexOf((byte)'\n') + 1;
            ReadOnlySpan<byte> line = head[..next];
            head = head[next..];

            // The first letter decides whether a name is worth comparing: most lines are none of the three.
            switch (line[0] | 0x20)
            {
                case 'c':
                    if (TryValue(line, "content-length:"u8, out ReadOnlySpan<byte> value))
                    {
                        if (!Utf8Parser.TryParse(value, out length, out int used) || used != value.Length
                            || length < 0)
                            return new MessageScan(-1, status, NoLength, true, false);
                    }
                    else if (TryValue(line, "connection:"u8, out value))
                    {
                        closes = (value[0] | 0x20) == 'c' || (closes && (value[0] | 0x20) != 'k');
                    }

                    break;
                case 't':
                    chunked |= TryValue(line, "transfer-encoding:"u8, out _);
                    break;
                default:
                    break;
            }
        }

        return new MessageScan(headBytes, status, length, closes, chunked);
    }

    private static bool TryValue(
        ReadOnlySpan<byte> line, ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        value = default;
        if (line.Length <= name.Length) return false;
        for (int i = 0; i < name.Length; i++)
        {
            byte letter = line[i];
            if (letter is >= (byte)'A' and <= (byte)'Z') letter |= 0x20;
            if (letter != name[i]) return false;
        }

        value = line[name.Length..].Trim(" \t\r\n"u8);
        return value.Length > 0;
    }
}
