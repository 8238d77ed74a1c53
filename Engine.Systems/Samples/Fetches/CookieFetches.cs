using System;
using System.Runtime.CompilerServices;
using Engine.Data.Messages;
using Engine.Data.Registries;
using Engine.Data.Samples;
using Engine.Data.Text;

namespace Engine.Systems.Samples.Fetches;

/// <summary>Cookies of requests (manual section 7.3.6; RFC 6265 section 4.2.1).</summary>
internal static unsafe class CookieFetches
{
    [ModuleInitializer]
    internal static void Register()
    {
        foreach (string prefix in (ReadOnlySpan<string>)["req.", ""])
        {
            Add(prefix + "cook", SampleType.String, &Value);
            Add(prefix + "cook_cnt", SampleType.Integer, &Count);
            Add(prefix + "cook_val", SampleType.Integer, &Number);
        }
        Add("req.cook_names", SampleType.String, &Names);
        foreach (string match in (ReadOnlySpan<string>)["beg", "dir", "dom", "end", "len", "reg", "sub"])
            Words.AclWords.Add(new("cook_" + match, "req.cook", match));
        Words.AclWords.Add(new("cook", "req.cook", "str"));
    }

    private static void Add(
        string word, SampleType output, delegate*<ref Evaluation, Arguments, ref Sample, bool> fetch) =>
        Words.Fetches.Add(new(word, ArgumentSpec.OptionalText, output, SamplePlaces.Request, fetch));

    /// <summary>Without a name the first cookie; of several of one name the last, unless all are asked for.</summary>
    private static bool Value(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        if (scope.Request == null) return false;
        bool named = arguments.Has(0);
        int field = sample.Iterates ? sample.Cursor : 0;
        int offset = sample.Iterates ? sample.CursorOffset : 0;
        bool found = false;
        while (TryNext(scope.Request, arguments.Text(0).Span, named, ref field, ref offset, out _, out ByteView value))
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

    private static bool Count(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        if (scope.Request == null) return false;
        int count = 0;
        int field = 0;
        int offset = 0;
        ReadOnlySpan<byte> name = arguments.Text(0).Span;
        while (TryNext(scope.Request, name, arguments.Has(0), ref field, ref offset, out _, out _)) count++;
        sample.SetInteger(count);
        return true;
    }

    private static bool Number(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        if (!Value(ref scope, arguments, ref sample)) return false;
        ReadNumber.Leading(sample.Bytes.Span, out long value);
        sample.SetInteger(value);
        return true;
    }

    private static bool Names(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        if (scope.Request == null) return false;
        byte separator = arguments.Has(0) ? arguments.Text(0).Span[0] : (byte)',';
        Span<byte> free = scope.Scratch.Free;
        int at = 0;
        int field = 0;
        int offset = 0;
        while (TryNext(scope.Request, default, false, ref field, ref offset, out ByteView name, out _))
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
        MessageHead* head, ReadOnlySpan<byte> wanted, bool named, ref int field, ref int offset, out ByteView name,
        out ByteView value)
    {
        Span<HeaderField> fields = MessageHead.Fields(head);
        for (; field < fields.Length; field++, offset = 0)
        {
            ref HeaderField current = ref fields[field];
            if (current.Removed || current.Known != KnownHeader.Cookie) continue;
            ByteView line = new(current.Value, current.ValueLength);
            while (offset < line.Length)
            {
                bool isPair = Pair(line, ref offset, out name, out value);
                if (isPair && (!named || name.Span.SequenceEqual(wanted))) return true;
            }
        }
        name = default;
        value = default;
        return false;
    }

    /// <summary>Takes one pair and its delimiter; false when it has no equal sign.</summary>
    private static bool Pair(ByteView line, ref int offset, out ByteView name, out ByteView value)
    {
        int from = offset;
        ReadOnlySpan<byte> text = line.Span;
        while (from < text.Length && text[from] is (byte)' ' or (byte)'\t' or (byte)';' or (byte)',') from++;
        int equal = from;
        while (equal < text.Length && text[equal] is not ((byte)'=' or (byte)';' or (byte)',')) equal++;
        bool isPair = equal < text.Length && text[equal] == '=';
        int end = isPair ? ValueEnd(text, equal + 1) : equal;
        offset = end + 1;
        name = Trim(line, from, equal);
        value = isPair ? Trim(line, equal + 1, end) : default;
        return isPair && name.Length > 0;
    }

    /// <summary>Quoted values hold together.</summary>
    private static int ValueEnd(ReadOnlySpan<byte> text, int at)
    {
        bool quoted = false;
        for (; at < text.Length; at++)
        {
            if (text[at] == '"') quoted = !quoted;
            else if (quoted && text[at] == '\\') at++;
            else if (!quoted && text[at] is (byte)';' or (byte)',') return at;
        }
        return text.Length;
    }

    private static ByteView Trim(ByteView line, int from, int end)
    {
        while (from < end && line.Start[from] is (byte)' ' or (byte)'\t') from++;
        while (end > from && line.Start[end - 1] is (byte)' ' or (byte)'\t') end--;
        return line.Slice(from, end - from);
    }
}
