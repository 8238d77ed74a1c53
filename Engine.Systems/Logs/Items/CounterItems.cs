using System;
using System.Runtime.CompilerServices;
using Engine.Data.Logs;
using Engine.Data.Registries;
using Engine.Data.Samples;
using Engine.Data.Streams;

namespace Engine.Systems.Logs.Items;

/// <summary>Bytes, connections, queues, retries and running numbers.</summary>
internal static unsafe class CounterItems
{
    [ModuleInitializer]
    internal static void Register()
    {
        Words.LogAliases.Add(new("B", "bytes from the server", &BytesToClient) { Kind = LogValueKind.Number });
        Words.LogAliases.Add(new("U", "bytes from the client", &BytesFromClient) { Kind = LogValueKind.Number });
        Words.LogAliases.Add(new("ac", "connections of the process", &ProcessConnections) { Kind = LogValueKind.Number });
        Words.LogAliases.Add(new("fc", "connections of the frontend", &FrontendConnections) { Kind = LogValueKind.Number });
        Words.LogAliases.Add(new("bc", "streams of the backend", &BackendConnections) { Kind = LogValueKind.Number });
        Words.LogAliases.Add(new("sc", "streams of the server", &ServerConnections) { Kind = LogValueKind.Number });
        Words.LogAliases.Add(new("rc", "retries, '+' before them after a redispatch", &Retries) { Kind = LogValueKind.Number });
        Words.LogAliases.Add(new("sq", "requests before it in the server's queue", &ServerQueue) { Kind = LogValueKind.Number });
        Words.LogAliases.Add(new("bq", "requests before it in the backend's queue", &BackendQueue) { Kind = LogValueKind.Number });
        Words.LogAliases.Add(new("rt", "number of the request", &RequestNumber) { Kind = LogValueKind.Code, TellsNumber = true });
        Words.LogAliases.Add(new("lc", "number of the frontend's log line", &LineNumber) { Kind = LogValueKind.Code, TellsNumber = true });
        Words.LogAliases.Add(new("pid", "process", &Pid) { Kind = LogValueKind.Code });
    }

    private static int BytesToClient(ref Evaluation scope, in LogStep step, Span<byte> line) =>
        LogText.Number(line, (long)scope.Log->BytesToClient, TimerItems.IsEarly(ref scope));

    private static int BytesFromClient(ref Evaluation scope, in LogStep step, Span<byte> line) =>
        LogText.Number(line, (long)scope.Log->BytesFromClient);

    private static int ProcessConnections(ref Evaluation scope, in LogStep step, Span<byte> line) =>
        LogText.Number(line, scope.Log->ActiveConnections);

    private static int FrontendConnections(ref Evaluation scope, in LogStep step, Span<byte> line) =>
        LogText.Number(line, scope.Log->FrontendConnections);

    private static int BackendConnections(ref Evaluation scope, in LogStep step, Span<byte> line) =>
        LogText.Number(line, scope.Log->BackendConnections);

    private static int ServerConnections(ref Evaluation scope, in LogStep step, Span<byte> line) =>
        LogText.Number(line, scope.Log->ServerConnections);

    private static int Retries(ref Evaluation scope, in LogStep step, Span<byte> line) =>
        LogText.Number(
            line, scope.Log->Retries,
            scope.Stream != null && (scope.Stream->Flags & StreamFlags.Redispatched) != 0);

    private static int ServerQueue(ref Evaluation scope, in LogStep step, Span<byte> line) =>
        LogText.Number(line, scope.Log->ServerQueue);

    private static int BackendQueue(ref Evaluation scope, in LogStep step, Span<byte> line) =>
        LogText.Number(line, scope.Log->BackendQueue);

    private static int RequestNumber(ref Evaluation scope, in LogStep step, Span<byte> line) =>
        Plain(scope.Log->RequestNumber, step.Flags, line);

    private static int LineNumber(ref Evaluation scope, in LogStep step, Span<byte> line) =>
        Plain(scope.Log->LogNumber, step.Flags, line);

    private static int Pid(ref Evaluation scope, in LogStep step, Span<byte> line) =>
        Plain((uint)scope.Process.Pid, step.Flags, line);

    private static int Plain(uint value, LogStepFlags flags, Span<byte> line) =>
        (flags & LogStepFlags.Hexadecimal) != 0 ? LogText.Hex(line, value, 4) : LogText.Number(line, value);
}
