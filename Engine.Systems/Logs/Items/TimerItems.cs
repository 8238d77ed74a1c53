using System;
using System.Runtime.CompilerServices;
using Engine.Data.Configuration;
using Engine.Data.Logs;
using Engine.Data.Registries;
using Engine.Data.Samples;
using Engine.Systems.Samples;

namespace Engine.Systems.Logs.Items;

/// <summary>The timers of manual section 8.4, milliseconds; -1 where the step was not reached.</summary>
internal static unsafe class TimerItems
{
    [ModuleInitializer]
    internal static void Register()
    {
        Words.LogAliases.Add(new("Th", "handshakes", &Handshake) { Kind = LogValueKind.Number });
        Words.LogAliases.Add(new("Ti", "idle before the request", &Idle) { HttpOnly = true, Kind = LogValueKind.Number });
        Words.LogAliases.Add(new("TR", "receiving the request", &Request) { HttpOnly = true, Kind = LogValueKind.Number });
        Words.LogAliases.Add(new("Tq", "Th + Ti + TR", &RequestFromStart) { HttpOnly = true, Kind = LogValueKind.Number });
        Words.LogAliases.Add(new("Tw", "waiting in queues", &Queue) { Kind = LogValueKind.Number });
        Words.LogAliases.Add(new("Tc", "connecting", &Connect) { Kind = LogValueKind.Number });
        Words.LogAliases.Add(new("Tr", "waiting for the response", &Response) { HttpOnly = true, Kind = LogValueKind.Number });
        Words.LogAliases.Add(new("Td", "transferring the response", &Data) { Kind = LogValueKind.Number });
        Words.LogAliases.Add(new("Ta", "from the first byte of the request to the end", &Active) { HttpOnly = true, Kind = LogValueKind.Number });
        Words.LogAliases.Add(new("Tt", "from the accept to the end", &Total) { Kind = LogValueKind.Number });
        Words.LogAliases.Add(new("Tu", "Tt without idle time", &User) { Kind = LogValueKind.Number });
    }

    private static int Handshake(ref Evaluation scope, in LogStep step, Span<byte> line) =>
        LogText.Number(line, StreamTimers.HandshakeMs(scope.Log));

    private static int Idle(ref Evaluation scope, in LogStep step, Span<byte> line) =>
        LogText.Number(line, StreamTimers.IdleMs(scope.Log));

    private static int Request(ref Evaluation scope, in LogStep step, Span<byte> line) =>
        LogText.Number(line, StreamTimers.RequestMs(scope.Log));

    private static int RequestFromStart(ref Evaluation scope, in LogStep step, Span<byte> line) =>
        LogText.Number(line, StreamTimers.RequestFromStartMs(scope.Log));

    private static int Queue(ref Evaluation scope, in LogStep step, Span<byte> line) =>
        LogText.Number(line, StreamTimers.QueueMs(scope.Log));

    private static int Connect(ref Evaluation scope, in LogStep step, Span<byte> line) =>
        LogText.Number(line, StreamTimers.ConnectMs(scope.Log));

    private static int Response(ref Evaluation scope, in LogStep step, Span<byte> line) =>
        LogText.Number(line, StreamTimers.ResponseMs(scope.Log));

    private static int Data(ref Evaluation scope, in LogStep step, Span<byte> line) =>
        LogText.Number(line, StreamTimers.DataMs(scope.Log, scope.Frontend.Mode));

    private static int Active(ref Evaluation scope, in LogStep step, Span<byte> line) =>
        LogText.Number(line, StreamTimers.ActiveMs(scope.Log), IsEarly(ref scope));

    private static int Total(ref Evaluation scope, in LogStep step, Span<byte> line) =>
        LogText.Number(line, StreamTimers.TotalMs(scope.Log), IsEarly(ref scope));

    private static int User(ref Evaluation scope, in LogStep step, Span<byte> line) =>
        LogText.Number(line, StreamTimers.UserMs(scope.Log), IsEarly(ref scope));

    /// <summary>With <c>option logasap</c> values of the whole exchange are not final and get a plus.</summary>
    internal static bool IsEarly(ref Evaluation scope) => (scope.Frontend.Options & ProxyOptions.LogAsap) != 0;
}
