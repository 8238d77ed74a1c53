using System;
using System.Runtime.CompilerServices;
using Engine.Data.Messages;
using Engine.Data.Registries;
using Engine.Data.Samples;
using Engine.Data.Text;

namespace Engine.Systems.Samples.Fetches;

/// <summary>The body of a message as far as it was buffered (manual section 7.3.6).</summary>
internal static unsafe class BodyFetches
{
    [ModuleInitializer]
    internal static void Register()
    {
        Add("req.body", ArgumentSpec.None, SampleType.Binary, &Body);
        Add("req.body_len", ArgumentSpec.None, SampleType.Integer, &Length);
        Add("req.body_size", ArgumentSpec.None, SampleType.Integer, &Size);
        AddAnswer("res.body", SampleType.Binary, &AnswerBody);
        AddAnswer("res.body_len", SampleType.Integer, &AnswerLength);
        AddAnswer("res.body_size", SampleType.Integer, &AnswerSize);
        Add("req.body_param", new ArgumentSpec(0, ArgumentKind.String, ArgumentKind.String), SampleType.Binary, &Parameter);
    }

    private static void Add(
        string word, ArgumentSpec arguments, SampleType output,
        delegate*<ref Evaluation, Arguments, ref Sample, bool> fetch) =>
        Words.Fetches.Add(new(word, arguments, output, SamplePlaces.Request, fetch) { Needs = "HTTP request headers" });

    private static void AddAnswer(string word, SampleType output, delegate*<ref Evaluation, Arguments, ref Sample, bool> fetch) =>
        Words.Fetches.Add(new(word, ArgumentSpec.None, output, SamplePlaces.ResponseHead, fetch));

    private static bool Body(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        TakeBody(ref scope, ofResponse: false, ref sample);

    private static bool AnswerBody(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        TakeBody(ref scope, ofResponse: true, ref sample);

    private static bool Length(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        TakeLength(ref scope, ofResponse: false, ref sample);

    private static bool AnswerLength(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        TakeLength(ref scope, ofResponse: true, ref sample);

    private static bool Size(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        TakeSize(ref scope, ofResponse: false, ref sample);

    private static bool AnswerSize(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        TakeSize(ref scope, ofResponse: true, ref sample);

    private static bool TakeBody(ref Evaluation scope, bool ofResponse, ref Sample sample)
    {
        if (!BodyInput.TryTake(ref scope, ofResponse, out ByteView body, out _, out _)) return false;
        sample.SetBinary(body);
        return true;
    }

    private static bool TakeLength(ref Evaluation scope, bool ofResponse, ref Sample sample)
    {
        if (!BodyInput.TryMeasure(ref scope, ofResponse, out int length, out _, out _)) return false;
        sample.SetInteger(length);
        return true;
    }

    private static bool TakeSize(ref Evaluation scope, bool ofResponse, ref Sample sample)
    {
        if (!BodyInput.TryMeasure(ref scope, ofResponse, out _, out _, out ulong announced)) return false;
        sample.SetInteger((long)Math.Min(announced, long.MaxValue));
        return true;
    }

    /// <summary>Of a form: name, and 'i' to ignore its case; without a name the first one, and each where all are asked for.</summary>
    private static bool Parameter(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        if (!BodyInput.TryTake(ref scope, ofResponse: false, out ByteView body, out _, out _)) return false;
        bool folded = arguments.Has(1) && arguments.Text(1).Span[0] == (byte)'i';
        ReadOnlySpan<byte> wanted = arguments.Text(0).Span;
        int at = sample.Cursor;
        while (at < body.Length)
        {
            ReadOnlySpan<byte> rest = body.Span[at..];
            int end = rest.IndexOf((byte)'&');
            if (end < 0) end = rest.Length;
            int from = at;
            at += end + 1;
            int equal = rest[..end].IndexOf((byte)'=');
            if (equal < 0) continue;
            ReadOnlySpan<byte> name = rest[..equal];
            bool same = !arguments.Has(0) || (folded ? AsciiCase.Equals(name, wanted) : name.SequenceEqual(wanted));
            if (!same) continue;
            sample.SetBinary(body.Slice(from + equal + 1, end - equal - 1));
            sample.Cursor = at;
            sample.NotLast = sample.Iterates;
            return true;
        }
        sample.NotLast = false;
        return false;
    }
}
