using System;
using Engine.Data.Http2;
using Engine.Data.Messages;
using Engine.Data.Tables;
using Engine.Data.Text;
using Engine.Systems.Http2.Hpack;

namespace Engine.Systems.Http2;

/// <summary>
/// Decodes the header block of a response into a head of HTTP/1 (RFC 9113 section 8.3.2). Servers are hostile too
/// (THREATS.md B5): as strict as for requests.
/// </summary>
internal unsafe ref struct ReadResponseBlock
{
    private TextWriter text;
    private HeadText head;
    private bool begun;

    /// <param name="tables">The thread's HTTP/2 tables.</param>
    /// <param name="table">The connection's dynamic table.</param>
    /// <param name="block">The header block.</param>
    /// <param name="length">Its bytes.</param>
    /// <param name="ends">No body follows.</param>
    /// <param name="stream">The stream: what its request was.</param>
    /// <param name="accept">What a WebSocket client expects in return for its key.</param>
    /// <param name="protocol">What the request was to turn to, of an extended CONNECT.</param>
    public static HeadText Run(
        Http2Tables tables,
        ref HpackTable table,
        byte* block,
        int length,
        bool ends,
        in Http2Stream stream,
        ReadOnlySpan<byte> accept,
        ReadOnlySpan<byte> protocol)
    {
        ReadResponseBlock reading = new() { text = new TextWriter(tables.Text, tables.TextSize) };
        HpackReader reader = new(block, length, tables.Strings, tables.StringsSize);
        HpackResult result;
        while ((result = reader.Next(ref table, out HpackField field)) == HpackResult.Field)
        {
            if (reading.head.Malformed || reading.text.IsFull) continue; // what follows changes the table alone
            if (field.NameLength > 0 && *field.Name == ':') reading.TakePseudo(field, stream, accept, protocol);
            else reading.TakeField(field);
        }
        reading.head.Fault = HeadText.FaultOf(result);
        if (reading.head.Fault == Http2Error.None && !reading.head.Malformed) reading.Finish(ends, stream);
        reading.head.Length = reading.text.Length;
        return reading.head;
    }

    private void TakePseudo(
        in HpackField field, in Http2Stream stream, ReadOnlySpan<byte> accept, ReadOnlySpan<byte> protocol)
    {
        bool good = !begun && field.NameSpan.SequenceEqual(":status"u8) && field.ValueLength == 3
            && CheckField.TryLength(field.ValueSpan, out _);
        int status = good ? (field.Value[0] - '0') * 100 + (field.Value[1] - '0') * 10 + (field.Value[2] - '0') : 0;
        // RFC 9113 section 8.6: there is no 101 in HTTP/2.
        if (status is < 100 or 101)
        {
            head.Malformed = true;
            return;
        }
        begun = true;
        if (stream.Flags.HasFlag(Http2StreamFlags.ExtendedConnect) && status is >= 200 and < 300)
        {
            status = 101;
            text.Append("HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\n"u8);
            text.Field("upgrade"u8, protocol);
            if (AsciiCase.Equals(protocol, "websocket"u8)) text.Field("sec-websocket-accept"u8, accept);
        }
        else
        {
            text.Append("HTTP/1.1 "u8);
            text.Append(field.ValueSpan);
            text.Append(" \r\n"u8);
        }
        head.Status = status;
    }

    private void TakeField(in HpackField field)
    {
        ReadOnlySpan<byte> value = CheckField.Trimmed(field.ValueSpan);
        KnownHeader known = KnownHeaders.Find(field.NameSpan);
        if (!begun || !CheckField.IsName(field) || !CheckField.IsValue(value) || CheckField.IsForbidden(known, value))
        {
            head.Malformed = true;
            return;
        }
        if (known == KnownHeader.ContentLength) TakeLength(value);
        else if (known != KnownHeader.SecWebSocketAccept || head.Status != 101) text.Field(field.NameSpan, value);
    }

    private void TakeLength(ReadOnlySpan<byte> value)
    {
        if (!CheckField.TryLengths(value, out ulong length) || (head.HasLength && length != head.ContentLength))
        {
            head.Malformed = true;
            return;
        }
        head.HasLength = true;
        head.ContentLength = length;
    }

    private void Finish(bool ends, in Http2Stream stream)
    {
        head.Malformed |= !begun || (head.Status < 200 && head.Status != 101 && (ends || head.HasLength));
        if (head.Malformed) return;
        Check.That(head.Status >= 100);
        bool bodiless = stream.Method == Method.Head || head.Status is < 200 or 204 or 304;
        bool tunnel = head.Status == 101 || (stream.Method == Method.Connect && head.Status < 300);
        if (ends && !bodiless && !tunnel)
        {
            if (head.ContentLength != 0) head.Malformed = true;
            head.HasLength = true;
        }
        if (tunnel || head.Status < 200) head.HasLength = false;
        if (head.HasLength)
        {
            text.Append("content-length: "u8);
            text.Number(head.ContentLength);
            text.Append("\r\n"u8);
        }
        else if (!bodiless && !tunnel)
        {
            text.Append("transfer-encoding: chunked\r\n"u8);
        }
        text.Append("\r\n"u8);
        if (bodiless) head.ContentLength = 0;
    }
}
