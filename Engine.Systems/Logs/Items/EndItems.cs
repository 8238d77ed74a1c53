using System;
using System.Runtime.CompilerServices;
using Engine.Data.Configuration;
using Engine.Data.Logs;
using Engine.Data.Registries;
using Engine.Data.Samples;

namespace Engine.Systems.Logs.Items;

/// <summary>Status and termination state (manual section 8.5).</summary>
internal static unsafe class EndItems
{
    [ModuleInitializer]
    internal static void Register()
    {
        Words.LogAliases.Add(new("ST", "status", &Status) { Kind = LogValueKind.Number });
        Words.LogAliases.Add(new("ts", "termination state", &Termination));
        Words.LogAliases.Add(new("tsc", "termination state with cookie state", &TerminationAndCookie) { HttpOnly = true });
        Words.LogAliases.Add(new("OG", "step at which the line was written", &Origin));
    }

    /// <summary>An exchange that ended before any status shows -1; what was no exchange has none and shows 0.</summary>
    private static int Status(ref Evaluation scope, in LogStep step, Span<byte> line)
    {
        int status = scope.Stream == null ? 0 : scope.Stream->Status;
        if (status == 0 && scope.Response != null) status = scope.Response->Status; // a rule asks before it is passed on
        bool isExchange = scope.Frontend.Mode == ProxyMode.Http
            && (scope.Log == null || scope.Log->Origin is not (LogOrigin.SessionError or LogOrigin.Accept
                or LogOrigin.TcpRequestConnection or LogOrigin.TcpRequestSession));
        return LogText.Number(line, status == 0 && isExchange ? -1 : status);
    }

    private static int Termination(ref Evaluation scope, in LogStep step, Span<byte> line)
    {
        Span<byte> state = stackalloc byte[2];
        state[0] = Character(scope.Log->EndCause);
        state[1] = Character(scope.Log->EndState);
        return LogText.Copy(line, state);
    }

    /// <summary>Without cookie persistence, or with a cookie that is only read, both cookie characters are dashes.</summary>
    private static int TerminationAndCookie(ref Evaluation scope, in LogStep step, Span<byte> line)
    {
        Span<byte> state = stackalloc byte[4];
        state[0] = Character(scope.Log->EndCause);
        state[1] = Character(scope.Log->EndState);
        const CookieModes told = CookieModes.Kinds | CookieModes.Indirect;
        bool persists = scope.Persistence != null && scope.Backend!.Cookie is { } cookie && cookie.Has(told);
        state[2] = persists ? scope.Persistence->RequestState : (byte)'-';
        state[3] = persists ? scope.Persistence->ResponseState : (byte)'-';
        return LogText.Copy(line, state);
    }

    private static byte Character(byte state) => state == 0 ? (byte)'-' : state;

    private static int Origin(ref Evaluation scope, in LogStep step, Span<byte> line) =>
        LogText.Name(
            line,
            scope.Log->Origin switch
            {
                LogOrigin.SessionError => "sess_error"u8,
                LogOrigin.SessionKilled => "sess_killed"u8,
                LogOrigin.Accept => "txn_accept"u8,
                LogOrigin.Request => "txn_request"u8,
                LogOrigin.Connect => "txn_connect"u8,
                LogOrigin.Response => "txn_response"u8,
                LogOrigin.Close => "txn_close"u8,
                LogOrigin.TcpRequestConnection => "tcp-req-conn"u8,
                LogOrigin.TcpRequestSession => "tcp-req-sess"u8,
                LogOrigin.TcpRequestContent => "tcp-req-cont"u8,
                LogOrigin.TcpResponseContent => "tcp-res-cont"u8,
                LogOrigin.HttpRequest => "http-req"u8,
                LogOrigin.HttpResponse => "http-res"u8,
                LogOrigin.HttpAfterResponse => "http-after-res"u8,
                _ => "unspec"u8,
            },
            step.Flags);
}
