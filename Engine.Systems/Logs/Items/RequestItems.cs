using System;
using System.Runtime.CompilerServices;
using Engine.Data.Logs;
using Engine.Data.Registries;
using Engine.Data.Samples;
using Engine.Systems.Samples;

namespace Engine.Systems.Logs.Items;

/// <summary>The request line and its parts. A request that never came whole, or was refused, is BADREQ.</summary>
internal static unsafe class RequestItems
{
    [ModuleInitializer]
    internal static void Register()
    {
        Words.LogAliases.Add(new("r", "request line", &Line) { HttpOnly = true, Kind = LogValueKind.Foreign });
        Words.LogAliases.Add(new("HM", "method", &Method) { HttpOnly = true, Kind = LogValueKind.Foreign });
        Words.LogAliases.Add(new("HU", "target", &Target) { HttpOnly = true, Kind = LogValueKind.Foreign });
        Words.LogAliases.Add(new("HP", "target without query", &TargetWithoutQuery) { HttpOnly = true, Kind = LogValueKind.Foreign });
        Words.LogAliases.Add(new("HPO", "path", &Path) { HttpOnly = true, Kind = LogValueKind.Foreign });
        Words.LogAliases.Add(new("HQ", "query with its question mark", &Query) { HttpOnly = true, Kind = LogValueKind.Foreign });
        Words.LogAliases.Add(new("HV", "version", &Version) { HttpOnly = true, Kind = LogValueKind.Foreign });
    }

    private static ReadOnlySpan<byte> Refused => "<BADREQ>"u8;

    private static int Line(ref Evaluation scope, in LogStep step, Span<byte> line)
    {
        ReadOnlySpan<byte> request = scope.Log->RequestLine.Span;
        return LogText.Foreign(line, request.IsEmpty ? Refused : request, step.Flags);
    }

    private static int Method(ref Evaluation scope, in LogStep step, Span<byte> line) =>
        RequestLine.TryTake(scope.Log->RequestLine.Span, out RequestLine parts)
            ? LogText.Foreign(line, parts.Method, step.Flags)
            : LogText.Name(line, Refused, step.Flags);

    private static int Target(ref Evaluation scope, in LogStep step, Span<byte> line) =>
        RequestLine.TryTake(scope.Log->RequestLine.Span, out RequestLine parts)
            ? LogText.Foreign(line, parts.Target, step.Flags)
            : LogText.Name(line, Refused, step.Flags);

    private static int TargetWithoutQuery(ref Evaluation scope, in LogStep step, Span<byte> line) =>
        RequestLine.TryTake(scope.Log->RequestLine.Span, out RequestLine parts)
            ? LogText.Foreign(line, parts.TargetWithoutQuery, step.Flags)
            : LogText.Name(line, Refused, step.Flags);

    private static int Path(ref Evaluation scope, in LogStep step, Span<byte> line) =>
        RequestLine.TryTake(scope.Log->RequestLine.Span, out RequestLine parts)
            ? LogText.Foreign(line, parts.Path, step.Flags)
            : LogText.Name(line, Refused, step.Flags);

    private static int Query(ref Evaluation scope, in LogStep step, Span<byte> line) =>
        RequestLine.TryTake(scope.Log->RequestLine.Span, out RequestLine parts)
            ? LogText.Foreign(line, parts.Query, step.Flags)
            : LogText.Name(line, Refused, step.Flags);

    /// <summary>A line that was cut before its version looks like one of HTTP/0.9.</summary>
    private static int Version(ref Evaluation scope, in LogStep step, Span<byte> line) =>
        RequestLine.TryTake(scope.Log->RequestLine.Span, out RequestLine parts)
            ? LogText.Foreign(line, parts.Version.IsEmpty ? "HTTP/0.9"u8 : parts.Version, step.Flags)
            : LogText.Name(line, Refused, step.Flags);
}
