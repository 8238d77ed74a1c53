using System;
using System.Runtime.CompilerServices;
using Engine.Data.Messages;
using Engine.Data.Registries;
using Engine.Data.Samples;
using Engine.Data.Text;

namespace Engine.Systems.Samples.Converters;

/// <summary>Case, length, trimming and parts of texts (manual section 7.3.1).</summary>
internal static unsafe class TextConverters
{
    [ModuleInitializer]
    internal static void Register()
    {
        Add("lower", ArgumentSpec.None, SampleType.String, SampleType.String, &Lower);
        Add("upper", ArgumentSpec.None, SampleType.String, SampleType.String, &Upper);
        Add("length", ArgumentSpec.None, SampleType.String, SampleType.Integer, &Length);
        Add("ltrim", ArgumentSpec.OneText, SampleType.String, SampleType.String, &TrimLeft);
        Add("rtrim", ArgumentSpec.OneText, SampleType.String, SampleType.String, &TrimRight);
        Add("host_only", ArgumentSpec.None, SampleType.String, SampleType.String, &HostOnly);
        Add("port_only", ArgumentSpec.None, SampleType.String, SampleType.Integer, &PortOnly);
        Add("iif", new ArgumentSpec(2, ArgumentKind.String, ArgumentKind.String), SampleType.Boolean, SampleType.String, &Choose);
        AddPart("bytes", new ArgumentSpec(1, ArgumentKind.String, ArgumentKind.String), SampleType.Binary, &Bytes, &PrepareBytes);
        ArgumentSpec part = new(2, ArgumentKind.Integer, ArgumentKind.String, ArgumentKind.Integer);
        AddPart("field", part, SampleType.String, &Field, &PreparePart);
        AddPart("word", part, SampleType.String, &Word, &PreparePart);
    }

    private static void Add(
        string word, ArgumentSpec arguments, SampleType input, SampleType output,
        delegate*<ref Evaluation, Arguments, ref Sample, bool> convert) =>
        Words.Converters.Add(new(word, arguments, input, output, convert));

    private static void AddPart(
        string word, ArgumentSpec arguments, SampleType type,
        delegate*<ref Evaluation, Arguments, ref Sample, bool> convert,
        delegate*<ParsePlace, Arguments, string?> prepare) =>
        Words.Converters.Add(new(word, arguments, type, type, convert) { Prepare = prepare });

    private static bool Lower(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        if (!scope.Scratch.TryCopy(sample.Bytes.Span, out sample.Bytes)) return false;
        AsciiCase.LowerInPlace(sample.Bytes.Start, sample.Bytes.Length);
        return true;
    }

    private static bool Upper(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        if (!scope.Scratch.TryCopy(sample.Bytes.Span, out sample.Bytes)) return false;
        for (int i = 0; i < sample.Bytes.Length; i++)
        {
            byte value = sample.Bytes.Start[i];
            if ((uint)(value - 'a') <= 'z' - 'a') sample.Bytes.Start[i] = (byte)(value - 32);
        }
        return true;
    }

    private static bool Length(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        sample.SetInteger(sample.Bytes.Length);
        return true;
    }

    private static bool TrimLeft(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        int from = sample.Bytes.Span.IndexOfAnyExcept(arguments.Items[0].Text.Span);
        if (from < 0) from = sample.Bytes.Length;
        sample.Bytes = sample.Bytes.Slice(from, sample.Bytes.Length - from);
        return true;
    }

    private static bool TrimRight(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        int last = sample.Bytes.Span.LastIndexOfAnyExcept(arguments.Items[0].Text.Span);
        sample.Bytes = sample.Bytes.Slice(0, last + 1);
        return true;
    }

    private static bool HostOnly(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        int colon = PortAt(sample.Bytes.Span);
        if (colon >= 0) sample.Bytes = sample.Bytes.Slice(0, colon);
        return Lower(ref scope, arguments, ref sample);
    }

    /// <summary>0 when there is no port.</summary>
    private static bool PortOnly(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        int colon = PortAt(sample.Bytes.Span);
        long port = 0;
        if (colon >= 0) ReadNumber.Leading(sample.Bytes.Span[(colon + 1)..], out port);
        sample.SetInteger(port);
        return true;
    }

    /// <summary>The colon of the port, not one within brackets; -1: there is none.</summary>
    private static int PortAt(ReadOnlySpan<byte> host)
    {
        int colon = host.LastIndexOf((byte)':');
        return colon >= 0 && host[colon..].Contains((byte)']') ? -1 : colon;
    }

    private static bool Choose(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        sample.SetString(arguments.Items[sample.Integer != 0 ? 0 : 1].Text);
        return true;
    }

    private static string? PrepareBytes(ParsePlace place, Arguments arguments)
    {
        for (int i = 0; i < 2; i++)
        {
            if (!arguments.Has(i)) continue;
            if (IntegerOperand.Prepare(place, arguments, i) is { } refusal) return refusal;
            if (arguments.Items[i].Kind == ArgumentKind.Variable) continue;
            if (i == 0 && arguments.Items[i].Integer < 0) return "expects a non-negative integer";
            if (i == 1 && arguments.Items[i].Integer <= 0) return "expects a positive integer";
        }
        return null;
    }

    /// <summary>From an offset, to the end or so many bytes.</summary>
    private static bool Bytes(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        if (!IntegerOperand.TryGet(ref scope, ref arguments.Items[0], out long offset) || offset < 0) return false;
        int from = (int)Math.Min(offset, sample.Bytes.Length);
        long count = sample.Bytes.Length - from;
        if (arguments.Has(1))
        {
            if (!IntegerOperand.TryGet(ref scope, ref arguments.Items[1], out long wanted) || wanted < 0) return false;
            count = Math.Min(wanted, count);
        }
        sample.Bytes = sample.Bytes.Slice(from, (int)count);
        return true;
    }

    private static string? PreparePart(ParsePlace place, Arguments arguments) =>
        arguments.Integer(0) == 0 ? $"Unexpected value {arguments.Integer(0)} for index"
        : arguments.Text(1).IsEmpty ? "Empty separators list"
        : null;

    private static bool Field(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        Part(arguments, merges: false, ref sample);

    private static bool Word(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        Part(arguments, merges: true, ref sample);

    /// <summary>
    /// The part of a number between delimiters, from the end when it is negative, and so many parts from there on
    /// (0: all). With <paramref name="merges"/> empty parts do not count. False: there is no such part.
    /// </summary>
    private static bool Part(Arguments arguments, bool merges, ref Sample sample)
    {
        ByteView text = sample.Bytes;
        ReadOnlySpan<byte> delimiters = arguments.Items[1].Text.Span;
        long wanted = arguments.Items[0].Integer;
        long count = arguments.Integer(2, 1);
        bool backwards = wanted < 0;
        if (backwards) wanted = -wanted;
        int start = -1;
        int end = -1;
        int at = backwards ? text.Length : 0;
        for (long number = 1; backwards ? at >= 0 : at <= text.Length;)
        {
            int partEnd = backwards
                ? text.Span[..at].LastIndexOfAny(delimiters)
                : at + Distance(text.Span[at..], delimiters);
            int from = backwards ? partEnd + 1 : at;
            int to = backwards ? at : partEnd;
            at = backwards ? partEnd : partEnd + 1;
            if (merges && from == to) continue;
            if (number >= wanted)
            {
                if (start < 0 || backwards) start = from;
                if (end < 0 || !backwards) end = to;
            }
            if (count != 0 && number >= wanted + count - 1) break;
            number++;
        }
        if (start < 0) return false;
        sample.Bytes = text.Slice(start, end - start);
        return true;
    }

    private static int Distance(ReadOnlySpan<byte> text, ReadOnlySpan<byte> delimiters)
    {
        int distance = text.IndexOfAny(delimiters);
        return distance < 0 ? text.Length : distance;
    }
}
