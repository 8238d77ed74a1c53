using System;
using System.Runtime.CompilerServices;
using Engine.Data.Configuration;
using Engine.Data.Messages;
using Engine.Data.Registries;
using Engine.Data.Samples;
using Engine.Data.Streams;

namespace Engine.Systems.Samples.Fetches;

/// <summary>Timers, dates, counts and the kept request line of a stream: the sample forms of log aliases.</summary>
internal static unsafe class StreamFetches
{
    [ModuleInitializer]
    internal static void Register()
    {
        Add("req.timer.idle", SamplePlaces.Transaction, &Idle);
        Add("req.timer.hdr", SamplePlaces.Transaction, &RequestTime);
        Add("req.timer.tq", SamplePlaces.Transaction, &RequestFromStart);
        Add("req.timer.queue", SamplePlaces.ServerConnection, &Queue);
        Add("bc.timer.connect", SamplePlaces.ServerConnection, &Connect);
        Add("res.timer.hdr", SamplePlaces.ServerConnection, &ResponseTime, "HTTP response headers");
        Add("res.timer.data", SamplePlaces.ServerConnection, &Data, "response buffer statistics");
        Add("fc.timer.handshake", SamplePlaces.Connection, &Handshake);
        Add("fc.timer.total", SamplePlaces.FrontendSide, &Total);
        Add("txn.timer.total", SamplePlaces.Transaction, &Active);
        Add("txn.timer.user", SamplePlaces.Transaction, &User);
        Add("req.bytes_in", SamplePlaces.Transaction, &BytesFromClient);
        Add("res.bytes_in", SamplePlaces.ResponseBytes, &BytesToClient);
        Add("req.bytes_out", SamplePlaces.Transaction, &BytesSentToServer);
        Add("res.bytes_out", SamplePlaces.ResponseBytes, &BytesSentToClient);
        Add("bytes_in", SamplePlaces.Transaction, &BytesFromClient);
        Add("bytes_out", SamplePlaces.ResponseBytes, &BytesToClient);
        Add("txn.conn_retries", SamplePlaces.ServerConnection, &Retries);
        Words.Fetches.Add(new("txn.id32", ArgumentSpec.None, SampleType.Integer, SamplePlaces.Running, &Number)
        {
            Prepare = &CountRequests,
        });
        AddDate("accept_date", SamplePlaces.Connection, &AcceptDate);
        AddDate("request_date", SamplePlaces.Transaction, &RequestDate);
        Words.Fetches.Add(new(
            "txn.redispatched", ArgumentSpec.None, SampleType.Boolean, SamplePlaces.ServerConnection, &Redispatched));
        Words.Fetches.Add(new(
            "txn.sess_term_state", ArgumentSpec.None, SampleType.String, SamplePlaces.Running, &TerminationState));
        AddText("capture.req.method", &CapturedMethod);
        AddText("capture.req.uri", &CapturedTarget);
        AddText("capture.req.ver", &CapturedVersion);
    }

    private static void Add(
        string word, SamplePlaces places, delegate*<ref Evaluation, Arguments, ref Sample, bool> fetch, string needs = "") =>
        Words.Fetches.Add(new(word, ArgumentSpec.None, SampleType.Integer, places, fetch) { Needs = needs });

    private static void AddText(string word, delegate*<ref Evaluation, Arguments, ref Sample, bool> fetch) =>
        Words.Fetches.Add(new(word, ArgumentSpec.None, SampleType.String, SamplePlaces.Transaction, fetch));

    private static string? CountRequests(ParsePlace place, Arguments arguments)
    {
        place.Draft.Globals.TellsNumbers = true;
        return null;
    }

    private static void AddDate(
        string word, SamplePlaces places, delegate*<ref Evaluation, Arguments, ref Sample, bool> fetch) =>
        Words.Fetches.Add(new(word, ArgumentSpec.OptionalText, SampleType.Integer, places, fetch)
        {
            Prepare = &PrepareDate,
        });

    private static bool Answer(long value, ref Sample sample)
    {
        sample.SetInteger(value);
        return true;
    }

    private static bool Idle(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        scope.Log != null && Answer(StreamTimers.IdleMs(scope.Log), ref sample);

    private static bool RequestTime(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        scope.Log != null && Answer(StreamTimers.RequestMs(scope.Log), ref sample);

    private static bool RequestFromStart(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        scope.Log != null && Answer(StreamTimers.RequestFromStartMs(scope.Log), ref sample);

    private static bool Queue(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        scope.Log != null && Answer(StreamTimers.QueueMs(scope.Log), ref sample);

    private static bool Connect(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        scope.Log != null && Answer(StreamTimers.ConnectMs(scope.Log), ref sample);

    private static bool ResponseTime(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        scope.Log != null && Answer(StreamTimers.ResponseMs(scope.Log), ref sample);

    private static bool Data(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        scope.Log != null && Answer(StreamTimers.DataMs(scope.Log, scope.Frontend.Mode), ref sample);

    private static bool Handshake(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        Answer(scope.Client == null ? 0 : scope.Client->HandshakeNanoseconds / 1_000_000, ref sample);

    private static bool User(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        scope.Log != null && Answer(StreamTimers.UserMs(scope.Log), ref sample);

    private static bool Total(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        scope.Log != null && Answer(StreamTimers.TotalMs(scope.Log), ref sample);

    private static bool Active(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        scope.Log != null && Answer(StreamTimers.ActiveMs(scope.Log), ref sample);

    private static bool BytesFromClient(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        scope.Log != null && Answer((long)scope.Log->BytesFromClient, ref sample);

    private static bool BytesToClient(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        scope.Log != null && Answer((long)scope.Log->BytesToClient, ref sample);

    private static bool BytesSentToServer(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        scope.Log != null && Answer((long)scope.Log->BytesSentToServer, ref sample);

    private static bool BytesSentToClient(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        scope.Log != null && Answer((long)scope.Log->BytesSentToClient, ref sample);

    private static bool Retries(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        scope.Log != null && Answer(scope.Log->Retries, ref sample);

    private static bool Number(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        scope.Log != null && Answer(scope.Log->RequestNumber, ref sample);

    private static string? PrepareDate(ParsePlace place, Arguments arguments) => TimeUnits.Prepare(arguments, 0);

    private static bool AcceptDate(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        scope.Log != null && Answer(TimeUnits.Of(scope.Log->AcceptedWallMicroseconds, arguments, 0), ref sample);

    private static bool RequestDate(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        if (scope.Log == null) return false;
        long date = scope.Log->RequestWallMicroseconds == 0
            ? scope.Log->AcceptedWallMicroseconds
            : scope.Log->RequestWallMicroseconds;
        return Answer(TimeUnits.Of(date, arguments, 0), ref sample);
    }

    private static bool Redispatched(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        if (scope.Stream == null) return false;
        sample.SetBoolean((scope.Stream->Flags & StreamFlags.Redispatched) != 0);
        return true;
    }

    private static bool TerminationState(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        if (scope.Log == null) return false;
        Span<byte> state = stackalloc byte[2];
        state[0] = scope.Log->EndCause == 0 ? (byte)'-' : scope.Log->EndCause;
        state[1] = scope.Log->EndState == 0 ? (byte)'-' : scope.Log->EndState;
        if (!scope.Scratch.TryCopy(state, out ByteView text)) return false;
        sample.SetString(text);
        return true;
    }

    private static bool CapturedMethod(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        if (!TryLine(ref scope, out RequestLine line)) return false;
        sample.SetString(scope.Log->RequestLine.Slice(0, line.Method.Length));
        return true;
    }

    /// <summary>Path and query, also of a target with scheme and authority.</summary>
    private static bool CapturedTarget(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        if (!TryLine(ref scope, out RequestLine line)) return false;
        int length = line.PathAndQuery.Length;
        if (length == 0) return false;
        sample.SetString(scope.Log->RequestLine.Slice(line.Method.Length + 1 + line.Target.Length - length, length));
        return true;
    }

    private static bool CapturedVersion(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        if (!TryLine(ref scope, out RequestLine line) || line.Version.IsEmpty) return false;
        ByteView whole = scope.Log->RequestLine;
        sample.SetString(whole.Slice(whole.Length - line.Version.Length, line.Version.Length));
        return true;
    }

    private static bool TryLine(ref Evaluation scope, out RequestLine line)
    {
        line = default;
        return scope.Log != null && RequestLine.TryTake(scope.Log->RequestLine.Span, out line);
    }
}
