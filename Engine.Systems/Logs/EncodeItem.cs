using System;
using System.Runtime.CompilerServices;
using Engine.Data.Logs;
using Engine.Data.Samples;
using Engine.Data.Text;
using Engine.Systems.Samples;

namespace Engine.Systems.Logs;

/// <summary>Writes values and whole lines in JSON and CBOR (manual section 8.2.6), typed as their items are.</summary>
internal static unsafe class EncodeItem
{
    private const byte CborNull = 0xF6;
    private const byte CborFalse = 0xF4;
    private const byte CborTrue = 0xF5;
    private const byte CborTextBegin = 0x7F;
    private const byte CborBytesBegin = 0x5F;
    private const byte CborListBegin = 0x9F;
    private const byte CborMapBegin = 0xBF;
    private const byte CborEnd = 0xFF;

    /// <summary>Between the items of a list alias, which never hold control bytes; see <see cref="LogStepFlags.List"/>.</summary>
    public const byte ListSeparator = 0;

    /// <summary>An item of an encoding of its own within an ordinary format.</summary>
    public static int Write(ref Evaluation scope, in LogStep step, Span<byte> line)
    {
        EncodedItem item = Unsafe.As<EncodedItem>(step.Encoded!);
        EncodedText text = new(line, IsHex(item));
        Value(ref scope, item, ref text);
        return text.Written;
    }

    /// <summary>A whole line: an object or map of the items that have names.</summary>
    public static int WriteLine(ref Evaluation scope, LogProgram program, Span<byte> line)
    {
        EncodedItem[] items = program.Items;
        bool isJson = program.Encoding == LogEncoding.Json;
        EncodedText text = new(line, !isJson && !program.Raw);
        text.Byte(isJson ? (byte)'{' : CborMapBegin);
        for (int i = 0; i < items.Length; i++)
        {
            if (isJson)
            {
                if (i > 0) text.Bytes(", "u8);
                text.JsonText(items[i].Name.Span);
                text.Bytes(": "u8);
            }
            else
            {
                text.CborText(items[i].Name.Span);
            }
            Value(ref scope, items[i], ref text);
        }
        text.Byte(isJson ? (byte)'}' : CborEnd);
        return text.Written;
    }

    private static bool IsHex(EncodedItem item) => item.Encoding == LogEncoding.Cbor && !item.Raw;

    private static void Value(ref Evaluation scope, EncodedItem item, scoped ref EncodedText text)
    {
        int mark = scope.Scratch.Used;
        if (item.Kind == LogValueKind.Sample) SampleValue(ref scope, item, ref text);
        else AliasValue(ref scope, item, ref text);
        scope.Scratch.Rewind(mark);
    }

    private static void SampleValue(ref Evaluation scope, EncodedItem item, scoped ref EncodedText text)
    {
        Sample sample = default;
        SampleType wanted = item.Type switch
        {
            LogValueType.Text or LogValueType.Raw => SampleType.String,
            LogValueType.Integer => SampleType.Integer,
            LogValueType.Boolean => SampleType.Boolean,
            _ => SampleType.None,
        };
        bool isJson = item.Encoding == LogEncoding.Json;
        if (!EvaluateExpression.RunAs(ref scope, item.Step.Expression!, wanted, ref sample))
        {
            Missing(isJson, ref text);
        }
        else if (sample.Type == SampleType.Boolean)
        {
            Truth(isJson, sample.Integer != 0, ref text);
        }
        else if (sample.Type == SampleType.Integer)
        {
            if (isJson) text.Number(sample.Integer);
            else text.CborNumber(sample.Integer);
        }
        else if (sample.Type == SampleType.Binary && !isJson)
        {
            text.Byte(CborBytesBegin);
            text.CborHead(2, (ulong)sample.Bytes.Length);
            text.Bytes(sample.Bytes.Span);
            text.Byte(CborEnd);
        }
        else if (!AsText(ref scope, ref sample) || (sample.Bytes.IsEmpty && !isJson))
        {
            Missing(isJson, ref text);
        }
        else if (item.Type == LogValueType.Raw)
        {
            text.Raw(sample.Bytes.Span);
        }
        else if (isJson)
        {
            text.JsonText(sample.Bytes.Span);
        }
        else
        {
            text.CborText(sample.Bytes.Span);
        }
    }

    /// <summary>JSON takes a block as a text, which ends at its first zero byte.</summary>
    private static bool AsText(ref Evaluation scope, ref Sample sample) =>
        sample.Type == SampleType.String || CastSample.Run(ref scope, ref sample, SampleType.String);

    private static void Missing(bool isJson, scoped ref EncodedText text)
    {
        if (isJson) text.Bytes("\"\""u8);
        else text.Byte(CborNull);
    }

    private static void Truth(bool isJson, bool value, scoped ref EncodedText text)
    {
        if (isJson) text.Bytes(value ? "true"u8 : "false"u8);
        else text.Byte(value ? CborTrue : CborFalse);
    }

    private static void AliasValue(ref Evaluation scope, EncodedItem item, scoped ref EncodedText text)
    {
        Span<byte> room = scope.Scratch.Free;
        int written = item.Step.Write(ref scope, in item.Step, room);
        int length = written < 0 ? ~written : written;
        scope.Scratch.Commit(length);
        ReadOnlySpan<byte> value = room[..length];
        bool isJson = item.Encoding == LogEncoding.Json;
        bool isNumber = item.Kind == LogValueKind.Number
            || (item.Kind == LogValueKind.Code && (item.Step.Flags & LogStepFlags.Hexadecimal) == 0);
        if (isNumber && TryNumber(value, out long number))
        {
            if (item.Type == LogValueType.Boolean) Truth(isJson, number != 0, ref text);
            else if (!isJson) text.CborNumber(number);
            else if (item.Type == LogValueType.Text) text.JsonText(value);
            else text.Number(number);
        }
        else if (item.Kind is LogValueKind.Fields or LogValueKind.List && value.IsEmpty)
        {
            if (isJson) text.Bytes("null"u8);
            else text.Byte(CborNull);
        }
        else if (item.Kind == LogValueKind.List)
        {
            List(isJson, value, ref text);
        }
        else if (isJson)
        {
            text.JsonText(value);
        }
        else if (value.IsEmpty && item.Kind != LogValueKind.Foreign)
        {
            text.Byte(CborNull);
        }
        else if (item.Kind is LogValueKind.Foreign or LogValueKind.Fields)
        {
            text.Byte(CborTextBegin);
            if (item.Kind == LogValueKind.Fields) Fields(value, ref text);
            else text.CborChunks(value);
            text.Byte(CborEnd);
        }
        else
        {
            text.CborText(value);
        }
    }

    /// <summary>A number that is not final has a plus, which is none of the number's.</summary>
    private static bool TryNumber(ReadOnlySpan<byte> text, out long number)
    {
        if (text is [(byte)'+', ..]) text = text[1..];
        return ReadNumber.Leading(text, out number) == text.Length && text.Length > 0;
    }

    private static void List(bool isJson, ReadOnlySpan<byte> value, scoped ref EncodedText text)
    {
        text.Byte(isJson ? (byte)'[' : CborListBegin);
        for (bool isFirst = true; ; isFirst = false)
        {
            int end = value.IndexOf(ListSeparator);
            ReadOnlySpan<byte> one = end < 0 ? value : value[..end];
            if (isJson)
            {
                if (!isFirst) text.Bytes(", "u8);
                text.JsonText(one);
            }
            else
            {
                text.Byte(CborTextBegin);
                text.CborChunks(one);
                text.Byte(CborEnd);
            }
            if (end < 0) break;
            value = value[(end + 1)..];
        }
        text.Byte(isJson ? (byte)']' : CborEnd);
    }

    /// <summary><c>{one|two}</c>: braces and bars are chunks of their own.</summary>
    private static void Fields(ReadOnlySpan<byte> value, scoped ref EncodedText text)
    {
        while (!value.IsEmpty)
        {
            int mark = value.IndexOfAny((byte)'{', (byte)'|', (byte)'}');
            text.CborChunks(mark < 0 ? value : value[..mark]);
            if (mark < 0) break;
            text.CborText(value.Slice(mark, 1));
            value = value[(mark + 1)..];
        }
    }
}
