using System;
using System.Collections.Generic;
using System.Net;
using System.Net.Sockets;

namespace Tests.EndToEnd.Harness;

/// <summary>Captured bytes played back over a connection of their own, so that one strict parser serves
/// both.</summary>
public sealed class ReplayedWire : IDisposable
{
    private readonly Wire reader;
    private readonly string bytes;
    private readonly bool closed;

    public ReplayedWire(string bytes, bool closed)
    {
        this.bytes = bytes;
        this.closed = closed;
        using Socket listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        reader = Wire.Connect(listener.LocalEndPoint!, "replay");
        using Wire writer = new(listener.Accept(), "replayed");
        writer.Send(bytes);
    }

    /// <summary>Adds each whole answer; returns the bytes behind the last one.</summary>
    public string ReadAnswers(List<HttpMessage> answers, bool toHead)
    {
        int whole = 0;
        try
        {
            while (whole < bytes.Length)
            {
                HttpMessage answer = reader.ReadResponse(toHead);
                if (answer.EndedByClose && !closed)
                    break;
                answers.Add(answer);
                whole = bytes.Length - reader.Left(bytes.Length);
            }
        }
        catch (Exception e) when (e is WireException or FormatException or OverflowException)
        {
            // What is left is not a whole answer.
        }
        return bytes[whole..];
    }

    public void Dispose() => reader.Dispose();
}
