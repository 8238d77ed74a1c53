using System;
using System.Text;
using Engine.Data.Health;
using Engine.Data.Messages;
using Engine.Data.Worlds;
using Engine.Systems.Http1;
using Engine.Systems.Parse;

namespace Engine.Systems.Health;

/// <summary>Looks at the response to an HTTP check (manual section 4.2, <c>http-check expect</c>).</summary>
public static unsafe class ExpectHttp
{
    public static ExpectResult Run(World world, int number, ref CheckRow check, CheckStep step)
    {
        MessageHead* head = world.Heads.Take();
        if (head == null)
        {
            CheckFinding.Set(ref check, CheckStatus.SocketError, 0, "");
            return ExpectResult.Failed;
        }
        ExpectResult result = Look(world, number, ref check, step, head);
        world.Heads.Return(head);
        return result;
    }

    private static ExpectResult Look(World world, int number, ref CheckRow check, CheckStep step, MessageHead* head)
    {
        Span<byte> input = CheckConnection.Input(world, ref check);
        HeadResult parsed = ParseFinal(world, input, head, out int from);
        if (parsed == HeadResult.Incomplete && !check.InputEnded) return ExpectResult.Wait;
        if (parsed != HeadResult.Ok)
        {
            CheckFinding.Set(ref check, CheckStatus.SocketError, 0, "");
            return ExpectResult.Failed;
        }
        check.FoundCode = head->Status;
        bool needsBody = step.Expect is ExpectKind.HttpBody or ExpectKind.HttpBodyRegex;
        return needsBody
            ? LookAtBody(world, number, ref check, step, head, input[from..])
            : LookAtHead(world, number, ref check, step, head);
    }

    /// <summary>Reads the head that answers the request, behind interim ones.</summary>
    /// <param name="world">The thread's world.</param>
    /// <param name="input">What was received.</param>
    /// <param name="head">Where to.</param>
    /// <param name="end">Where the head ends.</param>
    public static HeadResult ParseFinal(World world, Span<byte> input, MessageHead* head, out int end)
    {
        end = 0;
        while (true)
        {
            HeadResult parsed = Parse(world, input[end..], head);
            if (parsed != HeadResult.Ok) return parsed;
            end += head->HeadLength;
            if (head->Status is >= 200 or 101) return parsed; // each interim response takes bytes of the buffer
        }
    }

    private static HeadResult Parse(World world, Span<byte> input, MessageHead* head)
    {
        int scanned = 0;
        HeadLimits limits = ReadRequest.Limits(world, acceptUnsafe: true);
        // The bytes stay where they are, in a lent buffer, while the head is looked at.
        fixed (byte* start = input)
            return input.IsEmpty ? HeadResult.Incomplete : ParseResponseHead.Run(start, input.Length, ref scanned, head, limits);
    }

    private static ExpectResult LookAtHead(
        World world, int number, ref CheckRow check, CheckStep step, MessageHead* head)
    {
        bool matches = step.Expect switch
        {
            ExpectKind.HttpStatus => IsAmong(step, head->Status),
            ExpectKind.HttpStatusRegex => PatientMatch.Run(step.Regex!, head->Status.ToString(Culture)),
            _ => HasField(world, number, ref check, step.Field!, head),
        };
        if (matches != step.Inverted) return Pass(world, number, ref check, step, head);
        if (head->Status == 404 && RunCheck.Settings(world, number).Program.DisablesOn404 && IsUp(world, number))
        {
            CheckFinding.Set(ref check, CheckStatus.Layer7Conditional, 404, "Not Found");
            return ExpectResult.Failed; // no further step: that is what was to be found
        }
        string text = CheckScope.Text(world, number, ref check, head, step.OnError) ?? Reason(step, head);
        CheckStatus status = ExpectAnswer.Status(step, CheckStatus.Layer7Status);
        int code = Code(world, number, ref check, step, head);
        CheckFinding.Set(ref check, status, code, text + ExpectAnswer.Comment(step));
        return ExpectResult.Failed;
    }

    /// <summary><c>disable-on-404</c> takes a server that works out of use; one that is down is not brought up by it.</summary>
    private static bool IsUp(World world, int number) =>
        world.Shared.Health(number / Engine.Data.Shared.SharedWorld.ChecksPerServer).State != ServerOperation.Stopped;

    private static ExpectResult LookAtBody(
        World world, int number, ref CheckRow check, CheckStep step, MessageHead* head, Span<byte> input)
    {
        BodyState body = BodyFraming.OfResponse(head, Method.Get);
        if (body.Kind == BodyKind.None || (body.Kind == BodyKind.Length && body.Remaining == 0))
            return Fail(world, number, ref check, step, head, "HTTP content check could not find a response body");
        ReadOnlySpan<byte> content = Content(world, ref body, input, check.InputEnded, out bool complete);
        ByteView pattern = step.Pattern;
        if (step.PatternOf is { } format)
        {
            byte[] kept = content.ToArray(); // the format is written where the payload stands
            content = kept;
            if (!CheckScope.TryBytes(world, number, ref check, format, step.IsHexadecimal, out pattern))
                return Fail(world, number, ref check, step, head, "HTTP content check could not eval log-format string");
        }
        bool matches = step.Expect == ExpectKind.HttpBody
            ? content.IndexOf(pattern.Span) >= 0
            : PatientMatch.Run(step.Regex!, Encoding.Latin1.GetString(content));
        if (!matches && !complete) return ExpectResult.Wait;
        if (matches != step.Inverted) return Pass(world, number, ref check, step, head);
        return Fail(world, number, ref check, step, head,
            matches ? "HTTP check matched unwanted content" : "HTTP content check did not match");
    }

    /// <summary>The payload so far, out of its chunks.</summary>
    private static ReadOnlySpan<byte> Content(
        World world, ref BodyState body, Span<byte> input, bool ended, out bool complete)
    {
        if (body.Kind != BodyKind.Chunked)
        {
            int whole = (int)Math.Min((ulong)input.Length, body.Kind == BodyKind.Length ? body.Remaining : ulong.MaxValue);
            complete = ended || (body.Kind == BodyKind.Length && body.Remaining <= (ulong)input.Length);
            return input[..whole];
        }
        // Taken apart in a copy: the next expectation begins with the same bytes.
        int count = Math.Min(input.Length, world.Heads.ScratchSize);
        Span<byte> copy = new(world.LineScratch, count);
        input[..count].CopyTo(copy);
        body.Delivery = BodyDelivery.Decoded;
        int filled = 0;
        int at = 0;
        ChunkResult result = ChunkResult.More;
        while (at < count && result == ChunkResult.More)
        {
            result = ScanChunked.Run(ref body, copy[at..], out int consumed, out int produced);
            copy.Slice(at, produced).CopyTo(copy[filled..]);
            filled += produced;
            at += consumed;
            if (consumed == 0) break;
        }
        complete = ended || result != ChunkResult.More;
        return copy[..filled];
    }

    private static ExpectResult Pass(
        World world, int number, ref CheckRow check, CheckStep step, MessageHead* head)
    {
        CheckStatus status = step.OkStatus == CheckStatus.Unknown ? CheckStatus.Layer7Ok : step.OkStatus;
        string text = CheckScope.Text(world, number, ref check, head, step.OnSuccess) ?? "";
        CheckFinding.Set(ref check, status, Code(world, number, ref check, step, head), text);
        return ExpectResult.Passed;
    }

    private static ExpectResult Fail(
        World world, int number, ref CheckRow check, CheckStep step, MessageHead* head, string usual)
    {
        string text = (CheckScope.Text(world, number, ref check, head, step.OnError) ?? usual) + ExpectAnswer.Comment(step);
        CheckStatus status = ExpectAnswer.Status(step, CheckStatus.Layer7Invalid);
        CheckFinding.Set(ref check, status, ExpectAnswer.Code(world, number, ref check, head, step, 0), text);
        return ExpectResult.Failed;
    }

    /// <summary>The server's own words; HTTP/2 has none.</summary>
    private static string Reason(CheckStep step, MessageHead* head)
    {
        if (head->Reason.Length > 0) return head->Reason.ToString();
        string what = step.Expect switch
        {
            ExpectKind.HttpStatus => "(status codes)",
            ExpectKind.HttpStatusRegex => " (regex)",
            _ => " (header pattern)",
        };
        return $"TCPCHK did not match content{what} at step {Math.Max(1, step.Place)}";
    }

    private static int Code(World world, int number, ref CheckRow check, CheckStep step, MessageHead* head) =>
        ExpectAnswer.Code(world, number, ref check, head, step, head->Status);

    private static bool IsAmong(CheckStep step, int status)
    {
        foreach ((int low, int high) in step.Statuses)
            if (status >= low && status <= high) return true;
        return false;
    }

    private static bool HasField(
        World world, int number, ref CheckRow check, FieldExpectation wanted, MessageHead* head)
    {
        string? name = CheckScope.Text(world, number, ref check, head, wanted.Name.Format);
        string? value = CheckScope.Text(world, number, ref check, head, wanted.Value?.Format);
        foreach (ref HeaderField field in MessageHead.Fields(head))
        {
            if (!wanted.Name.IsMatch(field.NameSpan, name)) continue;
            if (wanted.Value is null || HasValue(wanted, field.ValueSpan, value)) return true;
        }
        return false;
    }

    private static bool HasValue(FieldExpectation wanted, ReadOnlySpan<byte> value, string? made)
    {
        if (wanted.WholeValue) return wanted.Value!.IsMatch(value, made);
        foreach (Range part in value.Split((byte)','))
            if (wanted.Value!.IsMatch(value[part].Trim(" \t"u8), made)) return true;
        return false;
    }

    private static System.Globalization.CultureInfo Culture => System.Globalization.CultureInfo.InvariantCulture;
}
