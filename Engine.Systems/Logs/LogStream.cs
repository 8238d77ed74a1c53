using System;
using System.Threading;
using Engine.Data.Configuration;
using Engine.Data.Logs;
using Engine.Data.Samples;
using Engine.Data.Shared;
using Engine.Data.Streams;
using Engine.Data.Worlds;
using Engine.Systems.Evaluate;

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
        bool normal = log.EndCause == (byte)'-' && log.Retries == 0 && (stream.Flags & StreamFlags.Redispatched) == 0;
        if ((frontend.Options & ProxyOptions.DontLogNormal) != 0 && normal) return;
        if ((frontend.Options & ProxyOptions.DontLogNull) != 0 && SaidNothing(ref stream, ref log)) return;
        ReadCounts(world, ref stream, ref log);
        if (log.Level == StreamLog.Silent) return;
        int level = log.Level != 0 ? log.Level - 1
            : !normal && (frontend.Options & ProxyOptions.LogSeparateErrors) != 0 ? LevelError : LevelInfo;
        BuildScope.Run(world, row, ref stream, out Evaluation scope);
        foreach (LogTarget target in frontend.LogTargets) Write(world, ref scope, target, format, level);
    }

    /// <summary><c>option logasap</c>: the line is written now, with what is known, and not at the end.</summary>
    public static void Early(World world, uint row, ref Stream stream)
    {
        if ((world.Configuration.Proxies[stream.Frontend].Options & ProxyOptions.LogAsap) == 0) return;
        world.Log[row].EndedNanoseconds = world.NowNanoseconds;
        Run(world, row, ref stream);
    }

    private static bool SaidNothing(ref Stream stream, ref StreamLog log) =>
        log.BytesFromClient == 0 && log.BytesToClient == 0 && (stream.Flags & StreamFlags.Tcp) != 0;

    /// <summary>The counts that a line shows are those at its end, this stream included (manual section 8.2.3).</summary>
    private static void ReadCounts(World world, ref Stream stream, ref StreamLog log)
    {
        SharedWorld shared = world.Shared;
        log.ActiveConnections = Volatile.Read(ref shared.Process.Connections);
        log.FrontendConnections = Volatile.Read(ref shared.Proxy(stream.Frontend).FrontendConnections);
        if (stream.Backend >= 0)
            log.BackendConnections = Volatile.Read(ref shared.Proxy(stream.Backend).BackendConnections) - 1;
        if (stream.ServerNumber >= 0)
            log.ServerConnections = Volatile.Read(ref shared.Server(stream.ServerNumber).Served) - 1;
        if (log.BackendConnections < 0) log.BackendConnections = 0;
        if (log.ServerConnections < 0) log.ServerConnections = 0;
    }

    private static void Write(World world, ref Evaluation scope, LogTarget target, LogProgram format, int level)
    {
        if (level > target.LevelMax) return;
        if (level < target.LevelMin) level = target.LevelMin;
        if (!world.LogBatch.TryBegin(target, out Span<byte> space)) return;
        LogSender sender = world.LogSenders[scope.Frontend.Number];
        Span<byte> line = space[..^1]; // the last byte is for the line's end
        int length = WriteLogHeader.Run(target, level, world.WallMicroseconds, sender, world.Dates, line);
        length += WriteLogLine.Run(ref scope, format, line[length..]);
        space[length++] = (byte)'\n';
        world.LogBatch.Commit(target, length);
    }
}
