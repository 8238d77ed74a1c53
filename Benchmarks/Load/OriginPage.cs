using System;
using System.Runtime.InteropServices;
using System.Text;

namespace Benchmarks.Load;

/// <summary>
/// A whole answer of the origin, head and body in one native block, built once and sent as often as asked
/// for.
/// </summary>
internal sealed unsafe class OriginPage
{
    /// <summary>Largest body the origin serves, bytes.</summary>
    public const int BodyBytesMax = 64 << 20;

    public OriginPage(int bodyBytes, bool closes)
    {
        byte[] head = Encoding.ASCII.GetBytes(
            "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nServer: origin\r\n"
            + (closes ? "Connection: close\r\n" : string.Empty)
            + $"Content-Length: {bodyBytes}\r\n\r\n");
        Length = head.Length + bodyBytes;
        Bytes = (byte*)NativeMemory.Alloc((nuint)Length);
        head.CopyTo(new Span<byte>(Bytes, head.Length));
        FillBody(new Span<byte>(Bytes + head.Length, bodyBytes), 0);
    }

    public byte* Bytes { get; }

    public long Length { get; }

    /// <summary>
    /// Writes the bytes that a body has from <paramref name="offset"/> on. Their period is prime, so that a
    /// block lost, doubled or moved by a proxy shows.
    /// </summary>
    public static void FillBody(Span<byte> destination, long offset)
    {
        int position = (int)(offset % 251);
        for (int i = 0; i < destination.Length; i++)
        {
            destination[i] = (byte)(' ' + (position % 94));
            if (++position == 251) position = 0;
        }
    }
}
