using System;
using System.Runtime.CompilerServices;
using Engine.Data.Logs;
using Engine.Data.Registries;
using Engine.Data.Samples;

namespace Engine.Systems.Logs.Items;

/// <summary>Dates of the accept and of the request.</summary>
internal static unsafe class DateItems
{
    [ModuleInitializer]
    internal static void Register()
    {
        Words.LogAliases.Add(new("t", "accept, local, milliseconds", &Accept));
        Words.LogAliases.Add(new("tr", "request, local, milliseconds", &Request) { HttpOnly = true });
        Words.LogAliases.Add(new("T", "accept, UTC with zone", &AcceptUtc));
        Words.LogAliases.Add(new("Tl", "accept, local with zone", &AcceptLocal));
        Words.LogAliases.Add(new("trg", "request, UTC with zone", &RequestUtc) { HttpOnly = true });
        Words.LogAliases.Add(new("trl", "request, local with zone", &RequestLocal) { HttpOnly = true });
        Words.LogAliases.Add(new("Ts", "accept, seconds since 1970", &AcceptSecond) { Kind = LogValueKind.Code });
        Words.LogAliases.Add(new("ms", "accept, milliseconds of the second", &AcceptMillisecond) { Kind = LogValueKind.Code });
    }

    private static int Accept(ref Evaluation scope, in LogStep step, Span<byte> line) =>
        WriteLogDate.WithMilliseconds(scope.Dates, scope.Log->AcceptedWallMicroseconds, line);

    private static int Request(ref Evaluation scope, in LogStep step, Span<byte> line) =>
        WriteLogDate.WithMilliseconds(scope.Dates, RequestMicroseconds(ref scope), line);

    private static int AcceptUtc(ref Evaluation scope, in LogStep step, Span<byte> line) =>
        Second(ref scope, DateForm.UtcZone, scope.Log->AcceptedWallMicroseconds, line);

    private static int AcceptLocal(ref Evaluation scope, in LogStep step, Span<byte> line) =>
        Second(ref scope, DateForm.LocalZone, scope.Log->AcceptedWallMicroseconds, line);

    private static int RequestUtc(ref Evaluation scope, in LogStep step, Span<byte> line) =>
        Second(ref scope, DateForm.UtcZone, RequestMicroseconds(ref scope), line);

    private static int RequestLocal(ref Evaluation scope, in LogStep step, Span<byte> line) =>
        Second(ref scope, DateForm.LocalZone, RequestMicroseconds(ref scope), line);

    private static int AcceptSecond(ref Evaluation scope, in LogStep step, Span<byte> line)
    {
        long second = WriteLogDate.FloorToSecond(scope.Log->AcceptedWallMicroseconds);
        return (step.Flags & LogStepFlags.Hexadecimal) != 0
            ? LogText.Hex(line, (ulong)second, 4)
            : LogText.Number(line, second);
    }

    private static int AcceptMillisecond(ref Evaluation scope, in LogStep step, Span<byte> line)
    {
        long accepted = scope.Log->AcceptedWallMicroseconds;
        int millisecond = (int)((accepted - (WriteLogDate.FloorToSecond(accepted) * 1_000_000)) / 1000);
        if ((step.Flags & LogStepFlags.Hexadecimal) != 0) return LogText.Hex(line, (ulong)millisecond, 2);
        Span<byte> digits = stackalloc byte[3];
        WriteLogDate.Digits(digits, millisecond);
        return LogText.Copy(line, digits);
    }

    private static int Second(ref Evaluation scope, DateForm form, long microseconds, Span<byte> line) =>
        WriteLogDate.Run(scope.Dates, form, WriteLogDate.FloorToSecond(microseconds), line);

    /// <summary>Before the first byte of a request the accept stands for it.</summary>
    private static long RequestMicroseconds(ref Evaluation scope) =>
        scope.Log->RequestWallMicroseconds == 0
            ? scope.Log->AcceptedWallMicroseconds
            : scope.Log->RequestWallMicroseconds;
}
