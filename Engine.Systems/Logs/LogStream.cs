using System;
using System.Threading;
using Engine.Data.Configuration;
using Engine.Data.Connections;
using Engine.Data.Logs;
using Engine.Data.Samples;
using Engine.Data.Shared;
using Engine.Data.Streams;
using Engine.Data.Tables;
using Engine.Data.Worlds;
using Engine.Systems.Evaluate;
using Engine.Systems.Streams;

namespace Engine.Systems.Logs;

/// <summary>Writes the log line of a stream that is over into the thread's batch, once for each target.</summary>
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
        if (log.Level == StreamLog.Silent) return;
        bool normal = IsNormal(ref stream, ref log);
        if ((frontend.Options & ProxyOptions.DontLogNormal) != 0 && normal) return;
        if ((frontend.Options & ProxyOptions.DontLogNull) != 0 && SaidNothing(ref stream, ref log)) return;
        ReadCounts(world, ref stream, ref log);
        bool raised = !normal && (frontend.Options & ProxyOptions.LogSeparateErrors) != 0;
        int level = log.Level > 0 ? log.Level - 1 : raised ? LevelError : LevelInfo;
        if (log.Origin == LogOrigin.Unspecified) log.Origin = LogOrigin.Close;
        if (log.HeadNanoseconds == 0 && log.RequestLine.IsEmpty) NumberRequest.Run(world, ref log);
        if (world.Configuration.Globals.TellsNumbers)
            log.LogNumber = Interlocked.Increment(ref world.Shared.Proxy(stream.Frontend).LogLines) - 1;
        BuildScope.Run(world, row, ref stream, out Evaluation scope);
        foreach (LogTarget target in frontend.LogTargets) Write(world, ref scope, target, format, level);
    }

    /// <summary><c>option logasap</c>: the line is written now, with what is known, and not at the end.</summary>
    public static void Early(World world, uint row, ref Stream stream)
    {
        if ((world.Configuration.Proxies[stream.Frontend].Options & ProxyOptions.LogAsap) == 0) return;
        world.Log[row].EndedNanoseconds = world.NowNanoseconds;
        world.Log[row].Origin = (stream.Flags & StreamFlags.Tcp) != 0 ? LogOrigin.Connect : LogOrigin.Response;
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
        ref ClientFacts facts = ref world.Client[client];
        StreamLog log = new()
        {
            AcceptedWallMicroseconds = facts.AcceptedWallMicroseconds,
            RequestWallMicroseconds = facts.AcceptedWallMicroseconds,
            StartedNanoseconds = world.NowNanoseconds,
            FirstByteNanoseconds = world.NowNanoseconds,
            EndedNanoseconds = world.NowNanoseconds,
            EndCause = (byte)'P',
            EndState = (byte)'R',
            Origin = LogOrigin.SessionError,
        };
        NumberRequest.Run(world, ref log);
        Stream stream = new() { Client = client, Server = Table.NoRow, Backend = -1, ServerNumber = -1, FailedServer = -1 };
        stream.Frontend = listener.Frontend;
        ReadCounts(world, ref stream, ref log);
        if (world.Configuration.Globals.TellsNumbers)
            log.LogNumber = Interlocked.Increment(ref world.Shared.Proxy(stream.Frontend).LogLines) - 1;
        BuildScope.OfConnection(world, client, listener, out Evaluation scope);
        scope.Log = &log;
        scope.Stream = &stream;
        int level = (frontend.Options & ProxyOptions.LogSeparateErrors) != 0 ? LevelError : LevelInfo;
        foreach (LogTarget target in frontend.LogTargets)
            Write(world, ref scope, target, frontend.ErrorLogFormat ?? format, level);
    }

    /// <summary>What <c>dontlog-normal</c> leaves out and <c>log-separate-errors</c> does not raise (manual section 8.3).</summary>
    internal static bool IsNormal(ref Stream stream, ref StreamLog log)
    {
        if ((stream.Flags & StreamFlags.Redispatched) != 0 || stream.Status >= 500) return false;
        return log.EndCause == (byte)'L' || (log.EndCause == (byte)'-' && log.Retries == 0);
    }

    private static bool SaidNothing(ref Stream stream, ref StreamLog log) =>
        log.BytesFromClient == 0 && (stream.Flags & StreamFlags.Tcp) != 0;

    /// <summary>The counts that a line shows are those at its end, this stream included (manual section 8.2.3).</summary>
    private static void ReadCounts(World world, ref Stream stream, ref StreamLog log)
    {
        SharedWorld shared = world.Shared;
        log.ActiveConnections = Volatile.Read(ref shared.Process.Connections);
        log.FrontendConnections = Volatile.Read(ref shared.Proxy(stream.Frontend).FrontendConnections);
        if (stream.Backend >= 0)
            log.BackendConnections = Volatile.Read(ref shared.Proxy(stream.Backend).BackendConnections) - 1;
        int held = (stream.Flags & StreamFlags.HoldsServerSlot) != 0 ? 1 : 0;
        if (stream.ServerNumber >= 0)
            log.ServerConnections = Volatile.Read(ref shared.Server(stream.ServerNumber).Served) - held;
        if (log.BackendConnections < 0) log.BackendConnections = 0;
        if (log.ServerConnections < 0) log.ServerConnections = 0;
    }

    private static void Write(World world, ref Evaluation scope, LogTarget target, LogProgram format, int level)
    {
        if (level > target.LevelMax || target.Sample is { } sample && !sample.Takes()) return;
        if (level < target.LevelMin) level = target.LevelMin;
        if (!world.LogBatch.TryBegin(target, out Span<byte> space)) return;
        LogSender sender = world.LogSenders[scope.Frontend.Number];
        Span<byte> line = space[..^1]; // the last byte is for the line's end
        int length = WriteLogHeader.Run(target, level, world.WallMicroseconds, sender, world.Dates, line);
        if (target.Format == LogLineFormat.Rfc5424 && scope.Frontend.StructuredData is { } data)
        {
            // Instead of the dash and the space behind it.
            length = Math.Max(length - 2, 0);
            length += WriteLogLine.Run(ref scope, data, line[length..]);
            if (length < line.Length) line[length++] = (byte)' ';
        }
        length += WriteLogLine.Run(ref scope, format, line[length..]);
        space[length++] = (byte)'\n';
        world.LogBatch.Commit(target, length);
    }
}
