using System;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Engine.Data.Kernel;
using Engine.Data.Samples;
using Engine.Data.Sticky;
using Engine.Data.Text;
using Engine.Systems.Samples;
using Engine.Systems.Sticky.Values;

namespace Engine.Runtime.Admin.Commands;

/// <summary>Tables and entries as <c>show table</c> gives them, and keys as commands take them.</summary>
internal static class StickEntryText
{
    /// <summary>The line that tells of a table.</summary>
    public static string Describe(StickTable table) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"# table: {table.Settings.Name}, type: {table.Settings.TypeWord}, size:{table.Settings.Size}, used:{table.Used}");

    /// <summary>What stands for the address of an entry: its table and its row.</summary>
    public static ulong Pointer(StickTable table, uint row) => ((ulong)(table.Settings.Number + 1) << 32) | row;

    /// <summary>The line of a held entry.</summary>
    public static string Of(StickTable table, StickTexts texts, uint row, uint nowMs)
    {
        StringBuilder text = new();
        int holders = table.HoldersOf(row) - 1;
        text.Append(CultureInfo.InvariantCulture, $"0x{Pointer(table, row):x}: key={Key(table, row)} use={holders} ");
        text.Append(CultureInfo.InvariantCulture, $"exp={table.LeftMs(row, nowMs)} shard=0");
        foreach (StickDataRow datum in StickDataRow.All)
        {
            int count = table.Layout.CountOf(datum.Data);
            for (int i = 0; i < count; i++) Append(text, table, texts, row, datum, i, nowMs);
        }
        return text.ToString();
    }

    private static void Append(
        StringBuilder text, StickTable table, StickTexts texts, uint row, StickDataRow datum, int index, uint nowMs)
    {
        string name = datum.IsArray ? datum.Name.Insert(3, index.ToString(CultureInfo.InvariantCulture)) : datum.Name;
        text.Append(' ').Append(name);
        if (datum.Kind == StickDataKind.Rate)
            text.Append(CultureInfo.InvariantCulture, $"({table.Layout.PeriodOf(datum.Data)})");
        table.Lock(row);
        long value = StickValue.Read(table, row, datum.Data, index, nowMs);
        table.Unlock(row, touch: false, nowMs);
        text.Append('=');
        if (datum.Kind == StickDataKind.LongCounter) text.Append((ulong)value);
        else if (datum.Kind != StickDataKind.Text) text.Append(value);
        else text.Append(value == 0 ? "-" : texts.TextOf((uint)value));
    }

    private static string Key(StickTable table, uint row)
    {
        ReadOnlySpan<byte> key = table.KeyOf(row);
        Span<byte> address = stackalloc byte[WriteAddress.Ipv6Max];
        AddressBytes bytes = default;
        switch (table.Settings.Type)
        {
            case StickKeyType.Ipv4:
                key.CopyTo(bytes);
                return Encoding.ASCII.GetString(address[..WriteAddress.Ipv4(address, bytes)]);
            case StickKeyType.Ipv6:
                key.CopyTo(bytes);
                return Encoding.ASCII.GetString(address[..WriteAddress.Ipv6(address, bytes)]);
            case StickKeyType.Integer:
                return MemoryMarshal.Read<uint>(key).ToString(CultureInfo.InvariantCulture);
            case StickKeyType.Binary:
                return Convert.ToHexString(key);
            default:
                return Printable(key);
        }
    }

    /// <summary>Blanks, backslashes and what does not print are escaped, so that a line stays one and has its words.</summary>
    private static string Printable(ReadOnlySpan<byte> key)
    {
        StringBuilder text = new();
        foreach (byte c in key)
        {
            if (c is > 0x20 and < 0x7F and not (byte)'\\') text.Append((char)c);
            else if (c is (byte)' ' or (byte)'\\') text.Append('\\').Append((char)c);
            else if (c == '\n') text.Append("\\n");
            else if (c == '\r') text.Append("\\r");
            else if (c == '\t') text.Append("\\t");
            else text.Append(CultureInfo.InvariantCulture, $"\\x{c:X2}");
        }
        return text.ToString();
    }

    /// <summary>The key that a word of a command is; null when it is none of this table's type.</summary>
    public static byte[]? Parse(StickTableSettings table, string text)
    {
        byte[] bytes = new byte[16];
        switch (table.Type)
        {
            case StickKeyType.Ipv4:
                if (TryReadIpv4(text, bytes)) return bytes[..4];
                Sample wide = new() { Type = SampleType.Ipv6 };
                if (!AddressText.TryParseIpv6(text, bytes)) return null;
                bytes.AsSpan().CopyTo(wide.Address);
                return CastSample.TryNarrow(ref wide) ? wide.Address[..4].ToArray() : null;
            case StickKeyType.Ipv6:
                byte[] narrow = new byte[4];
                if (TryReadIpv4(text, narrow)) return [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, .. narrow];
                return AddressText.TryParseIpv6(text, bytes) ? bytes : null;
            case StickKeyType.Integer:
                ReadNumber.Leading(Encoding.Latin1.GetBytes(text), out long number);
                return BitConverter.GetBytes((uint)number);
            case StickKeyType.String:
                return Encoding.Latin1.GetBytes(text.Length > table.KeyLength ? text[..table.KeyLength] : text);
            default:
                return null;
        }
    }

    /// <summary>An address, whatever stands behind its last digit: a mask as well as a port.</summary>
    private static bool TryReadIpv4(string text, byte[] bytes)
    {
        int end = text.AsSpan().IndexOfAnyExcept("0123456789.");
        return AddressText.TryParseIpv4(end < 0 ? text : text[..end], bytes);
    }
}
