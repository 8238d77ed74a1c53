using System;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Benchmarks.Load;

/// <summary>
/// Receives log datagrams and drops them, counting. The datagram <c>count?</c> is answered with the number
/// so far, so that a run can show that every request was logged.
/// </summary>
public sealed unsafe class LogSink : IDisposable
{
    private const int AddressBytes = 16;
    private readonly int socket;
    private volatile bool stopping;

    /// <summary>Binds a loopback UDP port, 0 for one that the kernel chooses.</summary>
    public LogSink(int port)
    {
        socket = Sockets.BindDatagram(port);
        Sockets.SetReceiveTimeout(socket, 100);
        Port = Sockets.LocalPort(socket);
    }

    public int Port { get; }

    /// <summary>Log lines received since the start.</summary>
    public long Received { get; private set; }

    /// <summary>Asks <see cref="Run"/> to return; it does within a tenth of a second.</summary>
    public void Stop() => stopping = true;

    public void Run()
    {
        byte* buffer = stackalloc byte[64];
        byte* address = stackalloc byte[AddressBytes];
        ReadOnlySpan<byte> question = "count?"u8;
        while (!stopping)
        {
            int addressLength = AddressBytes;

            // With MSG_TRUNC the true length comes back while only 64 bytes are copied.
            nint count = LibC.ReceiveFrom(socket, buffer, 64, LibC.MessageTruncate, address, &addressLength);
            if (count < 0) continue;
            if (count != question.Length
                || !question.SequenceEqual(new ReadOnlySpan<byte>(buffer, question.Length)))
            {
                Received++;
                continue;
            }

            _ = Received.TryFormat(
                new Span<byte>(buffer, 64), out int written, default, CultureInfo.InvariantCulture);
            _ = LibC.SendTo(socket, buffer, written, LibC.MessageDontWait, address, addressLength);
        }
    }

    /// <summary>
    /// Asks the sink at a port for its count; -1 when it does not answer within two seconds.
    /// </summary>
    public static long Ask(int port)
    {
        int client = Sockets.CreateDatagramClient(2_000);
        byte* address = stackalloc byte[AddressBytes];
        Sockets.WriteLoopback(address, port);
        byte* buffer = stackalloc byte[64];
        "count?"u8.CopyTo(new Span<byte>(buffer, 64));
        _ = LibC.SendTo(client, buffer, 6, 0, address, AddressBytes);
        nint count = LibC.Receive(client, buffer, 64, 0);
        _ = LibC.Close(client);
        if (count <= 0) return -1;
        return long.Parse(new ReadOnlySpan<byte>(buffer, (int)count), CultureInfo.InvariantCulture);
    }

    public void Dispose() => _ = LibC.Close(socket);
}
