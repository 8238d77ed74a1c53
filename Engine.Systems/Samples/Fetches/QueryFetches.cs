using System;
using System.Runtime.CompilerServices;
using Engine.Data.Messages;
using Engine.Data.Registries;
using Engine.Data.Samples;
using Engine.Data.Text;

namespace Engine.Systems.Samples.Fetches;

/// <summary>Parameters of the query (manual section 7.3.6, <c>url_param</c>).</summary>
internal static unsafe class QueryFetches
{
    [ModuleInitializer]
    internal static void Register()
    {
        ArgumentSpec spec = new(0, ArgumentKind.String, ArgumentKind.String, ArgumentKind.String);
        foreach (string word in (ReadOnlySpan<string>)["url_param", "urlp"])
        {
            Words.Fetches.Add(new(word, spec, SampleType.String, SamplePlaces.Request, &Parameter));
        }
        Words.Fetches.Add(new("urlp_val", spec, SampleType.Integer, SamplePlaces.Request, &ParameterNumber));
        foreach (string match in (ReadOnlySpan<string>)["beg", "dir", "dom", "end", "len", "reg", "sub"])
        {
            Words.AclWords.Add(new("urlp_" + match, "urlp", match));
        }
        Words.AclWords.Add(new("urlp", "urlp", "str"));
    }

    /// <summary>Arguments: name, what begins the parameters instead of '?', 'i' to ignore case.</summary>
    private static bool Parameter(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        if (scope.Request == null) return false;
        ByteView target = scope.Request->PathAndQuery;
        byte mark = arguments.Has(1) ? arguments.Text(1).Span[0] : (byte)'?';
        int at = sample.Cursor;
        if (at == 0)
        {
            at = target.Span.IndexOf(mark) + 1;
            if (at == 0) return false;
        }
        bool folded = arguments.Has(2) && arguments.Text(2).Span[0] == (byte)'i';
        ReadOnlySpan<byte> wanted = arguments.Text(0).Span;
        while (at < target.Length)
        {
            ReadOnlySpan<byte> rest = target.Span[at..];
            int end = rest.IndexOfAny((byte)'&', (byte)';', mark);
            if (end < 0) end = rest.Length;
            int from = at;
            at += end + 1;
            int equal = rest[..end].IndexOf((byte)'=');
            if (equal < 0) continue;
            ReadOnlySpan<byte> name = rest[..equal];
            bool same = !arguments.Has(0) || (folded ? AsciiCase.Equals(name, wanted) : name.SequenceEqual(wanted));
            if (!same) continue;
            sample.SetString(target.Slice(from + equal + 1, end - equal - 1));
            sample.Cursor = at;
            sample.NotLast = sample.Iterates;
            return true;
        }
        sample.NotLast = false;
        return false;
    }

    private static bool ParameterNumber(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        if (!Parameter(ref scope, arguments, ref sample)) return false;
        ReadNumber.Leading(sample.Bytes.Span, out long value);
        sample.SetInteger(value);
        return true;
    }
}
