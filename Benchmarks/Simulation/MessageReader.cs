using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace Benchmarks.Simulation;

/// <summary>
/// Reads HTTP/1 messages as a script's peer sends them. It knows only the plainest spelling: what the engine writes has
/// to be that.
/// </summary>
internal sealed class MessageReader
{
    private const int HeadMax = 512 * 1024;

    private readonly StringBuilder line = new();
    private readonly List<(string Name, string Value)> fields = [];
    private Step step = Step.StartLine;
    private long left;

    private enum Step : byte
    {
        StartLine,
        Fields,
        AwaitingForm,
        Length,
        UntilClose,
        ChunkSize,
        ChunkData,
        ChunkEnd,
        Trailers,
        Done,
    }

    public string StartLine { get; private set; } = "";

    public IReadOnlyList<(string Name, string Value)> Fields => fields;

    /// <summary>Payload bytes so far.</summary>
    public long BodyBytes { get; private set; }

    /// <summary>Trailer fields, as they came.</summary>
    public List<string> Trailers { get; } = [];

    /// <summary>Nothing of a message has come.</summary>
    public bool IsIdle => step == Step.StartLine && line.Length == 0;

    /// <summary>The head is there and the end of the body is not.</summary>
    public bool InBody => step is > Step.AwaitingForm and < Step.Done;

    /// <summary>The end of the connection is the end of the body.</summary>
    public bool EndsByClose => step == Step.UntilClose;

    public string? Find(string name)
    {
        foreach ((string found, string value) in fields)
            if (found == name) return value;
        return null;
    }

    /// <summary>Gets ready for the next message.</summary>
    public void Restart()
    {
        step = Step.StartLine;
        line.Clear();
        fields.Clear();
        Trailers.Clear();
        StartLine = "";
        BodyBytes = 0;
    }

    /// <summary>Says what body follows the head.</summary>
    public void Expect(BodyForm form, long length = 0)
    {
        left = length;
        step = form switch
        {
            BodyForm.Length when length > 0 => Step.Length,
            BodyForm.Chunked => Step.ChunkSize,
            BodyForm.UntilClose => Step.UntilClose,
            _ => Step.Done,
        };
    }

    /// <summary>The form and length of a body that the fields announce; a message with neither has none.</summary>
    public (BodyForm Form, long Length) Announced()
    {
        if (Find("transfer-encoding") is not null) return (BodyForm.Chunked, 0);
        return Find("content-length") is { } length
            ? (BodyForm.Length, long.Parse(length, CultureInfo.InvariantCulture))
            : (BodyForm.None, 0);
    }

    /// <summary>Takes input up to the next event. A piece of a body is the part of the input that it was.</summary>
    public MessageEvent Read(ref ReadOnlySpan<byte> input, out ReadOnlySpan<byte> piece)
    {
        piece = default;
        while (true)
        {
            switch (step)
            {
                case Step.Done:
                    return MessageEvent.Done;
                case Step.AwaitingForm:
                    return MessageEvent.Head;
                case Step.Length or Step.ChunkData or Step.UntilClose:
                    if (input.IsEmpty) return MessageEvent.More;
                    TakeBody(ref input, out piece);
                    return MessageEvent.Body;
                default:
                    if (!TakeLine(ref input)) return line.Length > HeadMax ? MessageEvent.Bad : MessageEvent.More;
                    if (!EndLine()) return MessageEvent.Bad;
                    break;
            }
        }
    }

    private void TakeBody(ref ReadOnlySpan<byte> input, out ReadOnlySpan<byte> piece)
    {
        int count = step == Step.UntilClose ? input.Length : (int)Math.Min(left, input.Length);
        piece = input[..count];
        input = input[count..];
        BodyBytes += count;
        left -= count;
        if (step != Step.UntilClose && left == 0) step = step == Step.Length ? Step.Done : Step.ChunkEnd;
    }

    private bool TakeLine(ref ReadOnlySpan<byte> input)
    {
        int end = input.IndexOf((byte)'\n');
        ReadOnlySpan<byte> part = end < 0 ? input : input[..(end + 1)];
        line.Append(Encoding.Latin1.GetString(part));
        input = input[part.Length..];
        return end >= 0;
    }

    /// <summary>False when the line is none of this place.</summary>
    private bool EndLine()
    {
        string text = line.ToString();
        line.Clear();
        if (!text.EndsWith("\r\n", StringComparison.Ordinal)) return false;
        text = text[..^2];
        switch (step)
        {
            case Step.StartLine:
                StartLine = text;
                step = Step.Fields;
                return text.Length > 0;
            case Step.Fields:
                if (text.Length > 0) return AddField(text);
                step = Step.AwaitingForm;
                return true;
            case Step.ChunkSize:
                bool good = long.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out left);
                step = left == 0 ? Step.Trailers : Step.ChunkData;
                return good && left >= 0;
            case Step.ChunkEnd:
                step = Step.ChunkSize;
                return text.Length == 0;
            default:
                if (text.Length == 0) step = Step.Done;
                else Trailers.Add(text);
                return true;
        }
    }

    private bool AddField(string text)
    {
        int colon = text.IndexOf(": ", StringComparison.Ordinal);
        if (colon <= 0) return false;
        fields.Add((text[..colon].ToLowerInvariant(), text[(colon + 2)..]));
        return fields.Count < 1000;
    }
}
