using System;
using System.Globalization;
using System.Text;
using Engine.Data.Messages;
using Engine.Data.Tables;
using Engine.Systems.Http1;

namespace Tests.Systems.Http1;

/// <summary>A head slot and guarded input, and what can be said of a parsed head as text.</summary>
public sealed unsafe class HeadBench : IDisposable
{
    public const int FieldCapacity = 110;

    public static readonly HeadLimits Strict = new() { BytesMax = 15360, FieldsMax = 101 };
    public static readonly HeadLimits Unsafe =
        new() { BytesMax = 15360, FieldsMax = 101, AcceptUnsafe = true };

    private readonly GuardedBytes bytes = new(128 * 1024);
    private readonly bool isRequest;

    public HeadBench(bool isRequest)
    {
        this.isRequest = isRequest;
        Head = (MessageHead*)NativeRegion.Reserve((nuint)MessageHead.SlotSize(FieldCapacity));
        Head->FieldCapacity = FieldCapacity;
    }

    public MessageHead* Head { get; }

    public HeadLimits Limits { get; set; } = Strict;

    public void Dispose() => bytes.Dispose();

    /// <summary>Parses all of it as the first piece of a head.</summary>
    public HeadResult Parse(ReadOnlySpan<byte> input)
    {
        int scanned = 0;
        return Parse(input, ref scanned);
    }

    public HeadResult Parse(ReadOnlySpan<byte> input, ref int scanned)
    {
        byte* start = bytes.Place(input);
        HeadResult result = isRequest
            ? ParseRequestHead.Run(start, input.Length, ref scanned, Head, Limits)
            : ParseResponseHead.Run(start, input.Length, ref scanned, Head, Limits);
        Placed = start;
        return result;
    }

    /// <summary>Where the last input was parsed.</summary>
    public byte* Placed { get; private set; }

    /// <summary>
    /// Parses pieces as they would arrive, each time with what the parser made of the bytes before; stops at
    /// a result.
    /// </summary>
    public HeadResult ParsePieces(byte[] input, Func<int, int> nextEnd)
    {
        byte[] buffer = (byte[])input.Clone();
        int scanned = 0;
        HeadResult result = HeadResult.Incomplete;
        for (int end = nextEnd(0); result == HeadResult.Incomplete; end = nextEnd(end))
        {
            result = Parse(buffer.AsSpan(0, end), ref scanned);
            new ReadOnlySpan<byte>(Placed, end).CopyTo(buffer);
            if (end == input.Length) break;
        }
        return result;
    }

    public byte[] Write(ConnectionSaid said)
    {
        byte[] buffer = new byte[Head->HeadLength + 512];
        int length =
            isRequest ? WriteHead.Request(Head, said, buffer) : WriteHead.Response(Head, said, buffer);
        return buffer[..length];
    }

    /// <summary>Everything of the index, without addresses.</summary>
    public string Describe()
    {
        StringBuilder text = new();
        MessageHead* head = Head;
        text.Append(
            CultureInfo.InvariantCulture, $"length {head->HeadLength}, {head->Version}, {head->Flags}\n");
        if (isRequest)
        {
            text.Append(CultureInfo.InvariantCulture, $"method {head->Method} '{Show(head->MethodName)}'\n");
            text.Append(CultureInfo.InvariantCulture, $"target '{Show(head->Target)}'\n");
            text.Append(CultureInfo.InvariantCulture, $"authority '{Show(head->Authority)}'\n");
            text.Append(CultureInfo.InvariantCulture, $"path '{Show(head->PathAndQuery)}'\n");
        }
        else text.Append(CultureInfo.InvariantCulture, $"status {head->Status} '{Show(head->Reason)}'\n");
        text.Append(CultureInfo.InvariantCulture, $"line '{Show(head->StartLine)}'\n");
        text.Append(CultureInfo.InvariantCulture, $"content length {head->ContentLength}\n");
        foreach (ref HeaderField field in MessageHead.Fields(head))
        {
            text.Append(field.Removed ? "- " : "+ ").Append(Show(field.NameView)).Append(" = '");
            text.Append(Show(field.ValueView)).Append("' ").Append(field.Known);
            if ((field.Flags & FieldFlags.Canonical) != 0) text.Append(" canonical");
            text.Append('\n');
        }
        return text.ToString();
    }

    public static string Show(ByteView view) => Show(view.Span);

    public static string Show(ReadOnlySpan<byte> bytes)
    {
        StringBuilder text = new();
        foreach (byte value in bytes)
        {
            if (value is >= 0x20 and < 0x7F and not (byte)'\\') text.Append((char)value);
            else text.Append(CultureInfo.InvariantCulture, $"\\x{value:X2}");
        }
        return text.ToString();
    }
}
