using System;
using System.Numerics;
using System.Runtime.CompilerServices;
using Engine.Data.Messages;
using Engine.Data.Text;

namespace Engine.Systems.Http1;

/// <summary>
/// Method, target and version (RFC 9112 section 3). More than one blank between them is taken, as the
/// reference does: the line is rewritten with one, so nobody behind us can split it elsewhere.
/// </summary>
internal static unsafe class ParseRequestLine
{
    /// <param name="at">The line's first byte; then the first field line's, or where an error is.</param>
    public static HeadResult Run(ref byte* at, byte* end, MessageHead* head, bool acceptUnsafe)
    {
        byte* method = at;
        HeadResult result = ReadMethod(ref at, end, head);
        if (result != HeadResult.Ok) return result;
        bool plain = SkipBlanks(ref at, end);
        byte* target = at;
        result = ReadTargetBytes(ref at, end, acceptUnsafe);
        if (result != HeadResult.Ok) return result;
        head->Target = new ByteView(target, (int)(at - target));
        plain &= SkipBlanks(ref at, end);
        byte* version = at;
        result = ReadVersion.Run(ref at, end, acceptUnsafe, out head->Version, out bool plainVersion);
        if (result != HeadResult.Ok) return result;
        head->StartLine = new ByteView(method, (int)(at - method));
        if (plain && plainVersion) head->Flags |= HeadFlags.PlainStartLine;
        return ReadLineEnd(ref at, end);
    }

    private static HeadResult ReadMethod(ref byte* at, byte* end, MessageHead* head)
    {
        byte* start = at;
        uint other = end - at >= 16 ? ScanBytes.NotToken16(at) : 0;
        int length = other != 0
            ? BitOperations.TrailingZeroCount(other)
            : (int)(ScanBytes.TokenEnd(at, end) - at);
        at += length;
        if (at == end) return HeadResult.Incomplete;
        if (length == 0 || *at is not ((byte)' ' or (byte)'\t'))
        {
            // A line that ends here has no target: nothing that was ever HTTP.
            return *at is (byte)'\r' or (byte)'\n' && length > 0
                ? HeadResult.BadStartLine
                : HeadResult.BadMethod;
        }
        head->MethodName = new ByteView(start, length);
        head->Method = length < 8 ? Recognise(AsciiCase.ReadShort(start, length)) : Method.Other;
        return HeadResult.Ok;
    }

    // Methods are case-sensitive (RFC 9110 section 9.1). The words are the names as little-endian numbers.
    private static Method Recognise(ulong name) => name switch
    {
        0x54_4547 => Method.Get,
        0x5453_4F50 => Method.Post,
        0x4441_4548 => Method.Head,
        0x54_5550 => Method.Put,
        0x4554_454C_4544 => Method.Delete,
        0x48_4354_4150 => Method.Patch,
        0x53_4E4F_4954_504F => Method.Options,
        0x54_4345_4E4E_4F43 => Method.Connect,
        0x45_4341_5254 => Method.Trace,
        _ => Method.Other,
    };

    /// <returns>True when it was one blank and no HTAB, or the end of the input.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool SkipBlanks(ref byte* at, byte* end)
    {
        bool plain = *at == ' ';
        at++;
        while (at < end && *at is (byte)' ' or (byte)'\t')
        {
            plain = false;
            at++;
        }
        return plain;
    }

    private static HeadResult ReadTargetBytes(ref byte* at, byte* end, bool acceptUnsafe)
    {
        byte* start = at;
        while (true)
        {
            at = ScanBytes.TargetEnd(at, end);
            if (at == end) return HeadResult.Incomplete;
            if (!acceptUnsafe || *at is not ((byte)'#' or > 0x7F)) break;
            at++;
        }
        if (*at is (byte)' ' or (byte)'\t') return HeadResult.Ok;
        // "GET /" and nothing more is HTTP/0.9.
        if (*at is (byte)'\r' or (byte)'\n')
        {
            return at == start ? HeadResult.BadStartLine : HeadResult.BadVersion;
        }
        return HeadResult.BadTarget;
    }

    private static HeadResult ReadLineEnd(ref byte* at, byte* end)
    {
        if (*at == '\r')
        {
            if (end - at < 2) return HeadResult.Incomplete;
            if (at[1] != '\n') return HeadResult.BadLineEnd;
            at++;
        }
        if (*at != '\n') return HeadResult.BadVersion;
        at++;
        return HeadResult.Ok;
    }
}
