using System;
using System.Collections.Generic;
using System.Text;
using Benchmarks.Simulation;
using Engine.Data.Http2;
using Engine.Data.Kernel;
using Engine.Runtime.Kernel.Simulated;
using Tests.EndToEnd.Harness;

namespace Tests.Simulation.Http2;

/// <summary>
/// A peer that breaks rules of HTTP/2, as client or as server: frames that are right, nearly right and none at all, in
/// any order. Nothing is expected of what it gets; the engine must go on, and be rid of it when it leaves.
/// </summary>
internal sealed class VandalScript
{
    private const int FramesMax = 60;

    private readonly SimulatedPeer peer;
    private readonly SimulatedNetwork network;
    private readonly Dice dice;
    private readonly HpackChoices encoder;
    private readonly byte[] scratch = new byte[65_536];
    private byte[] output = [];
    private int framesLeft;
    private uint newest;

    public VandalScript(SimulatedNetwork network, SimulatedPeer peer, Dice dice, bool isClient)
    {
        (this.network, this.peer, this.dice) = (network, peer, dice);
        encoder = new HpackChoices(dice.Fork());
        framesLeft = dice.Between(1, FramesMax);
        if (isClient) output = Encoding.Latin1.GetBytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
        if (dice.Percent(90)) output = [.. output, .. Http2Wire.Frame(FrameType.Settings, 0, 0, DrawSettings())];
        peer.Changed = _ => Pump();
        network.After(1, Work);
    }

    public bool IsGone { get; private set; }

    private void Work()
    {
        if (IsGone) return;
        for (int burst = dice.Between(1, 10); burst > 0 && framesLeft > 0; burst--, framesLeft--) output = [.. output, .. DrawFrame()];
        Pump();
        if (IsGone) return;
        if (framesLeft > 0) network.After(dice.Milliseconds(0, 5), Work);
        else network.After(dice.Milliseconds(0, 50), Leave);
    }

    private void Leave()
    {
        if (IsGone) return;
        IsGone = true;
        if (dice.Percent(30)) peer.Reset();
        else peer.Close();
    }

    private void Pump()
    {
        while (!IsGone)
        {
            int count = peer.Read(scratch);
            if (count == -Errno.Again) break;
            if (count <= 0)
            {
                Leave();
                return;
            }
        }
        while (!IsGone && output.Length > 0)
        {
            int count = peer.Send(output.AsSpan(0, Math.Min(output.Length, dice.Of(1, 50, 20_000))));
            if (count == -Errno.Again) return;
            if (count < 0)
            {
                Leave();
                return;
            }
            output = output[count..];
        }
    }

    private byte[] DrawFrame()
    {
        byte[] frame = dice.Between(0, 9) switch
        {
            < 4 => DrawHeaders(),
            4 or 5 => Http2Wire.Frame(FrameType.Data, DrawFlags(), DrawStream(), Noise(dice.Size(16_384))),
            6 => Http2Wire.Frame(FrameType.WindowUpdate, 0, DrawStream(), Http2Wire.Number((uint)dice.Of(0, 1, 65_535, int.MaxValue))),
            7 => Http2Wire.Frame(FrameType.ResetStream, 0, DrawStream(), Http2Wire.Number((uint)dice.Between(0, 14))),
            8 => Http2Wire.Frame(FrameType.Settings, 0, 0, DrawSettings()),
            _ => Http2Wire.Frame((FrameType)dice.Between(0, 11), DrawFlags(), DrawStream(), Noise(dice.Of(0, 4, 5, 8, 100))),
        };
        if (dice.Percent(15)) frame[dice.Between(0, frame.Length - 1)] ^= (byte)(1 << dice.Between(0, 7));
        return dice.Percent(3) ? frame[..dice.Between(0, frame.Length - 1)] : frame;
    }

    /// <summary>A request and a response at once would be neither: one of the two, with a fault now and then.</summary>
    private byte[] DrawHeaders()
    {
        List<string> fields = dice.Percent(50)
            ? [":method: " + dice.Of("GET", "POST", "HEAD", "CONNECT", "G\r\nET"), ":scheme: http", ":path: " + dice.Of("/", "/w", "/w", "*", "x")]
            : [":status: " + dice.Of("200", "204", "304", "100", "101", "99", "abc")];
        if (dice.Percent(30)) fields.Add(dice.Of("content-length: 5", "content-length: x", "transfer-encoding: chunked", "host: a\nb"));
        if (dice.Percent(30)) fields.Add(dice.Of("X: y", ": y", "te: trailers", ":path: /again", "cookie: a", "upgrade: h2c"));
        if (dice.Percent(10)) fields.Add($"x-long: {new string('l', dice.Between(0, 14_000))}");
        byte[] block = dice.Percent(90) ? encoder.Encode(fields) : Noise(dice.Between(0, 200));
        if (block.Length > 16_384) block = block[..16_384];
        if (dice.Percent(70)) newest += 2 - (newest & 1 ^ 1u);
        return Http2Wire.Frame(FrameType.Headers, DrawFlags(), dice.Percent(70) ? newest : DrawStream(), block);
    }

    private byte[] DrawSettings()
    {
        List<byte> payload = [];
        for (int left = dice.Of(0, 1, 3); left > 0; left--)
        {
            payload.AddRange((ReadOnlySpan<byte>)[0, (byte)dice.Between(0, 9)]);
            payload.AddRange(Http2Wire.Number((uint)dice.Of(0, 1, 100, 65_535, 16_384, int.MaxValue, -1)));
        }
        return [.. payload];
    }

    private FrameFlags DrawFlags() => dice.Percent(60)
        ? FrameFlags.EndHeaders | (dice.Percent(50) ? FrameFlags.EndStream : 0)
        : (FrameFlags)dice.Between(0, 255);

    private uint DrawStream() => dice.Percent(70) ? newest : (uint)dice.Of(0, 1, 2, 3, 5, 99, int.MaxValue);

    private byte[] Noise(int length)
    {
        byte[] noise = new byte[length];
        for (int i = 0; i < length; i++) noise[i] = (byte)dice.Between(0, 255);
        return noise;
    }
}
