using System;
using System.Buffers.Text;
using Engine.Data.Configuration;
using Engine.Data.Messages;
using Engine.Data.Streams;
using Engine.Data.Worlds;
using Engine.Systems.Http1;

namespace Engine.Systems.Forward;

/// <summary>
/// Rules may change any field, but not where a body ends (RFC 9112 section 6.3): what they made of its length and its coding
/// is put right before the head is written, as the next reader would take the rest for another message.
/// </summary>
public static unsafe class KeepFraming
{
    /// <summary>Bytes that the text of a length takes at most.</summary>
    public const int LengthTextMax = 20;

    private static readonly ByteView LengthName = ByteView.Literal("content-length"u8);
    private static readonly ByteView CodingName = ByteView.Literal("transfer-encoding"u8);
    private static readonly ByteView ChunkedCoding = ByteView.Literal("chunked"u8);

    /// <summary>A request says its length or that it has chunks. False: the head has no room for that.</summary>
    /// <param name="stream">Whose body it is.</param>
    /// <param name="head">The request as the rules left it.</param>
    /// <param name="room"><see cref="LengthTextMax"/> bytes, which stay until the head is written.</param>
    public static bool OfRequest(in Stream stream, MessageHead* head, byte* room)
    {
        switch (stream.Request.Kind)
        {
            case BodyKind.Length:
                EditFields.Remove(head, KnownHeader.TransferEncoding);
                return RestoreLength(head, stream.Request.Remaining, room);
            case BodyKind.Chunked:
                EditFields.Remove(head, KnownHeader.ContentLength);
                return EditFields.Find(head, KnownHeader.TransferEncoding) >= 0
                    || EditFields.Add(head, CodingName, ChunkedCoding);
            case BodyKind.None:
                EditFields.Remove(head, KnownHeader.TransferEncoding);
                return EditFields.Find(head, KnownHeader.ContentLength) < 0 || RestoreLength(head, 0, room);
            default:
                return true;
        }
    }

    /// <summary>
    /// A response that lost what says its end is ended by that of the connection. False: the head has no room.
    /// </summary>
    /// <param name="stream">Whose body it is.</param>
    /// <param name="head">The response as the rules left it.</param>
    /// <param name="room"><see cref="LengthTextMax"/> bytes, which stay until the head is written.</param>
    public static bool OfResponse(ref Stream stream, MessageHead* head, byte* room)
    {
        bool isLong = EditFields.Find(head, KnownHeader.ContentLength) >= 0;
        switch (stream.Response.Kind)
        {
            case BodyKind.Length when isLong:
                EditFields.Remove(head, KnownHeader.TransferEncoding);
                return RestoreLength(head, stream.Response.Remaining, room);
            case BodyKind.Length:
                EditFields.Remove(head, KnownHeader.TransferEncoding);
                stream.Flags &= ~StreamFlags.ClientKeepAlive;
                return true;
            case BodyKind.Chunked:
                EditFields.Remove(head, KnownHeader.ContentLength);
                if (EditFields.Find(head, KnownHeader.TransferEncoding) >= 0) return true;
                if (stream.Response.Delivery == BodyDelivery.AsSent) stream.Response.Delivery = BodyDelivery.Decoded;
                stream.Flags &= ~StreamFlags.ClientKeepAlive;
                return true;
            case BodyKind.UntilClose:
                EditFields.Remove(head, KnownHeader.ContentLength);
                EditFields.Remove(head, KnownHeader.TransferEncoding);
                return true;
            case BodyKind.None when (stream.Flags & StreamFlags.HeadRequest) == 0 && head->Status is not (204 or 304):
                EditFields.Remove(head, KnownHeader.TransferEncoding);
                if (isLong) return RestoreLength(head, 0, room);
                stream.Flags &= ~StreamFlags.ClientKeepAlive;
                return true;
            case BodyKind.None when isLong:
                EditFields.Remove(head, KnownHeader.TransferEncoding);
                return true;
            default:
                return true;
        }
    }

    /// <summary>
    /// Whether rules added a Connection field that ends the connection. The field goes, as does one that says nothing but
    /// that it is kept: what is said of the connection is written once, from what is done.
    /// </summary>
    public static bool TakeClose(MessageHead* head)
    {
        bool closes = false;
        for (int i = EditFields.Find(head, KnownHeader.Connection); i >= 0; i = EditFields.Find(head, KnownHeader.Connection, i + 1))
        {
            HeaderField* field = MessageHead.FieldArray(head) + i;
            ListElement element = new(field->Value, field->ValueLength);
            bool isClose = false;
            bool isKept = true;
            while (element.Next())
            {
                ReadOnlySpan<byte> option = new(element.Start, element.Length);
                isClose |= EditFields.NameEquals(option, "close"u8);
                isKept &= EditFields.NameEquals(option, "keep-alive"u8);
            }
            if (isClose || isKept) EditFields.RemoveAt(head, i);
            closes |= isClose;
        }
        return closes;
    }

    /// <summary>Whether rules of a stream may have changed a request, or a response.</summary>
    public static bool IsRuled(World world, in Stream stream, bool isRequest)
    {
        Proxy frontend = world.Configuration.Proxies[stream.Frontend];
        Proxy backend = world.Configuration.Proxies[stream.Backend];
        return isRequest
            ? frontend.HttpRequestRules is not null || backend.HttpRequestRules is not null
            : frontend.HttpResponseRules is not null || backend.HttpResponseRules is not null
                || frontend.HttpAfterResponseRules is not null || backend.HttpAfterResponseRules is not null;
    }

    /// <summary>One field with the length. False: there is no room.</summary>
    public static bool RestoreLength(MessageHead* head, ulong length, byte* room)
    {
        Utf8Formatter.TryFormat(length, new Span<byte>(room, LengthTextMax), out int count);
        ByteView text = new(room, count);
        int first = EditFields.Find(head, KnownHeader.ContentLength);
        bool good = first >= 0 && MessageHead.FieldArray(head)[first].ValueSpan.SequenceEqual(text.Span)
            && EditFields.Find(head, KnownHeader.ContentLength, first + 1) < 0;
        if (good) return true;
        EditFields.Remove(head, KnownHeader.ContentLength);
        return EditFields.Add(head, LengthName, text);
    }
}
