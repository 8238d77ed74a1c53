using System;
using Engine.Data.Messages;
using Engine.Data.Text;

namespace Engine.Systems.Http1;

/// <summary>
/// What can only be said of a head when all its fields are read: which length counts, what the connection
/// does.
/// </summary>
internal static unsafe class FinishHead
{
    private static readonly ByteView Chunked = ByteView.Literal("chunked"u8);

    public static HeadResult Run(MessageHead* head, ref HeadReading reading)
    {
        HeadResult result = HeadResult.Ok;
        if (reading.TransferEncoding >= 0) result = SettleCoding(head, ref reading);
        if (result != HeadResult.Ok) return result;
        if (head->Method == Method.Connect) result = SettleConnect(head, ref reading);
        if (result != HeadResult.Ok) return result;
        if (reading.NamesFields) result = RemoveNamed(head);
        if (result != HeadResult.Ok) return result;
        if (reading.HasUpgrade) SettleUpgrade(head, ref reading);
        return CheckUpgrade(head, ref reading);
    }

    /// <summary>RFC 9112 sections 6.1 and 6.3.</summary>
    private static HeadResult SettleCoding(MessageHead* head, ref HeadReading reading)
    {
        HeaderField* fields = MessageHead.FieldArray(head);
        if (!reading.Chunked)
        {
            if (!reading.AcceptUnsafe || reading.IsRequest || reading.OtherCoding)
            {
                return HeadResult.BadTransferEncoding;
            }
            fields[reading.TransferEncoding].Removed = true;
            return HeadResult.Ok;
        }
        if (reading.OtherCoding) return HeadResult.UnsupportedCoding;

        HeaderField* coding = fields + reading.TransferEncoding;
        if (!coding->ValueSpan.SequenceEqual(Chunked.Span))
        {
            coding->Value = Chunked.Start;
            coding->ValueLength = Chunked.Length;
            coding->Flags &= ~FieldFlags.Canonical;
        }
        head->Flags |= HeadFlags.HasTransferEncoding | HeadFlags.Chunked;
        if (head->Version < HttpVersion.Http11) head->Flags |= HeadFlags.CloseAfter;
        if ((head->Flags & HeadFlags.HasContentLength) != 0)
        {
            head->Flags &= ~HeadFlags.HasContentLength;
            if (!reading.KeepsInsecureCoding) head->Flags |= HeadFlags.CloseAfter;
            head->ContentLength = 0;
            fields[reading.ContentLength].Removed = true;
        }
        return HeadResult.Ok;
    }

    // Bytes behind a CONNECT are the tunnel's; a length for them would be read by some and not by others.
    private static HeadResult SettleConnect(MessageHead* head, ref HeadReading reading)
    {
        if ((head->Flags & HeadFlags.Chunked) != 0 || head->ContentLength != 0)
        {
            return HeadResult.UnexpectedBody;
        }
        if (reading.ContentLength >= 0) MessageHead.FieldArray(head)[reading.ContentLength].Removed = true;
        head->Flags &= ~HeadFlags.HasContentLength;
        return HeadResult.Ok;
    }

    /// <summary>
    /// RFC 9110 section 7.6.1: fields that Connection names are not passed on. Only names that the engine
    /// does not know: a client must not be able to take away framing or Host (THREATS.md A29), nor what a
    /// proxy in front of us added for the application to trust (the X-Forwarded family, CVE-2022-31813).
    /// </summary>
    private static HeadResult RemoveNamed(MessageHead* head)
    {
        int options = 0;
        foreach (ref HeaderField field in MessageHead.Fields(head))
        {
            if (field.Known != KnownHeader.Connection) continue;
            ListElement element = new(field.Value, field.ValueLength);
            while (element.Next())
            {
                if (ReadField.Option(element.Start, element.Length) != ConnectionOption.Name) continue;
                if (++options > HeadLimits.ConnectionOptionsMax) return HeadResult.BadConnection;
                RemoveNamed(head, new ReadOnlySpan<byte>(element.Start, element.Length));
            }
        }
        return HeadResult.Ok;
    }

    private static void RemoveNamed(MessageHead* head, ReadOnlySpan<byte> name)
    {
        ReadOnlySpan<byte> trusted = "x-forwarded-"u8;
        if (name.Length >= trusted.Length && AsciiCase.Equals(name[..trusted.Length], trusted)) return;
        foreach (ref HeaderField field in MessageHead.Fields(head))
        {
            if (field.Known == KnownHeader.None && AsciiCase.Equals(field.NameSpan, name))
            {
                field.Removed = true;
            }
        }
    }

    /// <summary>
    /// Upgrade passes only when Connection says so, in HTTP/1.1 (RFC 9110 section 7.8), and never with HTTP/2
    /// over cleartext: behind such an upgrade requests would pass unread (THREATS.md A26).
    /// </summary>
    private static void SettleUpgrade(MessageHead* head, ref HeadReading reading)
    {
        bool allowed = reading.SaysUpgrade && head->Version >= HttpVersion.Http11;
        foreach (ref HeaderField field in MessageHead.Fields(head))
        {
            if (field.Known != KnownHeader.Upgrade) continue;
            if (allowed) KeepProtocols(head, ref field);
            else field.Removed = true;
        }
    }

    private static void KeepProtocols(MessageHead* head, ref HeaderField field)
    {
        byte* kept = field.Value;
        int count = 0;
        bool dropped = false;
        ListElement element = new(field.Value, field.ValueLength);
        while (element.Next())
        {
            ReadOnlySpan<byte> protocol = new(element.Start, element.Length);
            if (protocol.IsEmpty || AsciiCase.Equals(protocol, "h2c"u8) || AsciiCase.Equals(protocol, "h2"u8))
            {
                dropped = true;
                continue;
            }
            if (AsciiCase.Equals(protocol, "websocket"u8)) head->Flags |= HeadFlags.WebSocket;
            if (dropped)
            {
                // Closing up never overtakes the reader: what went before was at least as long.
                if (count > 0) *kept++ = (byte)',';
                protocol.CopyTo(new Span<byte>(kept, protocol.Length));
                kept += protocol.Length;
            }
            else kept = element.Start + element.Length;
            count++;
        }
        if (count == 0)
        {
            field.Removed = true;
            return;
        }
        head->Flags |= HeadFlags.Upgrade;
        if (!dropped) return;
        field.ValueLength = (int)(kept - field.Value);
        field.Flags &= ~FieldFlags.Canonical;
    }

    private static HeadResult CheckUpgrade(MessageHead* head, ref HeadReading reading)
    {
        bool switching = head->Status == 101;
        if (switching && (head->Flags & HeadFlags.Upgrade) == 0) return HeadResult.BadUpgrade;
        // RFC 6455 sections 4.1 and 4.2: a handshake without its key is none.
        bool handshake = (head->Flags & HeadFlags.WebSocket) != 0 && (reading.IsRequest || switching);
        return handshake && !reading.HasWebSocketKey && !reading.AcceptUnsafe
            ? HeadResult.BadUpgrade
            : HeadResult.Ok;
    }
}
