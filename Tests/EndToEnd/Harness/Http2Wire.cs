using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Linq;
using Engine.Data.Http2;
using Engine.Systems.Http2.Hpack;
using Tests.Systems.Http2.Hpack;
using Xunit;

namespace Tests.EndToEnd.Harness;

/// <summary>
/// One end of an HTTP/2 connection, frame by frame, right ones and wrong ones. Header blocks are written with literals
/// only, so that a test sees in its text what it sends.
/// </summary>
public sealed class Http2Wire(Wire wire) : IDisposable
{
    private static ReadOnlySpan<byte> Preface => "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8;

    private readonly HpackRun decoder = new();

    public Wire Wire => wire;

    /// <summary>What the peer's first SETTINGS said.</summary>
    public Dictionary<SettingId, uint> Settings { get; } = [];

    /// <summary>Frames that were read over while another was waited for.</summary>
    public List<Http2Frame> Passed { get; } = [];

    /// <summary>A client: preface and SETTINGS are exchanged.</summary>
    public static Http2Wire Client(Wire wire, params (SettingId Id, uint Value)[] settings)
    {
        Http2Wire http2 = new(wire);
        wire.Send(Preface);
        http2.SendSettings(settings);
        http2.TakeSettings();
        return http2;
    }

    /// <summary>A server: the client's preface is read, SETTINGS are exchanged.</summary>
    public static Http2Wire Server(Wire wire, params (SettingId Id, uint Value)[] settings)
    {
        Http2Wire http2 = new(wire);
        Assert.Equal(Wire.Encoding.GetString(Preface), wire.ReadText(Preface.Length));
        http2.SendSettings(settings);
        http2.TakeSettings();
        return http2;
    }

    private void TakeSettings()
    {
        Http2Frame frame = Read();
        Assert.Equal(FrameType.Settings, frame.Type);
        for (int i = 0; i < frame.Payload.Length; i += 6)
        {
            Settings[(SettingId)BinaryPrimitives.ReadUInt16BigEndian(frame.Payload.AsSpan(i))] =
                BinaryPrimitives.ReadUInt32BigEndian(frame.Payload.AsSpan(i + 2));
        }
        Send(FrameType.Settings, FrameFlags.Ack, 0, []);
    }

    public Http2Wire SendSettings(params (SettingId Id, uint Value)[] settings)
    {
        byte[] payload = new byte[settings.Length * 6];
        for (int i = 0; i < settings.Length; i++)
        {
            BinaryPrimitives.WriteUInt16BigEndian(payload.AsSpan(i * 6), (ushort)settings[i].Id);
            BinaryPrimitives.WriteUInt32BigEndian(payload.AsSpan(i * 6 + 2), settings[i].Value);
        }
        return Send(FrameType.Settings, FrameFlags.None, 0, payload);
    }

    public static byte[] Frame(FrameType type, FrameFlags flags, uint stream, ReadOnlySpan<byte> payload)
    {
        byte[] frame = new byte[FrameHeader.Size + payload.Length];
        new FrameHeader(payload.Length, type, flags, stream).Write(frame);
        payload.CopyTo(frame.AsSpan(FrameHeader.Size));
        return frame;
    }

    public Http2Wire Send(FrameType type, FrameFlags flags, uint stream, ReadOnlySpan<byte> payload)
    {
        wire.Send(Frame(type, flags, stream, payload));
        return this;
    }

    /// <summary>Fields as <c>name: value</c>; the name ends at the first colon behind its first byte.</summary>
    public static byte[] Block(params string[] fields)
    {
        List<byte> block = [];
        foreach (string field in fields)
        {
            int colon = field.IndexOf(": ", StringComparison.Ordinal);
            block.Add(0);
            AddText(block, field[..colon]);
            AddText(block, field[(colon + 2)..]);
        }
        return [.. block];
    }

    private static void AddText(List<byte> block, string text)
    {
        int length = text.Length;
        block.Add((byte)Math.Min(length, 127));
        if (length >= 127)
        {
            for (length -= 127; length >= 128; length >>= 7) block.Add((byte)(length | 128));
            block.Add((byte)length);
        }
        block.AddRange(Wire.Encoding.GetBytes(text));
    }

    public Http2Wire Headers(uint stream, bool ends, params string[] fields) =>
        Send(FrameType.Headers, FrameFlags.EndHeaders | (ends ? FrameFlags.EndStream : 0), stream, Block(fields));

    public Http2Wire Get(uint stream, string path = "/", params string[] fields) =>
        Headers(stream, true, [":method: GET", ":scheme: http", ":authority: h", $":path: {path}", .. fields]);

    public Http2Wire Post(uint stream, string path = "/", params string[] fields) =>
        Headers(stream, false, [":method: POST", ":scheme: http", ":authority: h", $":path: {path}", .. fields]);

    public Http2Wire Data(uint stream, string text, bool ends = false) =>
        Send(FrameType.Data, ends ? FrameFlags.EndStream : 0, stream, Wire.Encoding.GetBytes(text));

    public Http2Wire Window(uint stream, uint bytes) => Send(FrameType.WindowUpdate, 0, stream, Number(bytes));

    public Http2Wire Reset(uint stream, Http2Error error = Http2Error.Cancel) =>
        Send(FrameType.ResetStream, 0, stream, Number((uint)error));

    public Http2Wire GoAway(uint last, Http2Error error = Http2Error.None) =>
        Send(FrameType.GoAway, 0, 0, [.. Number(last), .. Number((uint)error)]);

    public static byte[] Number(uint value)
    {
        byte[] bytes = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        return bytes;
    }

    /// <summary>The next frame, whatever it is.</summary>
    public Http2Frame Read()
    {
        FrameHeader header = FrameHeader.Read(wire.ReadBytes(FrameHeader.Size));
        Assert.InRange(header.Length, 0, FrameHeader.PayloadMax);
        byte[] payload = wire.ReadBytes(header.Length);
        List<string> fields = [];
        if (header.Type == FrameType.Headers)
        {
            byte[] block = payload;
            FrameFlags flags = header.Flags;
            while ((flags & FrameFlags.EndHeaders) == 0)
            {
                FrameHeader next = FrameHeader.Read(wire.ReadBytes(FrameHeader.Size));
                Assert.Equal(FrameType.Continuation, next.Type);
                block = [.. block, .. wire.ReadBytes(next.Length)];
                flags = next.Flags;
            }
            (HpackResult result, fields) = decoder.Decode(block);
            Assert.Equal(HpackResult.End, result);
        }
        return new Http2Frame(header.Type, header.Flags, header.Stream, payload, fields);
    }

    /// <summary>The next frame of a stream; of the connection only its end is not read over.</summary>
    public Http2Frame ReadOf(uint stream)
    {
        while (true)
        {
            Http2Frame frame = Read();
            if (frame.Stream == stream && frame.Type != FrameType.WindowUpdate) return frame;
            if (frame.Type == FrameType.GoAway) Assert.Fail($"unexpected {frame.Type} {frame.Error}");
            Passed.Add(frame);
        }
    }

    /// <summary>A whole message; frames of other streams are read over.</summary>
    public Http2Message ReadMessage(uint stream)
    {
        List<string> interim = [];
        Http2Frame head = ReadOf(stream);
        Assert.Equal(FrameType.Headers, head.Type);
        while (head[":status"] is { Length: 3 } status && status[0] == '1')
        {
            interim.Add(status);
            head = ReadOf(stream);
        }
        List<byte> body = [];
        Http2Frame last = head;
        while (!last.Ends)
        {
            last = ReadOf(stream);
            Assert.True(last.Type is FrameType.Data or FrameType.Headers, last.ToString());
            if (last.Type == FrameType.Data) body.AddRange(last.Payload);
        }
        return new Http2Message(head, [.. body], last.Type == FrameType.Headers && last != head ? last : null, interim);
    }

    public void ExpectReset(uint stream, params Http2Error[] errors)
    {
        Http2Frame frame = ReadOf(stream);
        while (frame.Type != FrameType.ResetStream && !frame.Ends) frame = ReadOf(stream);
        Assert.Equal(FrameType.ResetStream, frame.Type);
        Assert.Contains(frame.Error, errors);
    }

    /// <summary>A GOAWAY and the end of the connection; one without error may announce it.</summary>
    public void ExpectGoAway(Http2Error error)
    {
        Http2Frame frame = Read();
        while (frame.Type != FrameType.GoAway || (frame.Error == Http2Error.None && error != Http2Error.None)) frame = Read();
        Assert.Equal(error, frame.Error);
        wire.ReadToEndOrReset();
    }

    /// <summary>The connection works: a PING comes back behind whatever else.</summary>
    public void ExpectAlive()
    {
        byte[] mark = [1, 2, 3, 4, 5, 6, 7, (byte)Passed.Count];
        Send(FrameType.Ping, 0, 0, mark);
        Http2Frame frame = Read();
        while (frame.Type != FrameType.Ping || !frame.Payload.SequenceEqual(mark))
        {
            Assert.NotEqual(FrameType.GoAway, frame.Type);
            frame = Read();
        }
    }

    public void Dispose()
    {
        decoder.Dispose();
        wire.Dispose();
    }
}
