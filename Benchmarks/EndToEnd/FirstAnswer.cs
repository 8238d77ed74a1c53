using System;
using System.Text;
using Benchmarks.Load;

namespace Benchmarks.EndToEnd;

/// <summary>
/// One request and a check of every byte of its answer, before anything is measured: a proxy that is fast at
/// sending the wrong bytes does not take part.
/// </summary>
public static unsafe class FirstAnswer
{
    /// <summary>What <see cref="Ask"/> says while nobody listens.</summary>
    public const string Refused = "connection refused";

    private const int TimeoutMs = 5_000;

    /// <summary>
    /// Asks a loopback port for a body of that many bytes (any body when negative). Null when the answer is
    /// right, else what is wrong with it.
    /// </summary>
    public static string? Ask(int port, int bodyBytes)
    {
        int socket = Sockets.Connect(port, nonBlocking: false);
        if (socket < 0) return Refused;
        try
        {
            Sockets.SetReceiveTimeout(socket, TimeoutMs);
            byte[] request = Encoding.ASCII.GetBytes(
                $"GET /{Math.Max(bodyBytes, 0)} HTTP/1.1\r\n"
                + $"Host: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n");
            fixed (byte* start = request)
            {
                if (LibC.Send(socket, start, request.Length, LibC.MessageNoSignal) != request.Length)
                    return "send failed";
            }

            return Read(socket, bodyBytes);
        }
        finally
        {
            _ = LibC.Close(socket);
        }
    }

    private static string? Read(int socket, int bodyBytes)
    {
        byte[] answer = new byte[Math.Max(bodyBytes, 0) + (64 * 1024)];
        int total = 0;
        while (total < answer.Length)
        {
            nint count;
            fixed (byte* start = answer)
                count = LibC.Receive(socket, start + total, answer.Length - total, 0);
            if (count < 0) return total == 0 ? "no answer in time" : "the answer stopped";
            if (count == 0) return "closed before the answer was complete";
            total += (int)count;
            MessageScan scan = MessageScan.Response(answer.AsSpan(0, total));
            if (scan.HeadBytes == 0) continue;
            if (scan.HeadBytes < 0 || scan.IsChunked || scan.ContentLength < 0)
                return "an answer of unknown framing";

            if (total >= scan.HeadBytes + scan.ContentLength)
                return Judge(scan, answer.AsSpan(0, total), bodyBytes);
        }

        return "the answer is too long";
    }

    private static string? Judge(MessageScan scan, ReadOnlySpan<byte> answer, int bodyBytes)
    {
        if (scan.Status != 200) return $"status {scan.Status}";
        if (bodyBytes < 0) return null;
        byte[] expected = new byte[bodyBytes];
        OriginPage.FillBody(expected, 0);
        return answer[scan.HeadBytes..].SequenceEqual(expected)
            ? null
            : "the body is not what the origin sent";
    }
}
