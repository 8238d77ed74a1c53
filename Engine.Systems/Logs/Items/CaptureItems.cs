using System;
using System.Runtime.CompilerServices;
using Engine.Data.Configuration;
using Engine.Data.Logs;
using Engine.Data.Messages;
using Engine.Data.Registries;
using Engine.Data.Samples;

namespace Engine.Systems.Logs.Items;

/// <summary>Captured fields and cookies (manual sections 8.7 and 8.8).</summary>
internal static unsafe class CaptureItems
{
    [ModuleInitializer]
    internal static void Register()
    {
        Words.LogAliases.Add(new("CC", "captured request cookie", &RequestCookie) { HttpOnly = true });
        Words.LogAliases.Add(new("CS", "captured response cookie", &ResponseCookie) { HttpOnly = true });
        Words.LogAliases.Add(new("hr", "captured request headers", &RequestFields) { Kind = LogValueKind.Fields });
        Words.LogAliases.Add(new("hrl", "captured request headers, one by one", &RequestList) { Kind = LogValueKind.List });
        Words.LogAliases.Add(new("hs", "captured response headers", &ResponseFields) { Kind = LogValueKind.Fields });
        Words.LogAliases.Add(new("hsl", "captured response headers, one by one", &ResponseList) { Kind = LogValueKind.List });
    }

    private static int RequestCookie(ref Evaluation scope, in LogStep step, Span<byte> line) =>
        Cookie(ref scope, scope.Frontend.Captures?.RequestCookie, step.Flags, line);

    private static int ResponseCookie(ref Evaluation scope, in LogStep step, Span<byte> line) =>
        Cookie(ref scope, scope.Frontend.Captures?.ResponseCookie, step.Flags, line);

    private static int Cookie(ref Evaluation scope, CaptureSlot? slot, LogStepFlags flags, Span<byte> line) =>
        slot is not null && CapturePlan.TryRead(scope.Captures, slot, out ByteView text)
            ? LogText.Sample(line, text.Span, flags)
            : LogText.Missing(line, flags);

    private static int RequestFields(ref Evaluation scope, in LogStep step, Span<byte> line) =>
        Fields(ref scope, scope.Frontend.Captures?.Request, step.Flags, line);

    private static int ResponseFields(ref Evaluation scope, in LogStep step, Span<byte> line) =>
        Fields(ref scope, scope.Frontend.Captures?.Response, step.Flags, line);

    private static int RequestList(ref Evaluation scope, in LogStep step, Span<byte> line) =>
        List(ref scope, scope.Frontend.Captures?.Request, step.Flags, line);

    private static int ResponseList(ref Evaluation scope, in LogStep step, Span<byte> line) =>
        List(ref scope, scope.Frontend.Captures?.Response, step.Flags, line);

    /// <summary><c>{first|second}</c>; what is missing is empty. Without captures there is not even a dash.</summary>
    private static int Fields(ref Evaluation scope, CaptureSlot[]? slots, LogStepFlags flags, Span<byte> line)
    {
        if (slots is not { Length: > 0 } || scope.Captures == null || *scope.Captures == 0) return 0;
        bool quoted = (flags & LogStepFlags.Quote) != 0;
        LogStepFlags inner = flags & ~LogStepFlags.Quote;
        int at = 0;
        if (!Put(line, ref at, LogText.Copy(line, quoted ? "\"{"u8 : "{"u8))) return ~at;
        for (int i = 0; i < slots.Length; i++)
        {
            if (i > 0 && !Put(line, ref at, LogText.Copy(line[at..], "|"u8))) return ~at;
            if (!CapturePlan.TryRead(scope.Captures, slots[i], out ByteView text)) continue;
            if (!Put(line, ref at, LogText.Field(line[at..], text.Span, inner))) return ~at;
        }
        return Put(line, ref at, LogText.Copy(line[at..], quoted ? "}\""u8 : "}"u8)) ? at : ~at;
    }

    /// <summary>One after the other, each as an item of its own.</summary>
    private static int List(ref Evaluation scope, CaptureSlot[]? slots, LogStepFlags flags, Span<byte> line)
    {
        if (slots is not { Length: > 0 } || scope.Captures == null || *scope.Captures == 0) return 0;
        bool isList = (flags & LogStepFlags.List) != 0;
        LogStepFlags inner = isList ? flags & ~LogStepFlags.Quote : flags;
        int at = 0;
        for (int i = 0; i < slots.Length; i++)
        {
            if (i > 0 && !Put(line, ref at, LogText.Copy(line[at..], isList ? "\0"u8 : " "u8))) return ~at;
            int written = CapturePlan.TryRead(scope.Captures, slots[i], out ByteView text)
                ? LogText.Field(line[at..], text.Span, inner)
                : isList ? LogText.Copy(line[at..], (flags & LogStepFlags.Quote) != 0 ? ""u8 : "-"u8)
                : LogText.Missing(line[at..], flags);
            if (!Put(line, ref at, written)) return ~at;
        }
        return at;
    }

    /// <summary>Counts what was written; false when it was cut.</summary>
    private static bool Put(Span<byte> line, ref int at, int written)
    {
        at += written < 0 ? ~written : written;
        return written >= 0 && at <= line.Length;
    }
}
