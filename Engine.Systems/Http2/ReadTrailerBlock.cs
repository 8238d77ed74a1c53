using Engine.Data.Http2;
using Engine.Data.Messages;
using Engine.Systems.Http2.Hpack;

namespace Engine.Systems.Http2;

/// <summary>Decodes trailers into the last chunk of a body of HTTP/1 (RFC 9113 section 8.1).</summary>
internal static unsafe class ReadTrailerBlock
{
    public static HeadText Run(Http2Tables tables, ref HpackTable table, byte* block, int length)
    {
        TextWriter text = new(tables.Text, tables.TextSize);
        HeadText head = default;
        text.Append("0\r\n"u8);
        HpackReader reader = new(block, length, tables.Strings, tables.StringsSize);
        HpackResult result;
        while ((result = reader.Next(ref table, out HpackField field)) == HpackResult.Field)
        {
            if (head.Malformed || text.IsFull) continue; // what follows changes the table alone
            System.ReadOnlySpan<byte> value = CheckField.Trimmed(field.ValueSpan);
            bool good = CheckField.IsName(field) && *field.Name != ':' && CheckField.IsValue(value)
                && !IsForbidden(KnownHeaders.Find(field.NameSpan));
            if (good) text.Field(field.NameSpan, value);
            else head.Malformed = true;
        }
        text.Append("\r\n"u8);
        head.Fault = HeadText.FaultOf(result);
        // One that was cut would leave the body without its end.
        head.Malformed |= text.Length == tables.TextSize;
        head.Length = text.Length;
        return head;
    }

    // RFC 9110 section 6.5.1: framing, routing and the connection are settled by the head.
    private static bool IsForbidden(KnownHeader known) => known is KnownHeader.Connection or KnownHeader.ContentLength
        or KnownHeader.Host or KnownHeader.Http2Settings or KnownHeader.KeepAlive or KnownHeader.ProxyConnection
        or KnownHeader.Te or KnownHeader.Trailer or KnownHeader.TransferEncoding or KnownHeader.Upgrade;
}
