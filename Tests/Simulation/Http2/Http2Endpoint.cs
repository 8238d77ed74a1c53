using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Text;
using Benchmarks.Simulation;
using Engine.Data.Http2;
using Engine.Data.Kernel;
using Engine.Runtime.Kernel.Simulated;
using Engine.Systems.Http2.Hpack;
using Tests.EndToEnd.Harness;
using Tests.Systems.Http2.Hpack;

namespace Tests.Simulation.Http2;

/// <summary>
/// One end of an HTTP/2 connection in a simulation, client or server: it cuts, pads and orders its frames as its dice
/// say, keeps to the windows it is given, and fails the run when the engine does not keep to its own.
/// </summary>
internal sealed class Http2Endpoint : IDisposable
{
    private const int Usual = 65_535;

    private readonly SimulatedPeer peer;
    private readonly Dice dice;
    private readonly SimulatedNetwork network;
    private readonly HpackRun decoder = new();
    private readonly HpackChoices encoder;
    private readonly byte[] scratch = new byte[65_536];
    private readonly Dictionary<uint, Half> halves = [];
    private readonly int window;
    private byte[] input = [];
    private byte[] output = [];
    private int prefaceLeft;
    private bool hasSettings;
    private bool isClosed;
    private long connectionWindow = Usual;
    private long granted = Usual;
    private int peerWindow = Usual;

    /// <summary>What goes out and comes in on one stream.</summary>
    private sealed class Half
    {
        public long Window;
        public long Granted;
        public byte[] Body = [];
        public int Sent;
        public bool HasBody;
        public string? Trailer;
        public bool HasEnded;
        public bool PeerEnded;
        public bool HeadCame;
    }

    /// <param name="peer">The connection.</param>
    /// <param name="network">The network that it is on.</param>
    /// <param name="dice">Where its choices come from.</param>
    /// <param name="isClient">It begins.</param>
    /// <param name="window">Bytes of a stream's body that it takes before it says more.</param>
    public Http2Endpoint(SimulatedPeer peer, SimulatedNetwork network, Dice dice, bool isClient, int window)
    {
        (this.peer, this.network, this.dice, this.window) = (peer, network, dice, window);
        encoder = new HpackChoices(dice.Fork());
        prefaceLeft = isClient ? 0 : StartPreface.Length;
        if (isClient) Queue(StartPreface);
        byte[] settings = new byte[6];
        BinaryPrimitives.WriteUInt16BigEndian(settings, (ushort)SettingId.InitialWindowSize);
        BinaryPrimitives.WriteUInt32BigEndian(settings.AsSpan(2), (uint)window);
        Frame(FrameType.Settings, 0, 0, settings);
        peer.Changed = _ => Pump();
        network.After(1, Pump);
    }

    private static byte[] StartPreface => Encoding.Latin1.GetBytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");

    public bool IsClosed => isClosed;

    public Action<uint, List<string>, bool>? HeadCame { get; set; }

    public Action<uint, byte[], bool>? DataCame { get; set; }

    public Action<uint>? ResetCame { get; set; }

    public Action? Ended { get; set; }

    /// <summary>Sends a message; the body goes as the windows allow.</summary>
    public void Send(uint stream, List<string> fields, byte[]? body, string? trailer)
    {
        Half half = Of(stream);
        half.HasBody = body != null;
        half.Body = body ?? [];
        half.Trailer = trailer;
        half.HasEnded = body == null;
        Block(stream, fields, ends: body == null);
        Pump();
    }

    public void Reset(uint stream, Http2Error error)
    {
        Half half = Of(stream);
        half.HasEnded = true;
        half.HasBody = false;
        half.PeerEnded = true;
        Frame(FrameType.ResetStream, 0, stream, Http2Wire.Number((uint)error));
        Pump();
    }

    public void Ping() => Frame(FrameType.Ping, 0, 0, new byte[8]);

    public void Close()
    {
        if (isClosed) return;
        isClosed = true;
        peer.Close();
    }

    private Half Of(uint stream)
    {
        if (halves.TryGetValue(stream, out Half? half)) return half;
        // Before the engine has acknowledged ours, it may reckon with the usual window.
        return halves[stream] = new Half { Window = peerWindow, Granted = Math.Max(window, Usual) };
    }

    private void Block(uint stream, List<string> fields, bool ends)
    {
        byte[] block = encoder.Encode(fields);
        FrameFlags flags = ends ? FrameFlags.EndStream : 0;
        List<byte> first = [];
        int cut = block.Length > 1 && dice.Percent(30) ? dice.Between(1, block.Length - 1) : block.Length;
        cut = Math.Min(cut, 10_000);
        int padding = dice.Percent(25) ? dice.Between(0, 200) : -1;
        if (padding >= 0) first.Add((byte)padding);
        if (dice.Percent(20))
        {
            flags |= FrameFlags.Priority;
            first.AddRange((ReadOnlySpan<byte>)[0, 0, 0, 0, 7]);
        }
        first.AddRange(block[..cut]);
        if (padding >= 0)
        {
            flags |= FrameFlags.Padded;
            first.AddRange(new byte[padding]);
        }
        Frame(FrameType.Headers, flags | (cut == block.Length ? FrameFlags.EndHeaders : 0), stream, [.. first]);
        while (cut < block.Length)
        {
            int part = Math.Min(block.Length - cut, 10_000);
            bool isLast = cut + part == block.Length;
            Frame(FrameType.Continuation, isLast ? FrameFlags.EndHeaders : 0, stream, block[cut..(cut + part)]);
            cut += part;
        }
    }

    private void Frame(FrameType type, FrameFlags flags, uint stream, byte[] payload) =>
        Queue(Http2Wire.Frame(type, flags, stream, payload));

    private void Queue(byte[] bytes) => output = [.. output, .. bytes];

    private void Pump()
    {
        if (isClosed) return;
        Read();
        while (!isClosed)
        {
            if (output.Length == 0 && !FillData()) return;
            int count = peer.Send(output.AsSpan(0, Math.Min(output.Length, dice.Of(1, 9, 500, 60_000))));
            if (count == -Errno.Again) return;
            if (count < 0)
            {
                Over();
                return;
            }
            output = output[count..];
        }
    }

    /// <summary>Makes one DATA frame of what some stream still has; false when there is none that may go.</summary>
    private bool FillData()
    {
        if (!hasSettings) return false;
        foreach ((uint stream, Half half) in halves)
        {
            if (half.HasEnded || !half.HasBody) continue;
            int left = half.Body.Length - half.Sent;
            long room = Math.Min(half.Window, connectionWindow);
            int padding = room > 100 && dice.Percent(15) ? dice.Between(0, 60) : -1;
            int part = (int)Math.Min(Math.Min(left, dice.Of(1, 100, 4_096, 16_000)), Math.Max(room - (padding + 1), 0));
            if (left > 0 && part == 0) continue;
            bool isLast = part == left;
            bool ends = isLast && half.Trailer == null && dice.Percent(70);
            byte[] payload = new byte[part + Math.Max(padding + 1, 0)];
            if (padding >= 0) payload[0] = (byte)padding;
            half.Body.AsSpan(half.Sent, part).CopyTo(payload.AsSpan(padding >= 0 ? 1 : 0));
            FrameFlags flags = (ends ? FrameFlags.EndStream : 0) | (padding >= 0 ? FrameFlags.Padded : 0);
            Frame(FrameType.Data, flags, stream, payload);
            half.Window -= payload.Length;
            connectionWindow -= payload.Length;
            half.Sent += part;
            if (!isLast) return true;
            half.HasEnded = true;
            if (half.Trailer != null) Block(stream, [half.Trailer], ends: true);
            else if (!ends) Frame(FrameType.Data, FrameFlags.EndStream, stream, []);
            return true;
        }
        return false;
    }

    private void Read()
    {
        while (!isClosed)
        {
            int count = peer.Read(scratch);
            if (count == -Errno.Again) return;
            if (count <= 0)
            {
                Over();
                return;
            }
            input = [.. input, .. scratch.AsSpan(0, count)];
            TakePreface();
            while (prefaceLeft == 0 && input.Length >= FrameHeader.Size && TakeFrame())
            {
            }
        }
    }

    private void Over()
    {
        isClosed = true;
        peer.Close();
        Ended?.Invoke();
    }

    private void TakePreface()
    {
        int part = Math.Min(prefaceLeft, input.Length);
        if (!StartPreface.AsSpan(StartPreface.Length - prefaceLeft, part).SequenceEqual(input.AsSpan(0, part)))
            throw Stage.Fail("no preface came");
        prefaceLeft -= part;
        input = input[part..];
    }

    private bool TakeFrame()
    {
        FrameHeader header = FrameHeader.Read(input);
        if (header.Length > FrameHeader.PayloadMax) throw Stage.Fail($"a frame of {header.Length} bytes");
        if (input.Length < FrameHeader.Size + header.Length) return false;
        byte[] payload = input[FrameHeader.Size..(FrameHeader.Size + header.Length)];
        if (header is { Type: FrameType.Headers } && !header.Has(FrameFlags.EndHeaders) && !TryJoin(ref payload)) return false;
        else if (header.Type != FrameType.Headers || header.Has(FrameFlags.EndHeaders)) input = input[(FrameHeader.Size + header.Length)..];
        if (!hasSettings && header.Type != FrameType.Settings) throw Stage.Fail($"the first frame is {header.Type}");
        switch (header.Type)
        {
            case FrameType.Settings when !header.Has(FrameFlags.Ack):
                TakeSettings(payload);
                break;
            case FrameType.Ping when !header.Has(FrameFlags.Ack):
                Frame(FrameType.Ping, FrameFlags.Ack, 0, payload);
                break;
            case FrameType.WindowUpdate:
                TakeWindow(header.Stream, BinaryPrimitives.ReadUInt32BigEndian(payload));
                break;
            case FrameType.Headers:
                TakeBlock(header.Stream, payload, header.Has(FrameFlags.EndStream));
                break;
            case FrameType.Data:
                TakeData(header.Stream, payload, header.Has(FrameFlags.EndStream));
                break;
            case FrameType.ResetStream:
                Half half = Of(header.Stream);
                bool isNews = !half.PeerEnded;
                half.HasEnded = true;
                half.PeerEnded = true;
                if (isNews) ResetCame?.Invoke(header.Stream);
                break;
            case FrameType.GoAway when BinaryPrimitives.ReadUInt32BigEndian(payload.AsSpan(4)) != 0:
                throw Stage.Fail($"GOAWAY {(Http2Error)BinaryPrimitives.ReadUInt32BigEndian(payload.AsSpan(4))}");
        }
        return true;
    }

    /// <summary>HEADERS and the CONTINUATIONs behind it, when all of them are there.</summary>
    private bool TryJoin(ref byte[] block)
    {
        int at = FrameHeader.Size + block.Length;
        byte[] joined = block;
        while (true)
        {
            if (input.Length < at + FrameHeader.Size) return false;
            FrameHeader next = FrameHeader.Read(input.AsSpan(at));
            if (next.Type != FrameType.Continuation) throw Stage.Fail($"{next.Type} inside a header block");
            if (input.Length < at + FrameHeader.Size + next.Length) return false;
            joined = [.. joined, .. input.AsSpan(at + FrameHeader.Size, next.Length)];
            at += FrameHeader.Size + next.Length;
            if (!next.Has(FrameFlags.EndHeaders)) continue;
            input = input[at..];
            block = joined;
            return true;
        }
    }

    private void TakeSettings(byte[] payload)
    {
        hasSettings = true;
        for (int i = 0; i + 6 <= payload.Length; i += 6)
        {
            if ((SettingId)BinaryPrimitives.ReadUInt16BigEndian(payload.AsSpan(i)) != SettingId.InitialWindowSize) continue;
            int now = (int)BinaryPrimitives.ReadUInt32BigEndian(payload.AsSpan(i + 2));
            foreach (Half half in halves.Values) half.Window += now - peerWindow;
            peerWindow = now;
        }
        Frame(FrameType.Settings, FrameFlags.Ack, 0, []);
    }

    private void TakeWindow(uint stream, uint bytes)
    {
        if (bytes == 0) throw Stage.Fail("a window grows by nothing");
        if (stream == 0) connectionWindow += bytes;
        else Of(stream).Window += bytes;
    }

    private void TakeBlock(uint stream, byte[] block, bool ends)
    {
        (HpackResult result, List<string> fields) = decoder.Decode(block);
        if (result != HpackResult.End) throw Stage.Fail($"a header block that reads as {result}");
        Half half = Of(stream);
        if (half.PeerEnded)
        {
            if (half.HasEnded) return; // of a stream that was reset here
            throw Stage.Fail($"HEADERS behind the end of stream {stream}");
        }
        bool isInterim = fields.Count > 0 && fields[0].StartsWith(":status: 1", StringComparison.Ordinal);
        if (half.HeadCame && !ends) throw Stage.Fail($"trailers that do not end stream {stream}");
        half.HeadCame |= !isInterim;
        half.PeerEnded = ends;
        HeadCame?.Invoke(stream, fields, ends);
    }

    private void TakeData(uint stream, byte[] payload, bool ends)
    {
        Half half = Of(stream);
        granted -= payload.Length;
        half.Granted -= payload.Length;
        if (granted < 0 || half.Granted < 0) throw Stage.Fail($"stream {stream} overruns its window");
        if (half.PeerEnded && !half.HasEnded) throw Stage.Fail($"DATA behind the end of stream {stream}");
        GrantLater(stream, half, payload.Length);
        if (half.PeerEnded) return;
        if (!half.HeadCame) throw Stage.Fail($"DATA before the head of stream {stream}");
        half.PeerEnded = ends;
        DataCame?.Invoke(stream, payload, ends);
    }

    /// <summary>Windows are opened again at once or late, whole or in two pieces.</summary>
    private void GrantLater(uint stream, Half half, int bytes)
    {
        if (bytes == 0) return;
        network.After(dice.Percent(50) ? 1 : dice.Milliseconds(0.01, 5), () =>
        {
            if (isClosed) return;
            granted += bytes;
            half.Granted += bytes;
            int first = bytes > 1 && dice.Percent(30) ? dice.Between(1, bytes - 1) : bytes;
            Frame(FrameType.WindowUpdate, 0, 0, Http2Wire.Number((uint)bytes));
            Frame(FrameType.WindowUpdate, 0, stream, Http2Wire.Number((uint)first));
            if (first < bytes) Frame(FrameType.WindowUpdate, 0, stream, Http2Wire.Number((uint)(bytes - first)));
            if (dice.Percent(10)) Ping();
            Pump();
        });
    }

    public void Dispose() => decoder.Dispose();
}
