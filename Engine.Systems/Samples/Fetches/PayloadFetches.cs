using System;
using System.Runtime.CompilerServices;
using Engine.Data.Buffers;
using Engine.Data.Configuration;
using Engine.Data.Messages;
using Engine.Data.Registries;
using Engine.Data.Samples;
using Engine.Data.Text;

namespace Engine.Systems.Samples.Fetches;

/// <summary>What stands in the buffers of a connection, unparsed (manual section 7.3.5).</summary>
internal static unsafe class PayloadFetches
{
    private const SamplePlaces Requests = SamplePlaces.Request;

    private const SamplePlaces Both = SamplePlaces.Request | SamplePlaces.Response | SamplePlaces.TcpCheck;

    private const SamplePlaces Responses = SamplePlaces.Response | SamplePlaces.TcpCheck;

    [ModuleInitializer]
    internal static void Register()
    {
        Add("req.len", ArgumentSpec.None, SampleType.Integer, Requests, &RequestLength);
        Add("req_len", ArgumentSpec.None, SampleType.Integer, Requests, &RequestLength);
        Add("res.len", ArgumentSpec.None, SampleType.Integer, Responses, &ResponseLength);
        ArgumentSpec block = new(2, ArgumentKind.Integer, ArgumentKind.Integer);
        AddPrepared("req.payload", block, Requests, &RequestBlock, null);
        AddPrepared("payload", block, Both, &EitherBlock, null);
        AddPrepared("res.payload", block, Responses, &ResponseBlock, null);
        ArgumentSpec counted = new(2, ArgumentKind.Integer, ArgumentKind.Integer, ArgumentKind.String);
        AddPrepared("req.payload_lv", counted, Requests, &RequestCounted, &PrepareCounted);
        AddPrepared("payload_lv", counted, Both, &EitherCounted, &PrepareCounted);
        AddPrepared("res.payload_lv", counted, Responses, &ResponseCounted, &PrepareCounted);
        foreach (string word in (ReadOnlySpan<string>)["req.rdp_cookie", "rdp_cookie"])
        {
            Add(word, ArgumentSpec.OptionalText, SampleType.String, Requests, &RdpCookie);
            Add(word + "_cnt", ArgumentSpec.OptionalText, SampleType.Integer, Requests, &RdpCookieCount);
        }
        Words.AclWords.Add(new("payload", "req.payload", "bin"));
        Words.AclWords.Add(new("payload_lv", "req.payload_lv", "bin"));
        Words.AclWords.Add(new("req_rdp_cookie", "req.rdp_cookie", "str"));
        Words.AclWords.Add(new("req_rdp_cookie_cnt", "req.rdp_cookie_cnt", "int"));
    }

    private static void Add(
        string word, ArgumentSpec arguments, SampleType output, SamplePlaces places,
        delegate*<ref Evaluation, Arguments, ref Sample, bool> fetch) =>
        Words.Fetches.Add(new(word, arguments, output, places, fetch) { Needs = NeedsOf(places) });

    private static void AddPrepared(
        string word, ArgumentSpec arguments, SamplePlaces places,
        delegate*<ref Evaluation, Arguments, ref Sample, bool> fetch,
        delegate*<ParsePlace, Arguments, string?> prepare)
    {
        Words.Fetches.Add(new(word, arguments, SampleType.Binary, places, fetch)
        {
            Needs = NeedsOf(places),
            Prepare = prepare,
        });
    }

    private static string NeedsOf(SamplePlaces places) =>
        places == Requests ? "request buffer" : places == Responses ? "response buffer" : "request buffer,response buffer";

    private static bool RequestLength(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        Length(scope.ClientInput, ref sample);

    private static bool ResponseLength(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        Length(scope.ServerInput, ref sample);

    private static bool Length(BufferChain* input, ref Sample sample)
    {
        sample.MayChange = true;
        if (input == null) return false;
        sample.SetInteger(input->Length);
        return true;
    }

    private static bool RequestBlock(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        Block(ref scope, scope.ClientInput, arguments, ref sample);

    private static bool ResponseBlock(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        Block(ref scope, scope.ServerInput, arguments, ref sample);

    private static bool EitherBlock(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        Block(ref scope, Either(ref scope), arguments, ref sample);

    private static bool RequestCounted(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        Counted(ref scope, scope.ClientInput, arguments, ref sample);

    private static bool ResponseCounted(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        Counted(ref scope, scope.ServerInput, arguments, ref sample);

    private static bool EitherCounted(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        Counted(ref scope, Either(ref scope), arguments, ref sample);

    /// <summary>In rules of responses there is a server's input, in those of requests there is none yet.</summary>
    private static BufferChain* Either(ref Evaluation scope) =>
        scope.ServerInput != null ? scope.ServerInput : scope.ClientInput;

    /// <summary>HTTP messages are no plain bytes: there is nothing to take in <c>mode http</c>.</summary>
    private static bool HasPlainBytes(ref Evaluation scope, BufferChain* input) =>
        input != null && scope.Frontend.Mode == ProxyMode.Tcp;

    /// <summary>Length 0 is all from the offset on.</summary>
    private static bool Block(ref Evaluation scope, BufferChain* input, Arguments arguments, ref Sample sample)
    {
        if (!HasPlainBytes(ref scope, input)) return false;
        long offset = arguments.Integer(0);
        long length = arguments.Integer(1);
        if (offset < 0 || length < 0 || offset + length > scope.Configuration.Globals.BufferSize) return false;
        if (offset + length > input->Length)
        {
            sample.MayChange = true;
            return false;
        }
        if (length == 0)
        {
            sample.MayChange = true;
            length = input->Length - offset;
        }
        if (!ReadInput.TryTake(ref scope, input, (int)offset, (int)length, out ByteView bytes)) return false;
        sample.SetBinary(bytes);
        return true;
    }

    /// <summary>The length stands in the bytes, most significant first; the block behind it or at a place of its own.</summary>
    private static bool Counted(ref Evaluation scope, BufferChain* input, Arguments arguments, ref Sample sample)
    {
        if (!HasPlainBytes(ref scope, input)) return false;
        long lengthOffset = arguments.Integer(0);
        long lengthSize = arguments.Integer(1);
        int max = scope.Configuration.Globals.BufferSize;
        if (lengthOffset + lengthSize > max) return false;
        if (!ReadInput.TryTake(ref scope, input, (int)lengthOffset, (int)lengthSize, out ByteView number))
        {
            sample.MayChange = true;
            return false;
        }
        ulong length = 0;
        foreach (byte digit in number.Span) length = (length << 8) | digit;
        long offset = lengthOffset + lengthSize;
        if (arguments.Prepared is BlockPlace place) offset = place.IsRelative ? offset + place.Offset : place.Offset;
        if (length == 0 || length > (ulong)max || offset < 0 || offset + (long)length > max) return false;
        if (!ReadInput.TryTake(ref scope, input, (int)offset, (int)length, out ByteView bytes))
        {
            sample.MayChange = true;
            return false;
        }
        sample.SetBinary(bytes);
        return true;
    }

    private static string? PrepareCounted(ParsePlace place, Arguments arguments)
    {
        if (arguments.Integer(0) < 0) return "invalid offset";
        if (arguments.Integer(1) <= 0) return "payload length must be > 0";
        if (!arguments.Has(2)) return null;
        string text = arguments.Text(2).ToString();
        if (!ConfigurationUnits.TryInteger(text, out long offset)) return "payload offset2 is not a number";
        bool isRelative = text.StartsWith('+') || text.StartsWith('-');
        if (isRelative && offset + arguments.Integer(0) + arguments.Integer(1) < 0) return "payload offset2 too negative";
        arguments.Prepared = new BlockPlace(offset, isRelative);
        return null;
    }

    private sealed record BlockPlace(long Offset, bool IsRelative);

    private static bool RdpCookie(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        // TPKT and X.224 headers stand before the cookie ([MS-RDPBCGR] section 2.2.1.1).
        const int headers = 11;
        if (!HasPlainBytes(ref scope, scope.ClientInput)) return false;
        sample.MayChange = true;
        BufferChain* input = scope.ClientInput;
        int length = Math.Min(input->Length, 1024);
        if (length <= headers) return false;
        if (!ReadInput.TryTake(ref scope, input, headers, length - headers, out ByteView bytes)) return false;
        ReadOnlySpan<byte> rest = bytes.Span;
        ReadOnlySpan<byte> mark = "Cookie:"u8;
        int compared = Math.Min(rest.Length, mark.Length);
        if (!AsciiCase.Equals(rest[..compared], mark[..compared]))
        {
            sample.MayChange = false;
            return false;
        }
        if (rest.Length <= mark.Length) return false;
        int at = mark.Length;
        while (at < rest.Length && rest[at] == (byte)' ') at++;
        int end = rest[at..].IndexOfAny((byte)'\r', (byte)'\n');
        if (end < 0) return false;
        sample.MayChange = false;
        int equal = rest.Slice(at, end).IndexOf((byte)'=');
        if (equal < 0) return false;
        if (arguments.Has(0) && !AsciiCase.Equals(rest.Slice(at, equal), arguments.Text(0).Span)) return false;
        sample.SetString(bytes.Slice(at + equal + 1, end - equal - 1));
        return true;
    }

    private static bool RdpCookieCount(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        bool found = RdpCookie(ref scope, arguments, ref sample);
        if (!found && sample.MayChange) return false;
        sample.SetInteger(found ? 1 : 0);
        return true;
    }
}
