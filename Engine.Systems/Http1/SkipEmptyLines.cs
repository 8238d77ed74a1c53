using Engine.Data.Messages;

namespace Engine.Systems.Http1;

/// <summary>
/// Empty lines in front of a start line, which old clients send behind a body (RFC 9112 section 2.2):
/// tolerated up to
/// <see cref="HeadLimits.EmptyLineBytesMax"/>.
/// </summary>
internal static unsafe class SkipEmptyLines
{
    /// <returns>Ok at the start line's first byte, Incomplete before it, or an error.</returns>
    public static HeadResult Run(ref byte* at, byte* end)
    {
        byte* start = at;
        while (at < end && *at is (byte)'\r' or (byte)'\n')
        {
            if (*at == '\r')
            {
                if (end - at < 2) return HeadResult.Incomplete;
                if (at[1] != '\n') return HeadResult.BadLineEnd;
                at++;
            }
            at++;
            if (at - start > HeadLimits.EmptyLineBytesMax) return HeadResult.BadStartLine;
        }
        return at < end ? HeadResult.Ok : HeadResult.Incomplete;
    }
}
