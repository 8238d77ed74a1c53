using System;
using Engine.Data.Messages;
using Engine.Data.Text;

namespace Engine.Systems.Http1;

/// <summary>
/// What the engine must know of a field as soon as it is parsed: framing, host and the connection. Hop-by-hop
/// fields are marked removed here (RFC 9110 section 7.6.1).
/// </summary>
internal static unsafe class ReadField
{
    /// <summary>One bit for each known header that <see cref="Run"/> has something to do with.</summary>
    private const ulong Cases =
        (1UL << (int)KnownHeader.Host)
        | (1UL << (int)KnownHeader.ContentLength)
        | (1UL << (int)KnownHeader.TransferEncoding)
        | (1UL << (int)KnownHeader.Connection)
        | (1UL << (int)KnownHeader.KeepAlive)
        | (1UL << (int)KnownHeader.ProxyConnection)
        | (1UL << (int)KnownHeader.Http2Settings)
        | (1UL << (int)KnownHeader.Te)
        | (1UL << (int)KnownHeader.Upgrade)
        | (1UL << (int)KnownHeader.Expect)
        | (1UL << (int)KnownHeader.SecWebSocketKey)
        | (1UL << (int)KnownHeader.SecWebSocketAccept);

    private static readonly ByteView Trailers = ByteView.Literal("trailers"u8);

    /// <summary>Whether such a field is to be given to <see cref="Run"/>.</summary>
    public static bool Concerns(KnownHeader known) => ((Cases >> (int)known) & 1) != 0;

    public static HeadResult Run(MessageHead* head, int index, byte* readable, ref HeadReading reading)
    {
        HeaderField* field = MessageHead.FieldArray(head) + index;
        switch (field->Known)
        {
            case KnownHeader.Host:
                return reading.IsRequest ? ReadHost(head, index, readable, ref reading) : HeadResult.Ok;
            case KnownHeader.ContentLength:
                return ReadLength(head, index, ref reading);
            case KnownHeader.TransferEncoding:
                return ReadTransferEncoding(field, index, ref reading);
            case KnownHeader.Connection:
                ReadConnection(head, field, ref reading);
                return HeadResult.Ok;
            case KnownHeader.Te:
                ReadTe(field, reading.IsRequest);
                return HeadResult.Ok;
            case KnownHeader.Upgrade:
                reading.HasUpgrade = true;
                return HeadResult.Ok;
            case KnownHeader.SecWebSocketKey:
                if (reading.IsRequest) reading.HasWebSocketKey = true;
                return HeadResult.Ok;
            case KnownHeader.SecWebSocketAccept:
                if (!reading.IsRequest) reading.HasWebSocketKey = true;
                return HeadResult.Ok;
            case KnownHeader.Expect:
                // RFC 9110 section 10.1.1: an HTTP/1.0 client cannot wait for a 100.
                if (reading.IsRequest && head->Version >= HttpVersion.Http11
                    && AsciiCase.Equals(field->ValueSpan, "100-continue"u8))
                {
                    head->Flags |= HeadFlags.ExpectContinue;
                }
                return HeadResult.Ok;
            default:
                field->Removed = true;
                return HeadResult.Ok;
        }
    }

    private static HeadResult ReadHost(MessageHead* head, int index, byte* readable, ref HeadReading reading)
    {
        HeaderField* fields = MessageHead.FieldArray(head);
        HeaderField* field = fields + index;
        if (reading.Host >= 0)
        {
            // As the reference: repeated hosts are one when they are the same.
            if (!AsciiCase.Equals(fields[reading.Host].ValueSpan, field->ValueSpan))
            {
                return HeadResult.ConflictingHosts;
            }
            field->Removed = true;
            return HeadResult.Ok;
        }
        reading.Host = index;
        head->Flags |= HeadFlags.HasHost;
        if (ScanBytes.IsHostName(field->Value, field->ValueLength, readable)) return HeadResult.Ok;
        return Authority.TryRead(field->ValueView, out _) ? HeadResult.Ok : HeadResult.BadHost;
    }

    private static HeadResult ReadLength(MessageHead* head, int index, ref HeadReading reading)
    {
        HeaderField* field = MessageHead.FieldArray(head) + index;
        bool known = reading.ContentLength >= 0;
        ulong length = head->ContentLength;
        ListElement element = new(field->Value, field->ValueLength);
        while (element.Next())
        {
            if (!TryParseLength(element.Start, element.Length, out ulong number)) return HeadResult.BadLength;
            if (known && number != length) return HeadResult.ConflictingLengths;
            if (!known) KeepDigits(field, element.Start, element.Length);
            length = number;
            known = true;
        }
        head->ContentLength = length;
        head->Flags |= HeadFlags.HasContentLength;
        if (reading.ContentLength >= 0) field->Removed = true;
        else reading.ContentLength = index;
        return HeadResult.Ok;
    }

    // The value becomes its first number without leading zeros: the next reader gets one spelling (THREATS.md
    // A17).
    private static void KeepDigits(HeaderField* field, byte* digits, int length)
    {
        while (length > 1 && *digits == '0')
        {
            digits++;
            length--;
        }
        if (digits == field->Value && length == field->ValueLength) return;
        field->Value = digits;
        field->ValueLength = length;
        field->Flags &= ~FieldFlags.Canonical;
    }

    private static bool TryParseLength(byte* digits, int length, out ulong number)
    {
        number = 0;
        if (length == 0) return false;
        for (int i = 0; i < length; i++)
        {
            uint digit = (uint)(digits[i] - '0');
            if (digit > 9) return false;
            if (number > (ulong.MaxValue - digit) / 10) return false;
            number = number * 10 + digit;
        }
        return true;
    }

    private static HeadResult ReadTransferEncoding(HeaderField* field, int index, ref HeadReading reading)
    {
        bool lenient = reading.AcceptUnsafe && !reading.IsRequest;
        if (reading.TransferEncoding >= 0) field->Removed = true;
        else reading.TransferEncoding = index;
        ListElement element = new(field->Value, field->ValueLength);
        while (element.Next())
        {
            if (element.Length == 0)
            {
                if (!lenient) return HeadResult.BadTransferEncoding;
                continue;
            }
            bool chunked =
                AsciiCase.Equals(new ReadOnlySpan<byte>(element.Start, element.Length), "chunked"u8);
            if (reading.Chunked && !(lenient && chunked)) return HeadResult.BadTransferEncoding;
            if (chunked) reading.Chunked = true;
            else reading.OtherCoding = true;
        }
        return HeadResult.Ok;
    }

    private static void ReadConnection(MessageHead* head, HeaderField* field, ref HeadReading reading)
    {
        field->Removed = true;
        // One word alone is by far the most frequent.
        if (AsciiCase.Equals(field->ValueSpan, "keep-alive"u8))
        {
            head->Flags |= HeadFlags.ConnectionKeepAlive;
            return;
        }
        ListElement element = new(field->Value, field->ValueLength);
        while (element.Next())
        {
            switch (Option(element.Start, element.Length))
            {
                case ConnectionOption.Close: head->Flags |= HeadFlags.ConnectionClose; break;
                case ConnectionOption.KeepAlive: head->Flags |= HeadFlags.ConnectionKeepAlive; break;
                case ConnectionOption.Upgrade: reading.SaysUpgrade = true; break;
                case ConnectionOption.Name: reading.NamesFields = true; break;
            }
        }
    }

    internal static ConnectionOption Option(byte* start, int length)
    {
        if (length == 0) return ConnectionOption.None;
        ReadOnlySpan<byte> option = new(start, length);
        if (AsciiCase.Equals(option, "keep-alive"u8)) return ConnectionOption.KeepAlive;
        if (AsciiCase.Equals(option, "close"u8)) return ConnectionOption.Close;
        if (AsciiCase.Equals(option, "upgrade"u8)) return ConnectionOption.Upgrade;
        return ConnectionOption.Name;
    }

    // RFC 9110 section 10.1.4: of TE only "trailers" means anything to the next hop; the codings are ours to
    // do.
    private static void ReadTe(HeaderField* field, bool isRequest)
    {
        if (isRequest && field->ValueSpan.SequenceEqual("trailers"u8)) return;
        ListElement element = new(field->Value, field->ValueLength);
        while (isRequest && element.Next())
        {
            if (!AsciiCase.Equals(new ReadOnlySpan<byte>(element.Start, element.Length), "trailers"u8))
            {
                continue;
            }
            field->Value = Trailers.Start;
            field->ValueLength = Trailers.Length;
            field->Flags &= ~FieldFlags.Canonical;
            return;
        }
        field->Removed = true;
    }
}
