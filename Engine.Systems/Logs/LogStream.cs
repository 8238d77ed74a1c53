using Engine.Data.Configuration;
using Engine.Data.Connections;
using Engine.Data.Logs;
using Engine.Data.Samples;
using Engine.Data.Streams;
using Engine.Data.Worlds;
using Engine.Systems.Evaluate;
using Engine.Systems.Streams;

namespace Engine.Systems.Logs;

/// <summary>Writes the log lines of streams: at their end, and at the steps that a frontend asks for.</summary>
public static unsafe class LogStream
{
    private const int LevelError = 3;
    private const int LevelInfo = 6;

    public static void Run(World world, uint row, ref Stream stream)
    {
        if ((stream.Flags & StreamFlags.LogDue) == 0) return;
        stream.Flags &= ~StreamFlags.LogDue;
        Proxy frontend = world.Configuration.Proxies[stream.Frontend];
        if (frontend.LogFormat is not { } format || frontend.LogTargets.Length == 0) return;
        ref StreamLog log = ref world.Log[row];
        LogOrigin origin = log.Origin != LogOrigin.Unspecified ? log.Origin : EndOf(ref stream, ref log);
        if (origin == LogOrigin.Close && frontend.LogSteps != 0 && !frontend.LogsAt(origin)) return;
        if (frontend.LogsConnects && origin != LogOrigin.SessionError)
        {
            TellConnect(world, row, ref stream, format);
            return;
        }
        if ((frontend.Options & ProxyOptions.DontLogNull) != 0 && SaidNothing(world, ref stream, ref log)) return;
        if (!TryLevel(frontend, ref stream, ref log, out int level)) return;
        if (log.HeadNanoseconds == 0 && log.RequestLine.IsEmpty) NumberRequest.Run(world, ref log);
        BuildScope.Run(world, row, ref stream, out Evaluation scope);
        if (origin == LogOrigin.SessionError) format = frontend.ErrorLogFormat ?? format;
        EmitLines.Run(ref scope, origin, format, level);
    }

    /// <summary>Who connected: a line that is of no step, whatever came of the connection.</summary>
    private static void TellConnect(World world, uint row, ref Stream stream, LogProgram format)
    {
        BuildScope.Run(world, row, ref stream, out Evaluation scope);
        EmitLines.Run(ref scope, LogOrigin.Unspecified, format, LevelInfo);
    }

    /// <summary><c>log-steps</c>: a line of a stream that goes on, where the frontend wants one.</summary>
    public static void Step(World world, uint row, ref Stream stream, LogOrigin origin)
    {
        Proxy frontend = world.Configuration.Proxies[stream.Frontend];
        if (!frontend.LogsAt(origin) || frontend.LogTargets.Length == 0) return;
        ref StreamLog log = ref world.Log[row];
        if (!TryLevel(frontend, ref stream, ref log, out int level)) return;
        log.EndedNanoseconds = world.NowNanoseconds;
        BuildScope.Run(world, row, ref stream, out Evaluation scope);
        // What rules made of a head stays: the line is made elsewhere.
        scope.Scratch = new Scratch(world.LineScratch, world.Heads.ScratchSize);
        EmitLines.Run(ref scope, origin, frontend.LogFormat, level);
        log.Origin = LogOrigin.Unspecified;
    }

    /// <summary>
    /// A server was reached, or its answer began: <c>log-steps</c>, and with <c>option logasap</c> the line is written
    /// now, with what is known, and not at the end.
    /// </summary>
    public static void Early(World world, uint row, ref Stream stream)
    {
        LogOrigin origin = (stream.Flags & StreamFlags.Tcp) != 0 ? LogOrigin.Connect : LogOrigin.Response;
        Step(world, row, ref stream, origin);
        if ((world.Configuration.Proxies[stream.Frontend].Options & ProxyOptions.LogAsap) == 0) return;
        world.Log[row].EndedNanoseconds = world.NowNanoseconds;
        world.Log[row].Origin = origin;
        Run(world, row, ref stream);
    }

    /// <summary>
    /// A client said what no stream can be made of: a line without one, as the frontend's <c>error-log-format</c> or its
    /// usual format has it (manual section 8.2.5).
    /// </summary>
    /// <param name="world">The thread's world.</param>
    /// <param name="client">Row of the connection.</param>
    /// <param name="connection">The same.</param>
    public static void OfSessionError(World world, uint client, ref Connection connection)
    {
        Listener listener = world.Configuration.Listeners[connection.Owner];
        Proxy frontend = world.Configuration.Proxies[listener.Frontend];
        if (frontend.LogFormat is not { } format || frontend.LogTargets.Length == 0) return;
        BuildScope.OfConnection(world, client, listener, out Evaluation scope);
        SessionStream.Make(in scope, out Stream stream, out StreamLog log);
        NumberRequest.Run(world, ref log);
        scope.Log = &log;
        scope.Stream = &stream;
        int level = (frontend.Options & ProxyOptions.LogSeparateErrors) != 0 ? LevelError : LevelInfo;
        EmitLines.Run(ref scope, LogOrigin.SessionError, frontend.ErrorLogFormat ?? format, level);
    }

    /// <summary>What <c>dontlog-normal</c> leaves out and <c>log-separate-errors</c> does not raise (manual section 8.3).</summary>
    internal static bool IsNormal(ref Stream stream, ref StreamLog log)
    {
        if ((stream.Flags & StreamFlags.Redispatched) != 0 || stream.Status >= 500) return false;
        return log.EndCause == (byte)'L' || (log.EndCause == (byte)'-' && log.Retries == 0);
    }

    /// <summary>False when no line is to be written.</summary>
    private static bool TryLevel(Proxy frontend, ref Stream stream, ref StreamLog log, out int level)
    {
        bool normal = IsNormal(ref stream, ref log);
        bool raised = !normal && (frontend.Options & ProxyOptions.LogSeparateErrors) != 0;
        level = log.Level > 0 ? log.Level - 1 : raised ? LevelError : LevelInfo;
        return log.Level != StreamLog.Silent && !(normal && (frontend.Options & ProxyOptions.DontLogNormal) != 0);
    }

    /// <summary>What never was a request ended a session, not an exchange.</summary>
    private static LogOrigin EndOf(ref Stream stream, ref StreamLog log) =>
        (stream.Flags & StreamFlags.Tcp) == 0 && log.RequestLine.IsEmpty ? LogOrigin.SessionError : LogOrigin.Close;

    /// <summary>What rules refused counts too: it stands in the input still.</summary>
    private static bool SaidNothing(World world, ref Stream stream, ref StreamLog log) =>
        log.BytesFromClient == 0 && (stream.Flags & StreamFlags.Tcp) != 0 && world.Connection[stream.Client].In.IsEmpty;
}
