using System.Runtime.CompilerServices;
using Engine.Data.Messages;
using Engine.Data.Tables;

namespace Engine.Systems.Http1;

/// <summary>
/// Request heads (RFC 9112 sections 2 to 5). Strict where readers could differ, and everywhere else as the
/// reference: what is taken is indexed so that it is written in one spelling only. Host may be missing, as
/// health checks of load balancers leave it out; HTTP/0.9 and majors other than 1 are refused.
/// </summary>
public static unsafe class ParseRequestHead
{
    /// <summary>
    /// Parses the head at the front of the input. The input is written to: names become lower case, folds
    /// blanks.
    /// </summary>
    /// <param name="length">Bytes of input, all there is.</param>
    /// <param name="scanned">
    /// 0 for a new head. Incomplete leaves the bytes looked at; hand it in again with the same bytes, which
    /// may have moved, and more behind them.
    /// </param>
    /// <param name="head">A slot with its FieldCapacity set; all else in it is overwritten.</param>
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
            if (length < limits.BytesMax) return HeadResult.Incomplete;
            return ScanBytes.LineFeed(line, end) == end ? HeadResult.TargetTooLong : HeadResult.TooLarge;
        }
        return result == HeadResult.Ok && head->HeadLength > limits.BytesMax ? HeadResult.TooLarge : result;
    }

    private static HeadResult ParseHead(ref byte* at, byte* end, MessageHead* head, in HeadLimits limits)
    {
        HeadReading reading = HeadReading.Start(isRequest: true, limits.AcceptUnsafe);
        reading.KeepsInsecureCoding = limits.KeepsInsecureCoding;
        reading.KeepsConnectPort = limits.KeepsConnectPort;
        HeadResult result = ParseRequestLine.Run(ref at, end, head, limits.AcceptUnsafe);
        if (result != HeadResult.Ok) return result;
        result = ParseFields.Run(at, end, head, limits, ref reading, out at);
        if (result != HeadResult.Ok) return result;
        if (*head->Target.Start == '/' && head->Method != Method.Connect) head->PathAndQuery = head->Target;
        else result = ReadTarget.Run(head, ref reading);
        if (result != HeadResult.Ok) return result;
        if ((head->Flags & HeadFlags.PlainStartLine) == 0) RewriteRequestLine.Run(head);
        return Unremarkable(head, reading) ? HeadResult.Ok : FinishHead.Run(head, ref reading);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool Unremarkable(MessageHead* head, in HeadReading reading) =>
        reading.TransferEncoding < 0
        && !reading.NamesFields
        && !reading.HasUpgrade
        && head->Method != Method.Connect;
}
