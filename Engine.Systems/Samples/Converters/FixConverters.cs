using System;
using System.Globalization;
using System.Runtime.CompilerServices;
using Engine.Data.Registries;
using Engine.Data.Samples;

namespace Engine.Systems.Samples.Converters;

/// <summary>Messages of the Financial Information eXchange protocol (manual section 7.3.1).</summary>
internal static unsafe class FixConverters
{
    private const byte Delimiter = 1;
    private const int BeginString = 8;
    private const int BodyLength = 9;
    private const int CheckSum = 10;
    private const int MessageType = 35;

    [ModuleInitializer]
    internal static void Register()
    {
        Words.Converters.Add(new("fix_is_valid", ArgumentSpec.None, SampleType.Binary, SampleType.Boolean, &IsValid));
        Words.Converters.Add(new("fix_tag_value", ArgumentSpec.OneText, SampleType.Binary, SampleType.Binary, &TagValue)
        {
            Prepare = &PrepareTag,
        });
    }

    private static string? PrepareTag(ParsePlace place, Arguments arguments)
    {
        string text = arguments.Text(0).ToString();
        arguments.Items[0].Integer = text.ToLowerInvariant() switch
        {
            "beginstring" => BeginString,
            "bodylength" => BodyLength,
            "msgtype" => MessageType,
            "checksum" => CheckSum,
            "sendercompid" => 49,
            "targetcompid" => 56,
            _ => -1,
        };
        if (arguments.Items[0].Integer >= 0) return null;
        bool isNumber = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int tag) && tag > 0;
        arguments.Items[0].Integer = tag;
        return isNumber ? null : $"Unknown FIX tag name '{text}'";
    }

    private static bool TagValue(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        ReadOnlySpan<byte> message = sample.Bytes.Span;
        int at = 0;
        while (TryField(message, ref at, out long tag, out int from, out int count))
        {
            if (tag != arguments.Items[0].Integer) continue;
            sample.SetBinary(sample.Bytes.Slice(from, count));
            return true;
        }
        return false;
    }

    /// <summary>Takes the field at a place: a number, "=", a value that is not empty, the delimiter.</summary>
    private static bool TryField(ReadOnlySpan<byte> message, ref int at, out long tag, out int from, out int count)
    {
        tag = 0;
        from = count = 0;
        ReadOnlySpan<byte> rest = message[at..];
        int equals = rest.IndexOf((byte)'=');
        if (equals <= 0 || !TryDigits(rest[..equals], out tag)) return false;
        int end = rest[(equals + 1)..].IndexOf(Delimiter);
        if (end <= 0) return false;
        from = at + equals + 1;
        count = end;
        at = from + end + 1;
        return true;
    }

    /// <summary>
    /// The first three fields are version, length and type, the last is the sum of the bytes before it; the length is
    /// that of what stands between its own field and the sum's.
    /// </summary>
    private static bool IsValid(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        ReadOnlySpan<byte> message = sample.Bytes.Span;
        if (message.IsEmpty || message[^1] != Delimiter) return false; // not whole yet
        sample.SetBoolean(IsValid(message));
        return true;
    }

    private static bool IsValid(ReadOnlySpan<byte> message)
    {
        int at = 0;
        if (!TryField(message, ref at, out long tag, out int from, out int count)) return false;
        if (tag != BeginString || !IsVersion(message.Slice(from, count))) return false;
        if (!TryField(message, ref at, out tag, out from, out count) || tag != BodyLength) return false;
        if (!TryDigits(message.Slice(from, count), out long bodyLength)) return false;
        int body = at;
        if (!TryField(message, ref at, out tag, out _, out _) || tag != MessageType) return false;
        while (at < message.Length)
        {
            int start = at;
            if (!TryField(message, ref at, out tag, out from, out count)) return false;
            if (tag != CheckSum) continue;
            if (at != message.Length || start - body != bodyLength || count != 3) return false;
            int sum = 0;
            foreach (byte value in message[..start]) sum += value;
            return TryDigits(message.Slice(from, count), out long said) && said == (sum & 0xFF);
        }
        return false;
    }

    private static bool TryDigits(ReadOnlySpan<byte> text, out long value)
    {
        value = 0;
        if (text.Length is 0 or > 9) return false;
        foreach (byte digit in text)
        {
            if ((uint)(digit - '0') > 9) return false;
            value = (value * 10) + (digit - '0');
        }
        return true;
    }

    private static bool IsVersion(ReadOnlySpan<byte> text) =>
        text.SequenceEqual("FIX.4.0"u8) || text.SequenceEqual("FIX.4.1"u8) || text.SequenceEqual("FIX.4.2"u8)
        || text.SequenceEqual("FIX.4.3"u8) || text.SequenceEqual("FIX.4.4"u8) || text.SequenceEqual("FIX.5.0"u8)
        || text.SequenceEqual("FIXT.1.1"u8);
}
