using System;
using Engine.Data.Kernel;

namespace Tests.Runtime.Kernel;

/// <summary>The other end of a connection.</summary>
public interface IPeer
{
    SocketAddress Address { get; }

    /// <summary>Sends what the connection takes now; the count, -EAGAIN or another negated errno.</summary>
    int Send(ReadOnlySpan<byte> bytes);

    /// <summary>Reads what is there; the count, 0 at the end, -EAGAIN or another negated errno.</summary>
    int Read(Span<byte> target);

    void ShutdownSend();

    void Reset();

    void Close();
}
