using System;
using System.Runtime.CompilerServices;
using Engine.Data.Messages;
using Engine.Data.Registries;
using Engine.Data.Samples;
using Engine.Data.Text;
using Engine.Systems.Http1;

namespace Engine.Systems.Samples.Fetches;

/// <summary>
/// Cookies of requests and those that responses set (manual section 7.3.6; RFC 6265 sections 4.1.1 and 4.2.1).
/// </summary>
internal static unsafe class CookieFetches
{
    [ModuleInitializer]
    internal static void Register()
    {
        foreach (string prefix in (ReadOnlySpan<string>)["req.", ""])
        {
            Add(prefix + "cook", SampleType.String, SamplePlaces.Request, &RequestValue);
            Add(prefix + "cook_cnt", SampleType.Integer, SamplePlaces.Request, &RequestCount);
            Add(prefix + "cook_val", SampleType.Integer, SamplePlaces.Request, &RequestNumber);
        }
        foreach (string prefix in (ReadOnlySpan<string>)["res.", "s"])
        {
            Add(prefix + "cook", SampleType.String, SamplePlaces.ResponseHead, &ResponseValue);
            Add(prefix + "cook_cnt", SampleType.Integer, SamplePlaces.ResponseHead, &ResponseCount);
            Add(prefix + "cook_val", SampleType.Integer, SamplePlaces.ResponseHead, &ResponseNumber);
        }
        Add("cookie", SampleType.String, SamplePlaces.EitherHead, &EitherValue);
        Add("req.cook_names", SampleType.String, SamplePlaces.Request, &RequestNames);
        Add("res.cook_names", SampleType.String, SamplePlaces.ResponseHead, &ResponseNames);
        foreach (string match in (ReadOnlySpan<string>)["beg", "dir", "dom", "end", "len", "reg", "sub"])
        {
            Words.AclWords.Add(new("cook_" + match, "req.cook", match));
            Words.AclWords.Add(new("scook_" + match, "res.cook", match));
        }
        Words.AclWords.Add(new("cook", "req.cook", "str"));
        Words.AclWords.Add(new("scook", "res.cook", "str"));
    }

    private static void Add(
        string word, SampleType output, SamplePlaces places,
        delegate*<ref Evaluation, Arguments, ref Sample, bool> fetch) =>
        Words.Fetches.Add(new(word, ArgumentSpec.OptionalText, output, places, fetch));

    private static bool RequestValue(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        Value(new Jar(scope.Request, KnownHeader.Cookie), arguments, ref sample);

    private static bool ResponseValue(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        Value(new Jar(scope.Response, KnownHeader.SetCookie), arguments, ref sample);

    private static bool EitherValue(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        scope.Response != null
            ? ResponseValue(ref scope, arguments, ref sample)
            : RequestValue(ref scope, arguments, ref sample);

    private static bool RequestCount(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        Count(new Jar(scope.Request, KnownHeader.Cookie), arguments, ref sample);

    private static bool ResponseCount(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        Count(new Jar(scope.Response, KnownHeader.SetCookie), arguments, ref sample);

    private static bool RequestNumber(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        RequestValue(ref scope, arguments, ref sample) && ToNumber(ref sample);

    private static bool ResponseNumber(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        ResponseValue(ref scope, arguments, ref sample) && ToNumber(ref sample);

    private static bool RequestNames(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        Names(ref scope, new Jar(scope.Request, KnownHeader.Cookie), arguments, ref sample);

    private static bool ResponseNames(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        Names(ref scope, new Jar(scope.Response, KnownHeader.SetCookie), arguments, ref sample);

    /// <summary>Without a name the first cookie; of several of one name the last, unless all are asked for.</summary>
    private static bool Value(Jar jar, Arguments arguments, ref Sample sample)
    {
        if (jar.Head == null) return false;
        bool named = arguments.Has(0);
        int field = sample.Iterates ? sample.Cursor : 0;
        int offset = sample.Iterates ? sample.CursorOffset : 0;
        bool found = false;
        while (TryNext(jar, arguments.Text(0).Span, named, ref field, ref offset, out _, out ByteView value))
        {
            sample.SetString(value);
            found = true;
            if (!named || sample.Iterates) break;
        }
        sample.Cursor = field;
        sample.CursorOffset = offset;
        sample.NotLast = found && sample.Iterates;
        return found;
    }

    private static bool Count(Jar jar, Arguments arguments, ref Sample sample)
    {
        if (jar.Head == null) return false;
        int count = 0;
        int field = 0;
        int offset = 0;
        ReadOnlySpan<byte> name = arguments.Text(0).Span;
        while (TryNext(jar, name, arguments.Has(0), ref field, ref offset, out _, out _)) count++;
        sample.SetInteger(count);
        return true;
    }

    private static bool ToNumber(ref Sample sample)
    {
        ReadNumber.Leading(sample.Bytes.Span, out long value);
        sample.SetInteger(value);
        return true;
    }

    private static bool Names(ref Evaluation scope, Jar jar, Arguments arguments, ref Sample sample)
    {
        if (jar.Head == null) return false;
        byte separator = arguments.Has(0) ? arguments.Text(0).Span[0] : (byte)',';
        Span<byte> free = scope.Scratch.Free;
        int at = 0;
        int field = 0;
        int offset = 0;
        while (TryNext(jar, default, false, ref field, ref offset, out ByteView name, out _))
        {
            if (free.Length - at < name.Length + 1) return false;
            if (at > 0) free[at++] = separator;
            name.Span.CopyTo(free[at..]);
            at += name.Length;
        }
        sample.SetString(scope.Scratch.Commit(at));
        return true;
    }

    /// <summary>
    /// Moves a cursor over the cookies that have a value: number of a field, and where in it to go on. It always
    /// advances (THREATS.md E1).
    /// </summary>
    private static bool TryNext(
        Jar jar, ReadOnlySpan<byte> wanted, bool named, ref int field, ref int offset, out ByteView name,
        out ByteView value)
    {
        Span<HeaderField> fields = MessageHead.Fields(jar.Head);
        for (; field < fields.Length; field++, offset = 0)
        {
            ref HeaderField current = ref fields[field];
            if (current.Removed || current.Known != jar.Field) continue;
            ByteView line = new(current.Value, current.ValueLength);
            if (line.Length <= wanted.Length + 1) continue; // no room for a value
            while (offset < line.Length)
            {
                bool isPair = CookiePairs.Take(line, ref offset, out name, out value);
                // What follows the cookie that is set are its attributes.
                if (jar.Field == KnownHeader.SetCookie) offset = line.Length;

                // A name with a dollar is an attribute of the cookie before it (RFC 2965 section 3.3.4).
                isPair &= name.Span is not [(byte)'$', ..];
                if (isPair && (!named || name.Span.SequenceEqual(wanted))) return true;
            }
        }
        name = default;
        value = default;
        return false;
    }

    /// <summary>A head and the field in it that holds cookies.</summary>
    private readonly struct Jar(MessageHead* head, KnownHeader field)
    {
        public readonly MessageHead* Head = head;
        public readonly KnownHeader Field = field;
    }
}
