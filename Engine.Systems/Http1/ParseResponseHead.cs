using System.Runtime.CompilerServices;
using Engine.Data.Messages;
using Engine.Data.Tables;

namespace Engine.Systems.Http1;

/// <summary>
/// Response heads (RFC 9112 sections 2, 4 and 5). Servers are hostile too: as strict as for requests. What a
/// response means for its request (asked for an upgrade, HEAD) is for <see cref="BodyFraming"/> and its
/// caller.
/// </summary>
public static unsafe class ParseResponseHead
{
    /// <summary>As <see cref="ParseRequestHead.Run"/>.</summary>
    public static HeadResult Run(
        byte* start, int length, ref int scanned, MessageHead* head, in HeadLimits limits)
    {
        Check.That((uint)scanned <= (uint)length);
        byte* end = start + length;
        byte* line = start;
        ResetHead.Run(head);
        HeadResult result = SkipEmptyLines.Run(ref line, end);
        byte* stopped = line;
        if (result == HeadResult.Ok && scanned > 0 && !FindHeadEnd.Run(line, start + scanned, end))
        {
            result = HeadResult.Incomplete;
        }
        if (result == HeadResult.Ok) result = ParseHead(ref stopped, end, head, limits);
        scanned = length;
        head->HeadLength = (int)(stopped - start);
        if (result == HeadResult.Incomplete)
        {
            return length < limits.BytesMax ? HeadResult.Incomplete : HeadResult.TooLarge;
        }
        return result == HeadResult.Ok && head->HeadLength > limits.BytesMax ? HeadResult.TooLarge : result;
    }

    private static HeadResult ParseHead(ref byte* at, byte* end, MessageHead* head, in HeadLimits limits)
    {
        HeadReading reading = HeadReading.Start(isRequest: false, limits.AcceptUnsafe);
        reading.KeepsInsecureCoding = limits.KeepsInsecureCoding;
        HeadResult result = ParseStatusLine.Run(ref at, end, head, limits.AcceptUnsafe);
        if (result != HeadResult.Ok) return result;
        result = ParseFields.Run(at, end, head, limits, ref reading, out at);
        if (result != HeadResult.Ok) return result;
        return Unremarkable(head, reading) ? HeadResult.Ok : FinishHead.Run(head, ref reading);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool Unremarkable(MessageHead* head, in HeadReading reading) =>
        reading.TransferEncoding < 0 && !reading.NamesFields && !reading.HasUpgrade && head->Status != 101;
}
