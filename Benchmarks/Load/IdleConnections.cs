using System;
using System.Runtime.InteropServices;

namespace Benchmarks.Load;

/// <summary>
/// Keep-alive connections that have had one request each and then say nothing, to see what each costs the
/// proxy. They are opened one after the other so that the proxy's memory for requests in progress does not
/// grow with them.
/// </summary>
internal sealed unsafe class IdleConnections : IDisposable
{
    private const int AnswerBytesMax = 64 * 1024;
    private readonly int port;
    private readonly int bodyBytes;
    private readonly int[] sockets;
    private int count;

    public IdleConnections(int port, int connections, int bodyBytes)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bodyBytes, AnswerBytesMax / 2);
        this.port = port;
        this.bodyBytes = bodyBytes;
        sockets = new int[connections];
    }

    /// <summary>Opens them and returns how many got a whole answer with status 2xx.</summary>
    public int Open()
    {
        using RequestBytes request = new(new LoadPlan { Port = port, BodyBytes = bodyBytes });
        byte* buffer = (byte*)NativeMemory.Alloc(AnswerBytesMax);
        int answered = 0;
        for (int i = 0; i < sockets.Length; i++)
        {
            int socket = Sockets.Connect(port, nonBlocking: false);
            if (socket < 0) break;
            sockets[count++] = socket;
            Sockets.SetReceiveTimeout(socket, 5_000);
            nint sent = LibC.Send(socket, request.Bytes, (nint)request.Length, LibC.MessageNoSignal);
            if (sent != request.Length) break;
            if (ReceiveAnswer(socket, buffer)) answered++;
        }

        NativeMemory.Free(buffer);
        return answered;
    }

    public void Dispose()
    {
        for (int i = 0; i < count; i++)
            _ = LibC.Close(sockets[i]);
    }

    private bool ReceiveAnswer(int socket, byte* buffer)
    {
        int total = 0;
        while (total < AnswerBytesMax)
        {
            nint received = LibC.Receive(socket, buffer + total, AnswerBytesMax - total, 0);
            if (received <= 0) return false;
            total += (int)received;
            MessageScan scan = MessageScan.Response(new ReadOnlySpan<byte>(buffer, total));
            if (scan.HeadBytes < 0) return false;
            if (scan.HeadBytes == 0) continue;
            if (total < scan.HeadBytes + scan.ContentLength) continue;
            return scan.Status is >= 200 and <= 299 && scan.ContentLength == bodyBytes;
        }

        return false;
    }
}
