using System;
using System.Buffers.Binary;
using Engine.Data.Messages;
using Engine.Data.Tables;

namespace Engine.Data.Configuration;

/// <summary>
/// What a frontend keeps of messages for its log lines, and how a stream's captures are laid out: one byte that says
/// whether the stream has any, then for each slot two bytes of length, 65535 when nothing was captured, and the text.
/// </summary>
public sealed unsafe class CapturePlan
{
    private const ushort Missing = ushort.MaxValue;

    /// <summary>By index, as <c>capture.req.hdr(index)</c> counts.</summary>
    public CaptureSlot[] Request = [];

    public CaptureSlot[] Response = [];

    /// <summary><c>capture cookie</c>, of requests and of responses; null without one.</summary>
    public CaptureSlot? RequestCookie;

    public CaptureSlot? ResponseCookie;

    /// <summary>Bytes of a stream's captures.</summary>
    public int Size { get; private set; } = 1;

    /// <summary>A copy to add to.</summary>
    public CapturePlan Copy() => (CapturePlan)MemberwiseClone();

    /// <summary>Gives a slot its place.</summary>
    public CaptureSlot Place(CaptureSlot slot)
    {
        slot.Offset = Size;
        Size += sizeof(ushort) + slot.Length;
        return slot;
    }

    /// <summary>Begins: nothing is captured yet.</summary>
    public void Reset(byte* captures)
    {
        *captures = 1;
        foreach (CaptureSlot slot in Request) SetLength(captures, slot, Missing);
        foreach (CaptureSlot slot in Response) SetLength(captures, slot, Missing);
        if (RequestCookie is { } request) SetLength(captures, request, Missing);
        if (ResponseCookie is { } response) SetLength(captures, response, Missing);
    }

    /// <summary>Keeps a text, cut at the slot's length.</summary>
    public static void Keep(byte* captures, CaptureSlot slot, ReadOnlySpan<byte> text)
    {
        int length = Math.Min(text.Length, slot.Length);
        Check.That(length < Missing);
        text[..length].CopyTo(new Span<byte>(captures + slot.Offset + sizeof(ushort), length));
        SetLength(captures, slot, (ushort)length);
    }

    /// <summary>Keeps <c>name=value</c> of a cookie, cut at the slot's length.</summary>
    public static void Keep(byte* captures, CaptureSlot slot, ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        Span<byte> room = new(captures + slot.Offset + sizeof(ushort), slot.Length);
        int length = Append(room, 0, name);
        length = Append(room, length, "="u8);
        length = Append(room, length, value);
        Check.That(length < Missing);
        SetLength(captures, slot, (ushort)length);
    }

    /// <summary>Answers how much stands there then.</summary>
    private static int Append(Span<byte> room, int length, ReadOnlySpan<byte> piece)
    {
        int taken = Math.Min(piece.Length, room.Length - length);
        piece[..taken].CopyTo(room[length..]);
        return length + taken;
    }

    /// <summary>False: nothing was captured, or the stream has no captures.</summary>
    public static bool TryRead(byte* captures, CaptureSlot slot, out ByteView text)
    {
        text = default;
        if (captures == null || *captures == 0) return false;
        int length = BinaryPrimitives.ReadUInt16LittleEndian(new ReadOnlySpan<byte>(captures + slot.Offset, 2));
        if (length == Missing) return false;
        text = new ByteView(captures + slot.Offset + sizeof(ushort), length);
        return true;
    }

    private static void SetLength(byte* captures, CaptureSlot slot, ushort length) =>
        BinaryPrimitives.WriteUInt16LittleEndian(new Span<byte>(captures + slot.Offset, 2), length);
}
