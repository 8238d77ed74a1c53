using Engine.Data.Messages;

namespace Engine.Systems.Http1;

/// <summary>
/// Version, status and reason (RFC 9112 section 4). The reason may be missing with its blank, as many servers
/// leave it out.
/// </summary>
internal static unsafe class ParseStatusLine
{
    private const int StatusDigits = 3;

    /// <param name="at">The line's first byte; then the first field line's, or where an error is.</param>
    public static HeadResult Run(ref byte* at, byte* end, MessageHead* head, bool acceptUnsafe)
    {
        byte* start = at;
        HeadResult result = ReadVersion.Run(ref at, end, acceptUnsafe, out head->Version, out _);
        if (result != HeadResult.Ok) return result;
        if (*at is (byte)'\r' or (byte)'\n') return HeadResult.BadStatus;
        if (!SkipBlanks(ref at, end)) return HeadResult.Incomplete;
        result = ReadStatus(ref at, end, head);
        if (result != HeadResult.Ok) return result;
        if (!SkipBlanks(ref at, end)) return HeadResult.Incomplete;
        byte* reason = at;
        at = ScanBytes.LineEnd(at, end);
        if (at == end) return HeadResult.Incomplete;
        if (*at == 0) return HeadResult.BadValue;
        head->Reason = Trimmed(reason, at);
        head->StartLine = new ByteView(start, (int)(at - start));
        if (*at == '\r')
        {
            if (end - at < 2) return HeadResult.Incomplete;
            if (at[1] != '\n') return HeadResult.BadLineEnd;
            at++;
        }
        at++;
        return HeadResult.Ok;
    }

    private static HeadResult ReadStatus(ref byte* at, byte* end, MessageHead* head)
    {
        int status = 0;
        for (int i = 0; i < StatusDigits; i++)
        {
            if (at == end) return HeadResult.Incomplete;
            uint digit = (uint)(*at - '0');
            if (digit > 9 || (i == 0 && digit == 0)) return HeadResult.BadStatus;
            status = status * 10 + (int)digit;
            at++;
        }
        if (at == end) return HeadResult.Incomplete;
        if (*at is not ((byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')) return HeadResult.BadStatus;
        head->Status = (ushort)status;
        return HeadResult.Ok;
    }

    private static bool SkipBlanks(ref byte* at, byte* end)
    {
        while (at < end && *at is (byte)' ' or (byte)'\t') at++;
        return at < end;
    }

    private static ByteView Trimmed(byte* start, byte* end)
    {
        while (end > start && end[-1] is (byte)' ' or (byte)'\t') end--;
        return new ByteView(start, (int)(end - start));
    }
}
