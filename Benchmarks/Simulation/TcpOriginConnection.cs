using System;
using System.Globalization;
using System.Text;
using Engine.Data.Kernel;
using Engine.Runtime.Kernel.Simulated;

namespace Benchmarks.Simulation;

/// <summary>A TCP session at an origin: a line that says whose it is, then bytes both ways.</summary>
internal sealed class TcpOriginConnection
{
    /// <summary>Bytes of the line that opens a session.</summary>
    public const int LineLength = 12;

    private readonly Stage stage;
    private readonly ServerModel server;
    private readonly SimulatedPeer peer;
    private readonly byte[] line = new byte[LineLength];
    private int lineBytes;
    private TunnelSide? tunnel;
    private bool isClosed;

    public TcpOriginConnection(Stage stage, ServerModel server, SimulatedPeer peer)
    {
        this.stage = stage;
        this.server = server;
        this.peer = peer;
        peer.Changed = _ => Changed();
    }

    /// <summary>The line that opens a session.</summary>
    public static byte[] Line(int id) =>
        Encoding.Latin1.GetBytes(id.ToString("D11", CultureInfo.InvariantCulture) + "\n");

    private void Changed()
    {
        while (!isClosed)
        {
            int count = peer.Read(stage.Scratch);
            if (count == -Errno.Again) break;
            if (count <= 0)
            {
                End(reset: count < 0);
                break;
            }
            Take(stage.Scratch.AsSpan(0, count));
            if (tunnel is { IsClosed: true }) isClosed = true;
        }
        tunnel?.Pump();
        if (tunnel is { IsClosed: true }) isClosed = true;
    }

    private void Take(ReadOnlySpan<byte> bytes)
    {
        if (tunnel == null)
        {
            int part = Math.Min(LineLength - lineBytes, bytes.Length);
            bytes[..part].CopyTo(line.AsSpan(lineBytes));
            lineBytes += part;
            bytes = bytes[part..];
            if (lineBytes < LineLength) return;
            Begin();
        }
        if (!bytes.IsEmpty && !tunnel!.IsClosed) tunnel.Take(bytes);
    }

    private void Begin()
    {
        Exchange exchange = stage.Find(Encoding.Latin1.GetString(line, 0, LineLength - 1))
            ?? throw Stage.Fail($"server {server.Name} was sent a session of nobody");
        stage.Oracle.SessionArrived(exchange, server);
        stage.Trace.Add($"origin {server.Name} got session {exchange.Id}");
        tunnel = new TunnelSide(stage, peer, exchange, isClient: false);
        stage.Oracle.Tunnels.Add((exchange, tunnel, false));
    }

    private void End(bool reset)
    {
        if (tunnel != null)
        {
            tunnel.End(reset);
            return;
        }
        isClosed = true;
        peer.Close();
    }
}
