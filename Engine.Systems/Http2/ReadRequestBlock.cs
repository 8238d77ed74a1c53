using System;
using Engine.Data.Http2;
using Engine.Data.Messages;
using Engine.Data.Text;
using Engine.Systems.Http2.Hpack;

namespace Engine.Systems.Http2;

/// <summary>
/// Decodes the header block of a request into a head of HTTP/1 (RFC 9113 section 8.3.1): the parser of HTTP/1 reads
/// it, so that nothing reaches a rule or a server that did not pass both. The whole block is always decoded, since the
/// table must follow.
/// </summary>
internal unsafe ref struct ReadRequestBlock
{
    private readonly Http2Tables tables;
    private TextWriter text;
    private TextWriter aside;
    private HeadText head;
    private ByteView method;
    private ByteView scheme;
    private ByteView authority;
    private ByteView path;
    private ByteView protocol;
    private byte* cookies;
    private bool begun;
    private bool hasHost;
    private bool hasAuthority;

    private ReadRequestBlock(Http2Tables tables)
    {
        this.tables = tables;
        text = new TextWriter(tables.Text, tables.TextSize);
        aside = new TextWriter(tables.Aside, tables.TextSize);
    }

    public static HeadText Run(Http2Tables tables, ref HpackTable table, byte* block, int length, bool ends)
    {
        ReadRequestBlock reading = new(tables);
        HpackReader reader = new(block, length, tables.Strings, tables.StringsSize);
        HpackResult result;
        while ((result = reader.Next(ref table, out HpackField field)) == HpackResult.Field)
        {
            if (reading.head.Malformed || reading.text.IsFull) continue; // what follows changes the table alone
            if (field.NameLength > 0 && *field.Name == ':') reading.TakePseudo(field);
            else reading.TakeField(field);
        }
        reading.head.Fault = HeadText.FaultOf(result);
        if (reading.head.Fault == Http2Error.None && !reading.head.Malformed) reading.Finish(ends);
        reading.head.Length = reading.text.Length;
        return reading.head;
    }

    private void TakePseudo(in HpackField field)
    {
        ReadOnlySpan<byte> name = field.NameSpan;
        // Of these two more is asked for when the line is put together, and a bad one is answered.
        bool isJudgedLater = name.SequenceEqual(":method"u8) || name.SequenceEqual(":scheme"u8);
        bool isClean = isJudgedLater ? CheckField.IsValue(field.ValueSpan) : CheckField.IsLinePart(field.ValueSpan);
        bool taken = !begun && isClean;
        if (!taken) head.Malformed = true;
        else if (name.SequenceEqual(":method"u8)) Take(ref method, field);
        else if (name.SequenceEqual(":path"u8)) Take(ref path, field);
        else if (name.SequenceEqual(":scheme"u8)) Take(ref scheme, field);
        else if (name.SequenceEqual(":authority"u8)) Take(ref authority, field);
        else if (name.SequenceEqual(":protocol"u8)) Take(ref protocol, field);
        else head.Malformed = true;
    }

    // Copied: the next field may drop it from the table.
    private void Take(ref ByteView place, in HpackField field)
    {
        byte* start = aside.Start + aside.Length;
        if (place.Start != null || field.ValueLength > tables.TextSize - aside.Length) head.Malformed = true;
        aside.Append(field.ValueSpan);
        place = new ByteView(start, field.ValueLength);
    }

    private void TakeField(in HpackField field)
    {
        if (!begun) Begin();
        ReadOnlySpan<byte> value = CheckField.Trimmed(field.ValueSpan);
        KnownHeader known = KnownHeaders.Find(field.NameSpan);
        if (head.Malformed || !CheckField.IsName(field) || !CheckField.IsValue(value)
            || CheckField.IsForbidden(known, value))
        {
            head.Malformed = true;
            return;
        }
        switch (known)
        {
            case KnownHeader.Cookie:
                TakeCookie(value);
                return;
            case KnownHeader.ContentLength:
                TakeLength(value);
                return;
            case KnownHeader.Host:
                TakeHost(value);
                return;
            case KnownHeader.Http2Settings:
                return;
            case KnownHeader.SecWebSocketKey when head.ExtendedConnect:
                return;
            default:
                text.Field(field.NameSpan, value);
                return;
        }
    }

    // RFC 9113 section 8.2.3: crumbs become one field.
    private void TakeCookie(ReadOnlySpan<byte> value)
    {
        if (cookies == null) cookies = aside.Start + aside.Length;
        else aside.Append("; "u8);
        aside.Append(value);
        // A cookie that was cut would be another one: let the head be too large.
        if (aside.Length < tables.TextSize) return;
        text.Append("cookie: "u8);
        text.Append(new ReadOnlySpan<byte>(cookies, (int)(aside.Start + aside.Length - cookies)));
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

    private void TakeHost(ReadOnlySpan<byte> value)
    {
        // RFC 9113 section 8.3.1: the authority counts, and nothing beside it is passed on.
        if (hasAuthority) return;
        if (hasHost && !AsciiCase.Equals(value, authority.Span)) head.Malformed = true;
        if (hasHost) return;
        hasHost = true;
        byte* start = text.Start + text.Length + "host: "u8.Length;
        text.Field("host"u8, value);
        authority = new ByteView(start, (int)Math.Clamp(text.Start + text.Length - start, 0, value.Length));
    }

    /// <summary>Everything that the request line needs is there, since pseudo-fields come first.</summary>
    private void Begin()
    {
        begun = true;
        head.Malformed |= !IsLineGood();
        if (head.Malformed || head.Refused) return;
        head.IsHttps = scheme.Span.SequenceEqual("https"u8);
        if (head.ExtendedConnect) text.Append("GET"u8);
        else text.Append(method.Span);
        text.Append(" "u8);
        bool plainConnect = head.Method == Method.Connect && !head.ExtendedConnect;
        if (plainConnect)
        {
            text.Append(authority.Span);
        }
        else
        {
            if (!authority.IsEmpty && path.Start[0] == '/')
            {
                text.Append(scheme.Span);
                text.Append("://"u8);
                text.Append(authority.Span);
            }
            text.Append(path.Span);
        }
        text.Append(" HTTP/1.1\r\n"u8);
        if (authority.IsEmpty) return;
        hasHost = true;
        hasAuthority = true;
        text.Field("host"u8, authority.Span);
    }

    private bool IsLineGood()
    {
        if (method.IsEmpty) return false;
        head.Refused = !CheckField.IsToken(method.Span);
        head.Method = MethodOf(method.Span);
        if (head.Method == Method.Connect && protocol.Start == null)
            return !authority.IsEmpty && scheme.Start == null && path.Start == null;
        if (path.IsEmpty || scheme.Start == null) return false;
        head.Refused |= !IsScheme(scheme.Span);
        if (protocol.Start != null)
        {
            // Behind an upgrade to HTTP/2 requests would pass unread (THREATS.md B25).
            bool hidden = AsciiCase.Equals(protocol.Span, "h2c"u8) || AsciiCase.Equals(protocol.Span, "h2"u8);
            if (head.Method != Method.Connect || authority.IsEmpty || hidden) return false;
            if (!CheckField.IsToken(protocol.Span)) return false;
            head.ExtendedConnect = true;
            head.Method = Method.Get;
        }
        bool asterisk = path.Length == 1 && path.Start[0] == '*';
        head.Refused |= asterisk && head.Method != Method.Options;
        return path.Start[0] == '/' || asterisk;
    }

    // RFC 3986 section 3.1.
    private static bool IsScheme(ReadOnlySpan<byte> value)
    {
        if (value.IsEmpty || AsciiCase.Lower(value[0]) is < (byte)'a' or > (byte)'z') return false;
        foreach (byte one in value)
        {
            bool letter = AsciiCase.Lower(one) is >= (byte)'a' and <= (byte)'z';
            if (!letter && one is not ((>= (byte)'0' and <= (byte)'9') or (byte)'+' or (byte)'-' or (byte)'.'))
                return false;
        }
        return true;
    }

    private static Method MethodOf(ReadOnlySpan<byte> name)
    {
        if (name.SequenceEqual("GET"u8)) return Method.Get;
        if (name.SequenceEqual("HEAD"u8)) return Method.Head;
        if (name.SequenceEqual("CONNECT"u8)) return Method.Connect;
        return name.SequenceEqual("OPTIONS"u8) ? Method.Options : Method.Other;
    }

    private void Finish(bool ends)
    {
        if (!begun) Begin();
        if (head.Malformed) return;
        if (head.Refused)
        {
            Refuse();
            return;
        }
        if (cookies != null)
        {
            int length = (int)(aside.Start + aside.Length - cookies);
            text.Field("cookie"u8, new ReadOnlySpan<byte>(cookies, length));
        }
        if (ends && head.ContentLength != 0) head.Malformed = true;
        if (head.HasLength)
        {
            text.Append("content-length: "u8);
            text.Number(head.ContentLength);
            text.Append("\r\n"u8);
        }
        if (head.ExtendedConnect) FinishUpgrade();
        else if (!ends && !head.HasLength && head.Method != Method.Connect)
            text.Append("transfer-encoding: chunked\r\n"u8);
        text.Append("\r\n"u8);
    }

    /// <summary>A line that the parser of HTTP/1 refuses, and with it the request.</summary>
    private void Refuse()
    {
        text.Clear();
        text.Append("?\r\n\r\n"u8);
        head.ExtendedConnect = false;
        head.Method = Method.Other;
    }

    // RFC 8441 section 5: HTTP/1 has a key there, whose answer nobody here needs to check.
    private void FinishUpgrade()
    {
        if (head.HasLength) head.Malformed = true;
        text.Append("connection: upgrade\r\n"u8);
        text.Field("upgrade"u8, protocol.Span);
        if (AsciiCase.Equals(protocol.Span, "websocket"u8))
            text.Field("sec-websocket-key"u8, OwnHandshake.Key);
    }
}
