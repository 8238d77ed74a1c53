using System;
using System.Runtime.CompilerServices;
using Engine.Data.Kernel;
using Engine.Data.Messages;
using Engine.Data.Registries;
using Engine.Data.Samples;
using Engine.Data.Text;

namespace Engine.Systems.Samples.Fetches;

/// <summary>Header fields of requests and responses (manual section 7.3.6).</summary>
internal static unsafe class HeaderFetches
{
    [ModuleInitializer]
    internal static void Register()
    {
        ArgumentSpec occurrence = new(0, ArgumentKind.String, ArgumentKind.Integer);
        AddValues("req.hdr", occurrence, SamplePlaces.Request, &RequestParts);
        AddValues("req.fhdr", occurrence, SamplePlaces.Request, &RequestFields);
        AddValues("res.hdr", occurrence, SamplePlaces.ResponseHead, &ResponseParts);
        AddValues("res.fhdr", occurrence, SamplePlaces.ResponseHead, &ResponseFields);
        AddValues("shdr", occurrence, SamplePlaces.ResponseHead, &ResponseParts);
        AddValues("hdr", occurrence, SamplePlaces.EitherHead, &EitherParts);
        AddCount("req.hdr_cnt", SamplePlaces.Request, &RequestPartCount);
        AddCount("req.fhdr_cnt", SamplePlaces.Request, &RequestFieldCount);
        AddCount("hdr_cnt", SamplePlaces.Request, &RequestPartCount);
        AddCount("res.hdr_cnt", SamplePlaces.ResponseHead, &ResponsePartCount);
        AddCount("res.fhdr_cnt", SamplePlaces.ResponseHead, &ResponseFieldCount);
        AddCount("shdr_cnt", SamplePlaces.ResponseHead, &ResponsePartCount);
        AddOthers("req.hdr_val", "req.hdr_ip", "hdr_val", "hdr_ip", occurrence, SamplePlaces.Request, &RequestNumber, &RequestAddress);
        AddOthers("res.hdr_val", "res.hdr_ip", "shdr_val", "shdr_ip", occurrence, SamplePlaces.ResponseHead, &ResponseNumber, &ResponseAddress);
        Words.Fetches.Add(new(
            "req.hdr_names", ArgumentSpec.OptionalText, SampleType.String, SamplePlaces.Request, &RequestNames));
        Words.Fetches.Add(new(
            "res.hdr_names", ArgumentSpec.OptionalText, SampleType.String, SamplePlaces.ResponseHead, &ResponseNames));
        Words.Fetches.Add(new("req.hdrs", ArgumentSpec.None, SampleType.String, SamplePlaces.Request, &RequestBlock));
        Words.Fetches.Add(new("res.hdrs", ArgumentSpec.None, SampleType.String, SamplePlaces.ResponseHead, &ResponseBlock));
        foreach (string match in (ReadOnlySpan<string>)["beg", "dir", "dom", "end", "len", "reg", "sub"])
        {
            Words.AclWords.Add(new("hdr_" + match, "req.hdr", match));
            Words.AclWords.Add(new("shdr_" + match, "res.hdr", match));
        }
        Words.AclWords.Add(new("hdr", "req.hdr", "str"));
        Words.AclWords.Add(new("shdr", "res.hdr", "str"));
    }

    private static void AddValues(
        string word, ArgumentSpec arguments, SamplePlaces places,
        delegate*<ref Evaluation, Arguments, ref Sample, bool> fetch) =>
        Words.Fetches.Add(new(word, arguments, SampleType.String, places, fetch) { Prepare = &HeaderName.Prepare });

    private static void AddCount(
        string word, SamplePlaces places, delegate*<ref Evaluation, Arguments, ref Sample, bool> fetch) =>
        Words.Fetches.Add(
            new(word, ArgumentSpec.OptionalText, SampleType.Integer, places, fetch) { Prepare = &HeaderName.Prepare });

    private static void AddOthers(
        string value, string address, string oldValue, string oldAddress, ArgumentSpec arguments, SamplePlaces places,
        delegate*<ref Evaluation, Arguments, ref Sample, bool> fetchValue,
        delegate*<ref Evaluation, Arguments, ref Sample, bool> fetchAddress)
    {
        foreach (string word in (ReadOnlySpan<string>)[value, oldValue])
        {
            Words.Fetches.Add(new(word, arguments, SampleType.Integer, places, fetchValue)
            {
                Prepare = &HeaderName.Prepare,
            });
        }
        foreach (string word in (ReadOnlySpan<string>)[address, oldAddress])
        {
            Words.Fetches.Add(new(word, arguments, SampleType.Address, places, fetchAddress)
            {
                Prepare = &HeaderName.Prepare,
            });
        }
    }

    private static HeaderName Name(Arguments arguments) => Unsafe.As<HeaderName>(arguments.Prepared!);

    private static bool RequestParts(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        HeaderValues.TryFetch(scope.Request, Name(arguments), parts: true, ref sample);

    private static bool RequestFields(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        HeaderValues.TryFetch(scope.Request, Name(arguments), parts: false, ref sample);

    private static bool ResponseParts(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        HeaderValues.TryFetch(scope.Response, Name(arguments), parts: true, ref sample);

    private static bool ResponseFields(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        HeaderValues.TryFetch(scope.Response, Name(arguments), parts: false, ref sample);

    /// <summary>The message that the rules at work are about.</summary>
    private static bool EitherParts(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        HeaderValues.TryFetch(
            scope.Response != null ? scope.Response : scope.Request, Name(arguments), parts: true, ref sample);

    private static bool RequestPartCount(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        Count(scope.Request, arguments, parts: true, ref sample);

    private static bool RequestFieldCount(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        Count(scope.Request, arguments, parts: false, ref sample);

    private static bool ResponsePartCount(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        Count(scope.Response, arguments, parts: true, ref sample);

    private static bool ResponseFieldCount(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        Count(scope.Response, arguments, parts: false, ref sample);

    private static bool Count(MessageHead* head, Arguments arguments, bool parts, ref Sample sample)
    {
        if (head == null) return false;
        sample.SetInteger(HeaderValues.Count(head, Name(arguments), parts));
        return true;
    }

    private static bool RequestNumber(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        RequestParts(ref scope, arguments, ref sample) && ToNumber(ref sample);

    private static bool ResponseNumber(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        ResponseParts(ref scope, arguments, ref sample) && ToNumber(ref sample);

    private static bool ToNumber(ref Sample sample)
    {
        ReadNumber.Leading(sample.Bytes.Span, out long value);
        sample.SetInteger(value);
        return true;
    }

    private static bool RequestAddress(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        while (RequestParts(ref scope, arguments, ref sample))
        {
            if (TryAddress(ref sample)) return true;
            if (!sample.NotLast) return false;
        }
        return false;
    }

    private static bool ResponseAddress(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        while (ResponseParts(ref scope, arguments, ref sample))
        {
            if (TryAddress(ref sample)) return true;
            if (!sample.NotLast) return false;
        }
        return false;
    }

    /// <summary>An IPv4 address, perhaps with a port, or an IPv6 address, perhaps in brackets.</summary>
    private static bool TryAddress(ref Sample sample)
    {
        ReadOnlySpan<byte> text = sample.Bytes.Span;
        AddressBytes address = default;
        int colon = text.IndexOf((byte)':');
        if (ReadAddress.TryIpv4(colon > 0 ? text[..colon] : text, ref address))
        {
            sample.Type = SampleType.Ipv4;
        }
        else
        {
            address = default;
            if (text.Length > 2 && text[0] == '[' && text[^1] == ']') text = text[1..^1];
            if (!ReadAddress.TryIpv6(text, ref address)) return false;
            sample.Type = SampleType.Ipv6;
        }
        sample.Address = address;
        return true;
    }

    private static bool RequestNames(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        Names(ref scope, scope.Request, arguments, ref sample);

    private static bool ResponseNames(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        Names(ref scope, scope.Response, arguments, ref sample);

    private static bool Names(ref Evaluation scope, MessageHead* head, Arguments arguments, ref Sample sample)
    {
        if (head == null) return false;
        ReadOnlySpan<byte> separator = arguments.Has(0) ? arguments.Text(0).Span[..1] : ","u8;
        Span<byte> free = scope.Scratch.Free;
        int at = 0;
        foreach (ref HeaderField field in MessageHead.Fields(head))
        {
            if (field.Removed) continue;
            if (free.Length - at < field.NameLength + 1) return false;
            if (at > 0) free[at++] = separator[0];
            field.NameSpan.CopyTo(free[at..]);
            at += field.NameLength;
        }
        sample.SetString(scope.Scratch.Commit(at));
        return true;
    }

    private static bool RequestBlock(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        Block(ref scope, scope.Request, ref sample);

    private static bool ResponseBlock(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        Block(ref scope, scope.Response, ref sample);

    /// <summary>All fields as they are passed on, with the empty line.</summary>
    private static bool Block(ref Evaluation scope, MessageHead* head, ref Sample sample)
    {
        if (head == null) return false;
        Span<byte> free = scope.Scratch.Free;
        int at = 0;
        foreach (ref HeaderField field in MessageHead.Fields(head))
        {
            if (field.Removed) continue;
            if (free.Length - at < field.NameLength + field.ValueLength + 6) return false;
            field.NameSpan.CopyTo(free[at..]);
            at += field.NameLength;
            ": "u8.CopyTo(free[at..]);
            field.ValueSpan.CopyTo(free[(at + 2)..]);
            at += field.ValueLength + 2;
            "\r\n"u8.CopyTo(free[at..]);
            at += 2;
        }
        if (free.Length - at < 2) return false;
        "\r\n"u8.CopyTo(free[at..]);
        sample.SetString(scope.Scratch.Commit(at + 2));
        return true;
    }
}
